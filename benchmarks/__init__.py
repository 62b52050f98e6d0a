"""Figures that belong to a machine: speed, memory, comparisons. Correctness belongs to the tests."""
