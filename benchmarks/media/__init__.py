"""The media engine against its peers and against itself. See README.md beside this file."""
