"""The way in from a browser: media files that play, and Dagster's UI."""
