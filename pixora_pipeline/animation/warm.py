"""Importing this loads what every scene needs, Manim above all, and sets a line so that fonts are read.

The sandbox's warden does it once; the processes it forks for scripts begin warm.
"""

import pixora_pipeline.animation.checking.trial
import pixora_pipeline.animation.recording
import pixora_pipeline.animation.templates  # noqa: F401
from pixora_pipeline.animation.notation import set_formula
from pixora_pipeline.animation.typeface import use_our_typeface
from pixora_pipeline.animation.typesetting import set_sheet

use_our_typeface()
set_sheet('#"Warm"', 0.5)
set_formula(("a^2 + b^2",), 1.0)
