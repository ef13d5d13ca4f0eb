"""What happens to every fetched page, one thin class a file, in the order of ITEM_PIPELINES."""
