"""published_video: the film where others can see it, as `{video_id}.mp4`, with a JSON file that says all about it.

The video's id is its project's. The same film is never put twice, and a changed one takes the place of the one before.
"""

from datetime import UTC, datetime

from pydantic import ValidationError

from pixora_pipeline.assets.ancestry import Ancestry, ancestry
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.checks.names import REACHABLE
from pixora_pipeline.errors import TryAgain
from pixora_pipeline.model.briefs import NarrationBrief, StoryBrief, Timeline
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.project import PUBLISHED
from pixora_pipeline.model.publication import Maker, Publication, PublishedFilm, headers_of
from pixora_pipeline.planning.recipe import Recipe
from pixora_pipeline.store.artifacts import Stored
from pixora_pipeline.store.destinations.destination import Destination, file_names

SIDECAR = "published.json"
_SPARE = 128
"""Bytes of headers that are left for the one that names the content."""


def publish(work: Work) -> Made:
    """Put the film where the settings say, with its sidecar; what is there already stays as it is."""
    settings, url = work.studio.settings, str(work.project.publish_to)
    to, film, id = work.studio.destination(url), work.input("final_video"), work.project.id
    said = _with_date(_about(work, film), to.noted(id))
    work.studio.publications.note(url, id, said.film.hash)
    is_new = _put(to, film, said)
    text = said.model_dump_json(indent=2) + "\n"
    if to.noted(id) != text:
        to.note(id, text)
    work.file(SIDECAR).write_text(text, "utf-8")
    # A signed link ends: it is made anew for whoever asks.
    link = to.link(id) if settings.publish_links == "public" else None
    return Made(
        [SIDECAR],
        facts={"destination": url, "file": said.film.file, "hash": said.film.hash, "url": link, "put": is_new},
    )


def _put(to: Destination, film: Stored, said: Publication) -> bool:
    """Put the film unless it is there; whether it had to be."""
    headers, hash, id = headers_of(said, _SPARE), said.film.hash, said.video_id
    there = to.film(id)
    if there and (there.hash, there.size) == (hash, said.film.bytes):
        if there.headers and there.headers != headers:
            to.describe(id, hash, headers)
        return False
    to.put(id, film.path, hash, headers)
    there = to.film(id)
    if there is None or (there.hash, there.size) != (hash, said.film.bytes):
        raise TryAgain(f"The film that was put at {to.url} is not what was sent. Somebody else may have put it there.")
    return True


def _about(work: Work, film: Stored) -> Publication:
    story, timeline = work.value("project_brief/story", StoryBrief), work.value("script_breakdown/timeline", Timeline)
    made_from, id = ancestry(work.store, work.project.id, film), work.project.id
    first, refined = (_text(work, name) for name in ("initial_explanation", "refined_explanation"))
    return Publication(
        video_id=id,
        kind=story.kind,
        title=timeline.title,
        original_question=story.text,
        initial_explanation=first,
        refined_explanation=refined,
        model_used=_model(made_from, "script_draft" if first is None else "initial_explanation"),
        voice_used=_voice(made_from),
        generation_date="",
        film=_film(id, film),
        provenance=makers_of(made_from),
    )


def _film(id: str, film: Stored) -> PublishedFilm:
    file, facts = film.sidecar.files[0], film.sidecar.facts
    failed = tuple(finding.message for finding in film.sidecar.findings if not finding.passed)
    seconds = round(float(facts.get("seconds", 0.0)), 3)
    return PublishedFilm(file=file_names(id)[0], hash=file.hash, bytes=file.size, seconds=seconds, failed_checks=failed)


def makers_of(made_from: Ancestry) -> tuple[Maker, ...]:
    """Everything that a model made, in the order of the artifacts' names and scenes."""
    made = sorted(made_from.items(), key=lambda each: (each[0][0], each[0][1] or ""))
    return tuple(
        Maker(
            artifact=place[0],
            scene=place[1],
            fingerprint=stored.sidecar.fingerprint,
            **stored.sidecar.provenance.model_dump(include={"provider", "model", "seed", "cost_usd"}),
        )
        for place, stored in made
        if stored.sidecar.provenance.model
    )


def _text(work: Work, artifact: str) -> str | None:
    return work.input(artifact).path.read_text("utf-8") if (artifact, None) in work.inputs else None


def _model(made_from: Ancestry, artifact: str) -> str:
    stored = made_from.get((artifact, None))
    made_by = stored.sidecar.provenance if stored else None
    return f"{made_by.provider}/{made_by.model}" if made_by else "unknown"


def _voice(made_from: Ancestry) -> str:
    briefs = [stored for (artifact, _), stored in made_from.items() if artifact == "scene_brief/narration"]
    voices = {NarrationBrief.model_validate_json(stored.path.read_bytes()).voice for stored in briefs}
    return ", ".join(sorted(voices)) or "unknown"


def _with_date(said: Publication, noted: str | None) -> Publication:
    """With the date of what is there, if it is the same film; else of now."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        before = Publication.model_validate_json(noted) if noted else None
    except ValidationError:
        before = None
    same = before is not None and before.film.hash == said.film.hash
    return said.model_copy(update={"generation_date": before.generation_date if same and before else now})


def verify_reach(work: Work, made: Made) -> tuple[Finding, ...]:
    """Ask for the film as a stranger would."""
    from pixora_pipeline.checks.reach import check_reach

    url = made.facts["url"] or work.studio.destination(str(work.project.publish_to)).link(work.project.id)
    return (check_reach(str(url), work.input("final_video").sidecar.files[0].size),)


RECIPES = (
    Recipe(
        name="published_video",
        scope="project",
        group="film",
        description="The film where others can see it, with a JSON file that says all about it.",
        version="1",
        make=publish,
        only=(PUBLISHED,),
        outward=True,
        row=lambda project: project.publish_to,
        inputs=(
            "final_video",
            "project_brief/story",
            "script_breakdown/timeline",
            "initial_explanation",
            "refined_explanation",
        ),
        kinds=("video", "s3"),
        checks=(REACHABLE,),
        verify=verify_reach,
    ),
)
