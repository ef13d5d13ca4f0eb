"""Three more sites to find articles on, by shape: how a site is laid out, not what is wrong with its pages."""
