"""scene_motion by a service: a video that begins with the scene's picture.

What is refused is asked for once more in gentler words, as pictures are.
"""

from pixora_pipeline.assets.makers import RefusedTwice, gentler_order, in_gentler_words
from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import CameraBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.requests import MotionRequest
from pixora_pipeline.model.results import MovingPicture, Picture
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.planning.expected import MOTION_SECONDS
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.faults import Refused
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.softening import soften_words

VIDEO = ".mp4"
MOTION = f"motion{VIDEO}"


def animate(work: Work, brief: CameraBrief, model: str) -> Made:
    """Have the picture set in motion. The facts tell the video's length, size and frames."""
    picture = work.facts("scene_image", Picture)
    request = MotionRequest(
        prompt=_prompt(brief.shows),
        seconds=MOTION_SECONDS,
        width=picture.width,
        height=picture.height,
        seed=seed_from("motion", work.slot, brief.shows, work.take),
    )
    order = work.order()
    try:
        return _kept(work, model, request, order)
    except Refused as refusal:
        return _moved_gently(work, brief, model, request, order, refusal)


def _moved_gently(
    work: Work, brief: CameraBrief, model: str, request: MotionRequest, first: Order, refusal: Refused
) -> Made:
    shown = in_gentler_words(work, first, lambda writer: soften_words(brief.shows, refusal.detail, writer))
    remedy = f"pixora edit {work.project.id} --scene {scene_number(work.slot)} --picture '...'"
    what = f"the motion of scene {scene_number(work.slot)}"
    if shown == brief.shows:
        raise RefusedTwice(refusal, what, "and nothing in it could be put more gently", remedy) from None
    gentler = request.model_copy(update={"prompt": _prompt(shown)})
    try:
        return _kept(work, model, gentler, gentler_order(first), refused=refusal.detail, drawn_from=shown)
    except Refused as second:
        raise RefusedTwice(second, what, "in gentler words too", remedy) from None


def _kept(work: Work, model: str, request: MotionRequest, order: Order, **told: str) -> Made:
    facts: MovingPicture = engage("motion", model, order).animate(
        request, work.input("scene_image").path, work.file(MOTION)
    )
    return Made(
        [MOTION, *keep_poster(work, work.file(MOTION), facts.seconds / 2)],
        facts=facts.model_dump(mode="json"),
        provenance=provenance_of("motion", model, order, prompt=request.prompt, **told),
    )


def _prompt(shows: str) -> str:
    return f"{shows} Slow, natural movement; the camera hardly moves."
