"""How a run went: its exit status, and what a person sees of both."""
