"""Dirty sets of our own making: pages of invented farm sites with a known answer, in the form `bench.quality.dirty` reads."""
