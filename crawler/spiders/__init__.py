"""One short declaration an outlet, in `ar/` and `ur/`; what they share is in `base`."""
