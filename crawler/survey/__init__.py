"""A first declaration of a site that is not declared yet, from what the site shows of itself."""
