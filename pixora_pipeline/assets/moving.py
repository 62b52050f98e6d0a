"""scene_motion by a service: a video that begins with the scene's picture."""

from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import CameraBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.requests import MotionRequest
from pixora_pipeline.model.results import MovingPicture, Picture
from pixora_pipeline.providers.catalogue import engage

VIDEO = ".mp4"
MOTION = f"motion{VIDEO}"

SECONDS = 5.0
"""How long a video is asked for. Longer ones cost in proportion; where it is shorter than its scene it is repeated."""


def animate(work: Work, brief: CameraBrief, model: str) -> Made:
    """Have the picture set in motion. The facts tell the video's length, size and frames."""
    picture = work.facts("scene_image", Picture)
    request = MotionRequest(
        prompt=f"{brief.shows} Slow, natural movement; the camera hardly moves.",
        seconds=SECONDS,
        width=picture.width,
        height=picture.height,
        seed=seed_from("motion", work.slot, brief.shows, work.take),
    )
    order = work.order()
    facts: MovingPicture = engage("motion", model, order).animate(
        request, work.input("scene_image").path, work.file(MOTION)
    )
    return Made(
        [MOTION, *keep_poster(work, work.file(MOTION), facts.seconds / 2)],
        facts=facts.model_dump(mode="json"),
        provenance=provenance_of("motion", model, order, prompt=request.prompt),
    )
