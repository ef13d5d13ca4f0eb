"""Where pages come from, politely.  Nothing here cleans."""
