"""Words that are burned into the picture, by style. What each looks like is the media engine's business."""

from typing import Literal, get_args

CaptionStyle = Literal["none", "classic", "box", "elegant", "karaoke", "pop"]
"""`karaoke` lights up each word of a phrase as it is spoken, `pop` shows a few large words at a time."""

CAPTION_STYLES: tuple[CaptionStyle, ...] = get_args(CaptionStyle)

CaptionPlace = Literal["foot", "head", "low"]
"""At the frame's foot, at its head, or in the strip that animations leave free below them."""
