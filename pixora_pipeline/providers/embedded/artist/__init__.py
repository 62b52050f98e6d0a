"""The embedded artist: draws a scene by code alone, from the scene's own words. Start at `artist.py`."""
