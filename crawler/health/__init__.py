"""How a run went: its tally, its exit status, and what a person sees of both."""
