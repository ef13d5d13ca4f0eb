"""How well addresses and links of articles are told from others, on real ones."""
