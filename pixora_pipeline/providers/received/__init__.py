"""What services send back: fetched, decoded before it is believed, and brought into the film's own shape."""
