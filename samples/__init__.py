"""A small dirty health site of our own writing, served on loopback for the demo and the tests."""
