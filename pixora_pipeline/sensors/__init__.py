"""What starts work with nobody clicking. Thin: the decision is planning's."""
