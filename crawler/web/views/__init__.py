"""The pages of the site, one module for each kind: from a Visit to a Page."""
