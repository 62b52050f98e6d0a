"""The record of a finished film, read off what that version was made from: exact, whatever was edited since."""

from collections import Counter
from contextlib import suppress

from dagster import DagsterEventType, DagsterInstance

from pixora_pipeline.assets.ancestry import Ancestry, ancestry, ancestry_on_record
from pixora_pipeline.assets.compilation_tags import tags_of
from pixora_pipeline.assets.notices import notices_of_one
from pixora_pipeline.assets.publishing import makers_of
from pixora_pipeline.assets.recorded import address_of, asset_key, read_partition
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.voice import SPOKEN
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.briefs import NarrationBrief, StoryBrief, Timeline
from pixora_pipeline.model.compilation import CompilationBrief
from pixora_pipeline.model.frame import frame_size
from pixora_pipeline.model.generated_video import GeneratedVideo, GenerationDetails, SceneAudio
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.planning.recipe import AnyValue
from pixora_pipeline.planning.records import FILM, Records
from pixora_pipeline.store.artifacts import ArtifactStore, Stored

_MOST_TAGS = 8
_LONGEST_DESCRIPTION = 300


def note_film(studio: Studio, project: Project, film: Stored, records: Records) -> None:
    """Keep the record of a film that is about to be on record."""
    made_from = ancestry_on_record(studio.store, project.id, film, records)
    with suppress(KeyError):  # something it was made from is not in the store any more: no reason to have no film
        studio.generated_videos.keep(film_record(studio.store, project, film, made_from))


def catch_up(studio: Studio, instance: DagsterInstance, *, thoroughly: bool = False) -> int:
    """Record every film that has no record; `thoroughly`, also those whose record is of another version.

    Records of projects that were deleted go. How many were written; a film that can't be read is left for another time.
    """
    known, written = studio.generated_videos.fingerprints(), 0
    for id in _films(instance):
        if (thoroughly or id not in known) and (project := _project(studio, id)):
            written += _catch_up(studio, instance, project, known.get(id))
    if thoroughly:
        for id in known:
            if _project(studio, id) is None:
                studio.generated_videos.forget(id)
    return written


def _project(studio: Studio, id: str) -> Project | None:
    """The project, if it is there and can be read."""
    try:
        return studio.projects.get(id)
    except UserError:
        return None


def _films(instance: DagsterInstance) -> list[str]:
    storage, kind = instance.event_log_storage, DagsterEventType.ASSET_MATERIALIZATION
    return sorted(storage.get_latest_storage_id_by_partition(asset_key(FILM[0]), kind))


def _catch_up(studio: Studio, instance: DagsterInstance, project: Project, known: str | None) -> bool:
    record = read_partition(instance, FILM[0], project.id)
    if record is None or record.fingerprint == known:
        return False
    film = studio.store.peek(address_of(project.id, FILM, record.fingerprint))
    if film is None:
        return False
    try:
        studio.generated_videos.keep(film_record(studio.store, project, film))
    except (KeyError, OSError):
        return False
    return True


def film_record(
    store: ArtifactStore, project: Project, film: Stored, made_from: Ancestry | None = None
) -> GeneratedVideo:
    """The record of that version of a project's film; what it was made from is looked up unless it is known."""
    made_from = made_from or ancestry(store, project.id, film)
    script = _value(made_from, "script_breakdown", ScriptBreakdown)
    timeline = _value(made_from, "script_breakdown/timeline", Timeline)
    width, height = frame_size(timeline.aspect, timeline.resolution)
    return GeneratedVideo(
        id=project.id,
        owner=project.owner,
        kind=project.kind,
        fingerprint=film.sidecar.fingerprint,
        title=timeline.title,
        description=_description(script),
        requirements=_requirements(project, made_from),
        script=script,
        sources=tuple(dict.fromkeys(clip.source for scene in script.scenes for clip in scene.clips)),
        audio=tuple(_audio(made_from, scene.slot) for scene in script.scenes),
        seconds=round(float(film.sidecar.facts["seconds"]), 3),
        width=width,
        height=height,
        bytes=film.sidecar.files[0].size,
        tags=_tags(project, made_from, script),
        details=_details(film, timeline, made_from),
    )


def _value(made_from: Ancestry, artifact: str, type: type[AnyValue], slot: str | None = None) -> AnyValue:
    return type.model_validate_json(made_from[artifact, slot].path.read_bytes())


def _requirements(project: Project, made_from: Ancestry) -> str:
    if project.kind != "compilation":
        return _value(made_from, "project_brief/story", StoryBrief).text
    brief = _value(made_from, "project_brief/footage", CompilationBrief)
    return f"{brief.requirements} ({brief.context})" if brief.context else brief.requirements


def _audio(made_from: Ancestry, slot: str) -> SceneAudio:
    brief, voice = _value(made_from, "scene_brief/narration", NarrationBrief, slot), made_from["voice_over", slot]
    made_by = voice.sidecar.provenance
    return SceneAudio(
        slot=slot,
        voice=str(made_by.parameters.get("voice", brief.voice)),
        language=brief.language,
        provider=made_by.provider,
        model=made_by.model,
        seconds=round(float(voice.sidecar.facts["seconds"]), 3),
        spoken_seconds=made_by.parameters.get(SPOKEN),
    )


def _details(film: Stored, timeline: Timeline, made_from: Ancestry) -> GenerationDetails:
    costs = [stored.sidecar.provenance.cost_usd for stored in made_from.values()]
    made = {**made_from, FILM: film}
    told = {notice.message for place, stored in made.items() for notice in notices_of_one(place, stored)}
    loudness = film.sidecar.facts.get("loudness")
    return GenerationDetails(
        fps=timeline.fps,
        aspect=timeline.aspect,
        loudness=loudness if isinstance(loudness, int | float) else None,
        cost_usd=None if None in costs else round(sum(costs), 6),
        failed_checks=tuple(each.message for each in film.sidecar.findings if not each.passed),
        notices=tuple(sorted(told)),
        provenance=makers_of(made_from),
    )


def _description(script: ScriptBreakdown) -> str:
    """What is said first, in whole sentences as far as there is room."""
    from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

    told = " ".join(scene.narration for scene in script.scenes if scene.role != "title") or script.title
    description = ""
    for sentence in split_sentences(told, script.language):
        longer = f"{description} {sentence}".strip()
        if len(longer) > _LONGEST_DESCRIPTION:
            break
        description = longer
    return description or told[:_LONGEST_DESCRIPTION]


def _tags(project: Project, made_from: Ancestry, script: ScriptBreakdown) -> tuple[str, ...]:
    """What a compilation shows; of other films, the most frequent words, as they are spelt most often."""
    if project.kind == "compilation":
        return tags_of(script, _value(made_from, "project_brief/footage", CompilationBrief))
    return _frequent(
        " ".join((script.title, *(f"{scene.title}. {scene.narration}" for scene in script.scenes))), script
    )


def _frequent(text: str, script: ScriptBreakdown) -> tuple[str, ...]:
    from pixora_pipeline.providers.embedded.writer.words import stem, stop_words, words_of

    stops = stop_words(script.language)
    words = [word.lower for word in words_of(text) if word.lower not in stops and len(word.lower) > 3]
    stems, spellings = Counter(map(stem, words)), Counter(words)
    common = [each for each, count in stems.most_common(_MOST_TAGS) if count > 1]
    return tuple(max((word for word in spellings if stem(word) == each), key=spellings.__getitem__) for each in common)
