"""Manim's own texts in the typeface of the templates, so that scenes of one film belong together."""

from functools import cache

from pixora_pipeline.animation.typesetting import FONTS

_TYPEFACE = "Jost*"


@cache
def use_our_typeface() -> None:
    """Have `Text` and `MarkupText` set in it from now on, in this process, where nothing else is asked for."""
    import manimpango
    from manim import MarkupText, Text

    for file in sorted(FONTS.rglob("*.[ot]tf")):
        manimpango.register_font(str(file))
    for kind in (Text, MarkupText):
        kind.set_default(font=_TYPEFACE)
