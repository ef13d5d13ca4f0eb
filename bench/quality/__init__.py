"""How well extraction and cleaning do on pages with a known truth."""
