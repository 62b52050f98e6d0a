"""scene_image and scene_motion: what a scene shows, and how the camera moves over it."""

from pixora_pipeline.assets.characters import portrait_of
from pixora_pipeline.assets.makers import have_drawn
from pixora_pipeline.assets.moving import animate
from pixora_pipeline.assets.stand_ins import made_in_turn, telling_who
from pixora_pipeline.assets.thumbnails import keep_preview
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import CameraBrief, PictureBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.frame import picture_size, shape_of
from pixora_pipeline.model.requests import PictureRequest, ReferencePicture
from pixora_pipeline.model.results import Picture
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.catalogue import engage, offer
from pixora_pipeline.providers.protocols import Camera

PICTURE = "picture.png"


def draw_scene(work: Work) -> Made:
    """Have the scene's picture drawn, a little larger than the film so that the camera can move."""
    brief = work.value("scene_brief/picture", PictureBrief)
    request = _request(brief, work.take)
    if not offer("image", brief.image_model).embedded:
        request = request.model_copy(update={"references": _portraits(work, brief)})
    drawn = have_drawn(work, brief.image_model, request, work.file(PICTURE))
    told = {"prompt": brief.description, "style": brief.style, **(drawn.note or {})}
    made = Made(
        [PICTURE, *keep_preview(work, work.file(PICTURE))],
        facts=drawn.picture.model_dump(mode="json"),
        provenance=provenance_of("image", drawn.model, *drawn.orders, seed=request.seed, **told),
    )
    return telling_who(work, made, drawn.stood_in)


def move_camera(work: Work) -> Made:
    """Choose the camera's way over the picture."""
    brief = work.value("scene_brief/camera", CameraBrief)
    return made_in_turn(work, "motion", brief.motion_model, lambda model: _moved(work, brief, model))


def _moved(work: Work, brief: CameraBrief, model: str) -> Made:
    if not offer("motion", model).embedded:
        return animate(work, brief, model)
    picture, seed = work.facts("scene_image", Picture), seed_from("camera", work.slot, work.take)
    camera: Camera = engage("motion", model)
    move = camera.move(picture, shape_of(brief.aspect), seed, brief.kind, brief.turn + work.take)
    return work.keep(move, provenance_of("motion", model, seed=seed))


def _portraits(work: Work, brief: PictureBrief) -> tuple[ReferencePicture, ...]:
    """The characters' portraits, for services that keep to what they are shown."""
    found = [
        (each.profile.name, each.picture, each.picture and portrait_of(work, each.picture)) for each in brief.references
    ]
    return tuple(ReferencePicture(name=name, content=content, path=path) for name, content, path in found if path)


def _request(brief: PictureBrief, take: int) -> PictureRequest:
    width, height = picture_size(brief.aspect, brief.resolution)
    return PictureRequest(
        **brief.model_dump(include={"title", "description", "mood", "role", "caption", "style", "palette_seed"}),
        subcaption=brief.title if brief.caption and brief.title != brief.caption else None,
        characters=tuple(reference.profile for reference in brief.references),
        width=width,
        height=height,
        seed=seed_from("picture", brief.title, brief.description, brief.mood, brief.role, take),
    )


RECIPES = (
    Recipe(
        name="scene_image",
        scope="scene",
        group="pictures",
        description="The picture of this scene.",
        version="1",
        make=draw_scene,
        retakes=True,
        capability="image",
        only=("drawn",),
        inputs=("scene_brief/picture",),
        kinds=("image",),
    ),
    Recipe(
        name="scene_motion",
        scope="scene",
        group="pictures",
        description="How the camera moves over this scene's picture.",
        version="1",
        make=move_camera,
        retakes=True,
        capability="motion",
        only=("drawn",),
        inputs=("scene_brief/camera", "scene_image"),
        kinds=("json",),
    ),
)
