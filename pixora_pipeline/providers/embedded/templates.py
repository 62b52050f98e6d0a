"""The embedded writer of animations: one of our templates, filled with the scene's figure."""

from pixora_pipeline.animation.script import script_text
from pixora_pipeline.model.requests import AnimationRequest


class EmbeddedTemplates:
    """Spells the figure out as a call of its template."""

    version = "templates@1"

    def write(self, request: AnimationRequest) -> str:
        """The script."""
        return script_text(request.figure, request.style)
