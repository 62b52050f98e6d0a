"""The names of the treatments a picture can have. Kept free of heavy imports so that a form can list them cheaply."""

STYLES: tuple[str, ...] = ("auto", "painted", "paper", "ink", "poster", "night", "watercolour", "engraving")
"""`auto` is the cinematic treatment; the others change how the same composition is rendered."""
