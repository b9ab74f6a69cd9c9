"""Stored stories as people and programs read them: JSON lines, and a terminal that may not know
right-to-left."""
