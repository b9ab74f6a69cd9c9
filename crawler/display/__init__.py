"""Stored data shown to people and programs: tables, right-to-left text on terminals, JSON lines."""
