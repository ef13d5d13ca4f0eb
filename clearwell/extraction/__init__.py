"""From a page to the blocks that are its article, and to what the page says about itself."""
