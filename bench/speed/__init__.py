"""How fast: against other systems, by stage, and as pages grow."""
