"""Every artifact of a film: one file per stage, in the order of the film."""
