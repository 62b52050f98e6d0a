"""The names of the checks, for the graph: light, because every process that loads the graph reads them."""

CLIP_CHECKS: tuple[str, ...] = (
    "picture_format",
    "length",
    "decode_order",
    "sound_length",
    "sound_start",
    "black_picture",
    "frozen_picture",
    "silence",
)
"""What a scene's clip is judged by: loudness and subtitles are the film's."""

FILM_CHECKS: tuple[str, ...] = (*CLIP_CHECKS, "loudness", "true_peak", "subtitles")

GROUNDING = "grounding"
"""Whether a compilation's narrations say only what their clips show or say."""

REACHABLE = "reachable"
"""Whether a published film can be had at its link, without a key."""
