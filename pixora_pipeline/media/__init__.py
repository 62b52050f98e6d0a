"""The media engine: pictures in motion, sound, subtitles, and the film they become."""
