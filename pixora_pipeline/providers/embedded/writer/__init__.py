"""A script writer without a model: it splits, ranks and condenses the text it is given, and adds nothing to it."""
