"""character_images: each character drawn once, as a reference for every scene they are in."""

from pixora_pipeline.assets.thumbnails import keep_preview
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import CharacterSheet, LookBrief
from pixora_pipeline.model.content import hash_file, seed_from
from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.providers.draw import draw

INDEX = "characters.txt"
SIZE = 768
"""A portrait's width and height in pixels."""


def draw_characters(work: Work) -> Made:
    """A portrait each, named by content in the facts; none where the film asks for none."""
    look = work.value("project_brief/look", LookBrief)
    people = work.value("script_breakdown/characters", CharacterSheet).characters if look.character_consistency else ()
    files = [_portrait(work, look, number, person) for number, person in enumerate(people, 1)]
    pictures = {person.name: hash_file(work.file(name)) for person, name in zip(people, files, strict=True)}
    if files:
        files += keep_preview(work, work.file(files[0]))
    work.file(INDEX).write_text("\n".join(f"{p.name}: {p.look}" for p in people), encoding="utf-8")
    provenance = provenance_of("image", look.image_model, people=len(people))
    return Made([*files, INDEX], facts={"pictures": pictures}, provenance=provenance)


def _portrait(work: Work, look: LookBrief, number: int, person: CharacterProfile) -> str:
    name = f"character-{number}.png"
    request = PictureRequest(
        description=person.look,
        title=person.name,
        role="portrait",
        style=look.style,
        characters=(person,),
        width=SIZE,
        height=SIZE,
        seed=seed_from("portrait", person.name, person.look),
        palette_seed=look.palette_seed,
    )
    work.workers.run(draw, look.image_model, request, work.file(name))
    return name


RECIPES = (
    Recipe(
        name="character_images",
        scope="project",
        group="pictures",
        description="A portrait of each character, so that they look the same in every scene.",
        version="1",
        make=draw_characters,
        inputs=("script_breakdown/characters", "project_brief/look"),
        kinds=("image",),
    ),
)
