"""scene_motion by a service: a video that begins with the scene's picture, and the camera that rests on it."""

from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import PictureBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.frame import frame_size
from pixora_pipeline.model.requests import MotionRequest
from pixora_pipeline.model.results import CameraMove, MovingPicture, Rectangle
from pixora_pipeline.planning.foresight import value_text
from pixora_pipeline.providers.catalogue import engage

MOTION, CAMERA = "motion.mp4", "camera.json"

SECONDS = 5.0
"""How long a video is asked for: longer ones cost in proportion, and every scene is slowed or rested to its voice."""


def animate(work: Work, brief: PictureBrief) -> Made:
    """Have the picture set in motion. The facts tell the video's length, size and frames."""
    width, height = frame_size(brief.aspect, brief.resolution)
    request = MotionRequest(
        prompt=f"{brief.description} Slow, natural movement; the camera hardly moves.",
        seconds=SECONDS,
        width=width,
        height=height,
        seed=seed_from("motion", work.slot, brief.description, work.take),
    )
    order = work.order()
    facts: MovingPicture = engage("motion", brief.motion_model, order).animate(
        request, work.input("scene_image").path, work.file(MOTION)
    )
    work.file(CAMERA).write_text(value_text(_resting()), encoding="utf-8")
    return Made(
        [MOTION, CAMERA, *keep_poster(work, work.file(MOTION), facts.seconds / 2)],
        facts=facts.model_dump(mode="json"),
        provenance=provenance_of("motion", brief.motion_model, order, prompt=request.prompt),
    )


def camera_of(work: Work, slot: str | None = None) -> CameraMove:
    """The camera's way over a scene's picture, whoever set it in motion."""
    motion = work.input("scene_motion", slot)
    file = motion.path if motion.path.suffix == ".json" else motion.folder / CAMERA
    return CameraMove.model_validate_json(file.read_bytes())


def _resting() -> CameraMove:
    whole = Rectangle(x=0.0, y=0.0, width=1.0, height=1.0)
    return CameraMove(kind="still", start=whole, end=whole)
