"""From groups of lines to scenes: titles, pictures, moods, characters and music."""

from collections.abc import Sequence

from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import CharacterProfile, Mood, Scene, ScriptBreakdown
from pixora_pipeline.providers.embedded.writer.cast import appearances, find_cast
from pixora_pipeline.providers.embedded.writer.descriptions import describe, describe_title
from pixora_pipeline.providers.embedded.writer.lines import Line
from pixora_pipeline.providers.embedded.writer.manuscript import Manuscript
from pixora_pipeline.providers.embedded.writer.moods import moods_of
from pixora_pipeline.providers.embedded.writer.music import music_for
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.titles import film_title, scene_title, short_heading, speakable

TITLE_SECONDS = 4.0
_UNSPACED = ("zh", "ja")


def direct(request: ScriptRequest, manuscript: Manuscript, groups: Sequence[Sequence[Line]]) -> ScriptBreakdown:
    """The script that tells these groups of lines, each as a scene after the title."""
    language = request.language
    texts = [_joined(group, language) for group in groups]
    cast = find_cast(texts, language)
    title = _film_title(request, manuscript, texts, [profile.name for profile in cast])
    present = appearances(texts, cast, language)
    moods = moods_of(texts, language)
    headings = _headings(manuscript, groups)
    titles = _scene_titles(title, headings, texts, present, language)
    descriptions = describe(texts, present, cast, language)
    scenes = [title_scene(title, describe_title(texts, descriptions, title, language), moods[0], language)]
    for index, text in enumerate(texts):
        scenes.append(
            Scene(
                slot=f"s{index + 2:02}",
                title=titles[index],
                description=descriptions[index],
                narration=text,
                estimated_seconds=round(spoken_seconds_of(groups[index]), 1),
                mood=moods[index],
                characters=present[index],
                begins_chapter=headings[index] is not None,
            )
        )
    return script(title, language, scenes, cast)


def script(
    title: str, language: str, scenes: Sequence[Scene], cast: Sequence[CharacterProfile] = ()
) -> ScriptBreakdown:
    """The whole, with its music."""
    return ScriptBreakdown(
        title=title, language=language, scenes=tuple(scenes), characters=tuple(cast), music=music_for(scenes)
    )


def title_scene(title: str, description: str, mood: Mood, language: str) -> Scene:
    """The first scene: the title stands on the picture and is spoken."""
    return Scene(
        slot="s01",
        title=title,
        description=description,
        narration=title if title[-1] in ".!?…。！？" else f"{title}.",
        estimated_seconds=round(max(TITLE_SECONDS, spoken_seconds(title, language) + 1.0), 1),
        mood=mood,
        role="title",
        caption=title,
        minimum_seconds=TITLE_SECONDS,
    )


def spoken_seconds_of(group: Sequence[Line]) -> float:
    """The time a scene's lines take."""
    return sum(line.seconds for line in group)


def _joined(group: Sequence[Line], language: str) -> str:
    glue = "" if language.partition("-")[0].lower() in _UNSPACED else " "
    return glue.join(line.text for line in group)


def _film_title(request: ScriptRequest, manuscript: Manuscript, texts: Sequence[str], names: Sequence[str]) -> str:
    given = " ".join((request.title or "").split())
    letters = "".join(filter(str.isalnum, texts[0]))
    wanted = (given, manuscript.title or "", film_title(texts, names, request.language), texts[0], letters)
    return next(title for words in wanted if (title := speakable(words, request.language)))


def _headings(manuscript: Manuscript, groups: Sequence[Sequence[Line]]) -> list[str | None]:
    """The heading that each group stands under as the first of its chapter, None for all others."""
    headings: list[str | None] = []
    told: set[int] = set()
    for group in groups:
        chapter = group[0].chapter
        heading = manuscript.chapters[chapter].title
        begins = heading and chapter not in told and heading != manuscript.title
        headings.append(heading if begins else None)
        told.add(chapter)
    return headings


def _scene_titles(
    title: str,
    headings: Sequence[str | None],
    texts: Sequence[str],
    present: Sequence[Sequence[str]],
    language: str,
) -> list[str]:
    """A chapter's first scene is called by its heading, all others by their own words."""
    titles: list[str] = []
    for heading, text, names in zip(headings, texts, present, strict=True):
        taken = {taken.lower() for taken in (title, *titles)}
        titles.append(short_heading(heading) if heading else scene_title(text, names, language, taken))
    return titles
