"""How well and how fast footage is found."""
