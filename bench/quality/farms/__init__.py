"""Dirty sets of our own making: pages of invented farm sites with a known answer, as `bench.quality.dirty` reads them."""
