"""character_images: each character drawn once, as a reference for every scene they are in."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.assets.makers import Drawn, have_drawn
from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.stand_ins import notice_of
from pixora_pipeline.assets.thumbnails import keep_preview
from pixora_pipeline.assets.work import Made, Work, noticed, provenance_of
from pixora_pipeline.model.briefs import CharacterSheet, LookBrief
from pixora_pipeline.model.content import hash_file, hash_value, seed_from
from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.planning.recipe import Facts, Recipe, Source
from pixora_pipeline.store.artifacts import Address, Stored

INDEX = "characters.txt"
PORTRAIT = "portrait"
DRAWN_FROM = "drawn_from"
SIZE = 768
"""A portrait's width and height in pixels."""

_AT_ONCE = 8


def draw_characters(work: Work) -> Made:
    """A portrait each, named by content in the facts; none where the film asks for none."""
    look, people = _cast(work)
    requests = {person.name: _request(look, person, work.take) for person in people}
    drawn: list[Drawn] = []
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="portraits") as threads:
        numbered = enumerate(requests.values(), 1)
        portraits = list(threads.map(lambda each: _portrait(work, look, *each, drawn), numbered))
    orders = [order for each in drawn for order in each.orders]
    for order in orders:
        order.let_go()
    files = [f"character-{number}.png" for number, _ in enumerate(portraits, 1)]
    pictures = {name: hash_file(work.file(file)) for name, file in zip(requests, files, strict=True)}
    if files:
        files += keep_preview(work, work.file(files[0]))
    work.file(INDEX).write_text("\n".join(f"{p.name}: {p.look}" for p in people) or "Nobody appears.", "utf-8")
    asked = {name: _name_of(look, request) for name, request in requests.items()}
    known = {name: portrait.sidecar.facts for name, portrait in zip(requests, portraits, strict=True)}
    otherwise = {name: facts[DRAWN_FROM] for name, facts in known.items() if DRAWN_FROM in facts}
    notices = [notice for portrait in portraits for notice in portrait.sidecar.notices]
    told = {"drawn_otherwise": otherwise} if otherwise else {}
    return Made(
        [*files, INDEX],
        facts={"pictures": pictures, "asked": asked} | noticed(notices),
        provenance=provenance_of("image", look.image_model, *orders, people=len(people), **told),
    )


def foresee(source: Source, recorded: Facts) -> Facts:
    """The portraits that stay: those asked for as before. The others are named by what is asked."""
    look, people = _cast(source)
    take = source.project.take_of("character_images")
    asked = {person.name: _name_of(look, _request(look, person, take)) for person in people}
    before, drawn = recorded.get("asked", {}), recorded.get("pictures", {})
    same = {name: drawn[name] for name in asked if before.get(name) == asked[name]}
    return {"pictures": {name: same.get(name, asked[name]) for name in asked}}


def _cast(source: Source) -> tuple[LookBrief, tuple[CharacterProfile, ...]]:
    look = source.value("project_brief/look", LookBrief)
    people = source.value("script_breakdown/characters", CharacterSheet).characters
    return look, people if look.character_consistency else ()


def _request(look: LookBrief, person: CharacterProfile, take: int) -> PictureRequest:
    return PictureRequest(
        description=person.look,
        title=person.name,
        role="portrait",
        style=look.style,
        characters=(person,),
        width=SIZE,
        height=SIZE,
        seed=seed_from("portrait", person.name, person.look, take),
        palette_seed=look.palette_seed,
    )


def _name_of(look: LookBrief, request: PictureRequest) -> str:
    return hash_value([look.image_model, request.model_dump(mode="json")])


def _portrait(work: Work, look: LookBrief, number: int, request: PictureRequest, drawn: list[Drawn]) -> Stored:
    asked = _name_of(look, request)

    def make(to: Path) -> Facts:
        drawn.append(have_drawn(work, look.image_model, request, to, f"{PORTRAIT}/{asked}"))
        return _told_of(work, drawn[-1])

    stored = keep_part(work, PORTRAIT, asked, "portrait.png", make)
    shutil.copyfile(stored.path, work.file(f"character-{number}.png"))
    return stored


def _told_of(work: Work, drawn: Drawn) -> Facts:
    """What is kept with a portrait of how it came about, for whoever uses it again."""
    known: dict[str, JsonValue] = {DRAWN_FROM: drawn.note["drawn_from"]} if drawn.note else {}
    if drawn.stood_in:
        known |= noticed([notice_of(work, drawn.stood_in, f"the portrait of {drawn.title}")])
    return known


def portrait_of(work: Work, content: str) -> Path | None:
    """The portrait whose file has that content hash, if it is in the store."""
    for stored in work.store.versions(PORTRAIT, work.project.id):
        if stored.sidecar.files[0].hash == content:
            whole = work.store.find(Address(PORTRAIT, work.project.id, stored.sidecar.fingerprint))
            return whole.path if whole else None
    return None


RECIPES = (
    Recipe(
        name="character_images",
        scope="project",
        group="pictures",
        description="A portrait of each character, so that they look the same in every scene.",
        version="1",
        make=draw_characters,
        retakes=True,
        capability="image",
        foresee=foresee,
        inputs=("script_breakdown/characters", "project_brief/look"),
        kinds=("image",),
    ),
)
