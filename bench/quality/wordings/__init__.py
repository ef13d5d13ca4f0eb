"""Wordings of dirt by category and language, of our own writing, with lines that only look like dirt beside them."""
