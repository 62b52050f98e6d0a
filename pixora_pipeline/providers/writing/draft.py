"""The shape in which a model writes a script, and the script that is made of it."""

from pydantic import Field

from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import CharacterProfile, Mood, Scene, ScriptBreakdown, TransitionKind
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.embedded.writer.direction import script, title_scene
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds

MOST_SCENES = 59
"""And the title."""


class DraftCharacter(Value):
    """Somebody who appears."""

    name: str = Field(min_length=1)
    look: str = Field(min_length=1)


class DraftScene(Value):
    """A scene as a model writes it: nothing that we know better than it, such as slots and lengths."""

    title: str = Field(min_length=1)
    narration: str = Field(min_length=1)
    description: str = Field(min_length=1)
    mood: Mood
    transition: TransitionKind
    characters: list[str]


class DraftScript(Value):
    """A script as a model writes it."""

    title: str = Field(min_length=1)
    characters: list[DraftCharacter]
    scenes: list[DraftScene] = Field(min_length=1, max_length=MOST_SCENES)


def question_for(request: ScriptRequest) -> str:
    """What the model is asked, below its instructions."""
    wishes = [f"Language: {request.language}"]
    if request.title:
        wishes.append(f"Title: {request.title}")
    if request.seconds:
        wishes.append(f"Length: {request.seconds:.0f} seconds, about {request.seconds * 2.4:.0f} words in all")
    return "\n".join([*wishes, "", "The prompt or text:", "", request.text])


def script_of(draft: DraftScript, request: ScriptRequest) -> ScriptBreakdown:
    """The script: a title card, the scenes in slots, the lengths reckoned, the music grouped by mood."""
    cast = [CharacterProfile(name=person.name, look=person.look) for person in draft.characters]
    title = " ".join((request.title or draft.title).split())
    first = draft.scenes[0]
    scenes = [title_scene(title, first.description, first.mood, request.language)]
    names = {person.name for person in cast}
    for number, scene in enumerate(draft.scenes, 2):
        scenes.append(_scene(f"s{number:02}", scene, names, request.language))
    return script(title, request.language, scenes, cast)


def _scene(slot: str, scene: DraftScene, names: set[str], language: str) -> Scene:
    return Scene(
        slot=slot,
        title=" ".join(scene.title.split()),
        description=" ".join(scene.description.split()),
        narration=" ".join(scene.narration.split()),
        estimated_seconds=round(spoken_seconds(scene.narration, language), 1),
        mood=scene.mood,
        transition=scene.transition,
        characters=tuple(dict.fromkeys(name for name in scene.characters if name in names)),
    )
