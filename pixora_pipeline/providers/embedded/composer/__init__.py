"""Film music without a model: a score written by the rules of harmony, played by synthesised instruments."""
