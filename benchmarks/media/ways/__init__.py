"""Ways to make the same film. Each is a program: `python -m benchmarks.media.ways.NAME film.json out.mp4`."""
