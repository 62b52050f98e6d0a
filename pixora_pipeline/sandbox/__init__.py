"""Generated code runs here and nowhere else: in a process that has given up everything but its own folder."""
