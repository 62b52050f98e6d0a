"""A library of footage: what is in it, what is said in it, and how a moment of it is found again."""
