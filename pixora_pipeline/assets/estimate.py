"""What the scenes of a film will cost before there is a script, guessed from the script that the built-in writer makes.

Nothing is asked of anybody. How many scenes a model will write nobody knows: this is said to be about right, no more.
"""

from collections.abc import Iterator

from pixora_pipeline.assets.brief import story_of
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.expected import MOTION_SECONDS
from pixora_pipeline.providers.catalogue import Capability, engage, offer


class Share(Value):
    """The share of one kind of work; `usd` None is unknown."""

    what: Capability
    model: str
    usd: float | None


class Guess(Value):
    """About how many scenes, and what services will take for them."""

    scenes: int
    shares: tuple[Share, ...]

    @property
    def usd(self) -> float:
        """What is known of it."""
        return round(sum(share.usd or 0.0 for share in self.shares), 6)


def guess_scenes(project: Project) -> Guess | None:
    """The guess, None where services do nothing of it or nothing can be guessed."""
    if project.kind != "story":
        return None
    models = project.preferences.models
    hired = [what for what in ("image", "speech", "music", "motion") if not offer(what, getattr(models, what)).embedded]
    if not hired:
        return None
    try:
        request = ScriptRequest(**story_of(project).model_dump(exclude={"model"}), seed=0)
        script: ScriptBreakdown = engage("text", "embedded").write(request)
    except UserError:
        return None
    shares = tuple(share for share in _shares(project, script) if share.what in hired)
    return Guess(scenes=len(script.scenes), shares=shares)


def _shares(project: Project, script: ScriptBreakdown) -> Iterator[Share]:
    scenes, seconds = len(script.scenes), sum(scene.estimated_seconds for scene in script.scenes)
    people = len(script.characters) if project.preferences.character_consistency else 0
    spoken = float(sum(len(scene.narration) for scene in script.scenes))
    usages: tuple[tuple[Capability, dict[str, float]], ...] = (
        ("image", {"images": scenes + people}),
        ("speech", {"characters": spoken, "seconds": seconds, "gpu_seconds": seconds}),
        ("music", {"seconds": seconds, "gpu_seconds": seconds}),
        ("motion", {"seconds": MOTION_SECONDS * scenes}),
    )
    for what, usage in usages:
        chosen = offer(what, getattr(project.preferences.models, what))
        usd = chosen.expected(usage)
        # What one piece of work usually takes is the catalogue's, so it counts once for each.
        pieces = usage.get("images", 1) if chosen.typical else 1
        yield Share(what=what, model=chosen.id, usd=None if usd is None else round(usd * pieces, 6))
