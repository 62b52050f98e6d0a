"""Manim scripts by hosted text models: what they are told, what they are asked, and how they mend what was wrong."""
