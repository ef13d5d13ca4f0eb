"""Dirty sets of our own making: pages of invented farm sites with a known answer, for `bench.quality.dirty`."""
