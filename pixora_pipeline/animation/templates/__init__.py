"""Templates: one function a figure, which lays it out on the scene's stage and plays it step by step."""

from typing import Any

from pixora_pipeline.animation.scene import ExplainerScene
from pixora_pipeline.animation.templates import charts, code, diagrams, geometry, mathematics, plane, plots, words

TEMPLATES = {
    "title": words.title,
    "statement": words.statement,
    "bullets": words.bullets,
    "comparison": words.comparison,
    "summary": words.summary,
    "formula": mathematics.formula,
    "derivation": mathematics.derivation,
    "plot": plots.plot,
    "geometry": geometry.geometry,
    "number_line": charts.number_line,
    "bars": charts.bars,
    "vectors": plane.vectors,
    "matrix": plane.matrix,
    "flow": diagrams.flow,
    "timeline": diagrams.timeline,
    "cells": diagrams.cells,
    "code": code.code,
}


def show(scene: ExplainerScene, figure: Any) -> None:
    """Play a figure on a scene."""
    TEMPLATES[figure.template](scene, figure)
