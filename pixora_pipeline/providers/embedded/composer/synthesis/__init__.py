"""Sound: instruments, room and mix. Knows notes, not harmony or form."""
