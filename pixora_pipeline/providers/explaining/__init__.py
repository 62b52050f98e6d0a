"""Explanations by hosted text models, and which of the two explanations is spoken over which scene."""
