"""Fetching politely, and telling apart the ways in which it fails."""
