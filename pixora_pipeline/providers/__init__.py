"""Whoever makes things for us, one protocol per capability, and the facts about them as data."""
