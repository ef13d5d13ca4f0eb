"""Measurements: quality against ground truth, and speed.  Runner and scorer meet only through JSON files."""
