"""The output contract: the files downstream reads, and their schema."""
