"""How the extraction model is made: `make train`."""
