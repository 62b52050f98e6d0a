"""What `pixora footage` tells of a video and of a moment: its fields as JSON, and its line for people."""

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from pixora_pipeline.assets.library_outdated import REFRESH
from pixora_pipeline.cli.output import console, duration, money
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import BUILT_IN

_LONGEST_NAME = 60


def source_told(session, source) -> dict:
    """A video: what is known of it, and what it has cost."""
    return told_by(known_of(session, source), session, source)


def known_of(session, source) -> dict:
    """All that was made of a video, by name."""
    from pixora_pipeline.assets.library import STEPS
    from pixora_pipeline.assets.library_values import values_of

    return values_of(session.studio, source, [step.name for step in STEPS])


def told_by(known: dict, session, source) -> dict:
    """`source_told`, where what is known of it is at hand."""
    from pixora_pipeline.assets.library import STEPS
    from pixora_pipeline.model.footage import FootageIndex, FootageModels, ShotList, SourceFacts, Transcript

    names = ("source_video", "shots", "footage_index", "transcript")
    facts, shots, index, transcript = (known.get(name) for name in names)
    paid = source.models != FootageModels()
    return {
        "id": source.id,
        "name": source.name,
        "path": source.path,
        "tags": list(source.tags),
        "collection": source.collection,
        "up_to_date": len(known) == len(STEPS),
        "seconds": facts.seconds if isinstance(facts, SourceFacts) else None,
        "moments": len(index.moments) if isinstance(index, FootageIndex) else 0,
        "words": transcript.origin if isinstance(transcript, Transcript) else "none",
        "note": transcript.note if isinstance(transcript, Transcript) else None,
        "damaged": shots.damage if isinstance(shots, ShotList) else "",
        "sound": facts.sound_told if isinstance(facts, SourceFacts) else None,
        "models": source.models.model_dump(),
        "cost_usd": session.studio.spending.of_work(source.id).total if paid else 0.0,
    }


def moment_told(session, found) -> dict:
    """A moment that was found, with a picture of its middle."""
    moment = found.moment
    return {
        "source": moment.source,
        "name": moment.title,
        "kind": moment.kind,
        "start": moment.start,
        "end": moment.end,
        "text": moment.text,
        "tags": list(moment.tags),
        "score": found.rank_score,
        "similarity": found.similarity,
        "thumbnail": _thumbnail(session, moment),
    }


def _thumbnail(session, moment) -> str | None:
    from pixora_pipeline.footage.thumbnails import keep_thumbnail

    settings, source = session.studio.settings, session.studio.sources.get(moment.source)
    video = session.studio.videos.path(source.video)
    try:
        return str(
            keep_thumbnail(video, source.video, (moment.start + moment.end) / 2, settings.footage / "thumbnails")
        )
    except UserError:
        return None


def tell_added(state: dict) -> None:
    """Print that a video is in the library."""
    moments = "1 moment" if state["moments"] == 1 else f"{state['moments']} moments"
    told = f"{duration(state['seconds'])}, {moments}{paid_told(state)}"
    notes = notes_told(state)
    said = " ".join([f"{told}.", *notes]) if notes else told
    console.print(f"[green]✓[/] {state['id']} “{escape(shortened(state['name']))}”: {escape(said)}", soft_wrap=True)


def notes_told(state: dict) -> list[str]:
    """What is to be known of a video before it is used: a sentence each."""
    damaged = f"It is damaged at {state['damaged']}, which is never shown." if state["damaged"] else None
    outdated = None if state["up_to_date"] else f"This version has yet to look through it: `{REFRESH}`."
    return [note for note in (damaged, state["sound"], state["note"], outdated) if note]


def tell_copy(file: Path, source) -> dict:
    """Print that a file is another copy of a video that the library has; the same as fields."""
    name, place = escape(" ".join(file.name.split())), escape(shortened(source.name))
    console.print(f"[green]=[/] {source.id} “{place}”: {name} is a copy of it.", soft_wrap=True)
    return {"file": str(file), "source": source.id}


def shortened(name: str) -> str:
    """A name that leaves room for the rest of its line."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def paid_told(state: dict) -> str:
    """What a video has cost, where somebody is paid for it."""
    if not any(name not in (BUILT_IN, None) for name in state["models"].values()):
        return ""
    return f"; {money(state['cost_usd'])} so far"


def tell_found(moments: list[dict]) -> None:
    """Print the moments as a table."""
    table = Table("score", "video", "from", "to", "what is said or shown", box=None, padding=(0, 2))
    for each in moments:
        text = each["text"] if len(each["text"]) < 90 else each["text"][:87] + "..."
        table.add_row(
            f"{each['score']:.2f}", escape(each["name"]), clock(each["start"]), clock(each["end"]), escape(text)
        )
    console.print(table)
    if pictures := [Path(each["thumbnail"]) for each in moments if each["thumbnail"]]:
        console.print(f"Their pictures are in {escape(str(pictures[0].parent))}; --json names each.", soft_wrap=True)


def clock(seconds: float) -> str:
    """A moment of a video: `1:05.2`."""
    hours, minutes = divmod(int(seconds) // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:04.1f}" if hours else f"{minutes}:{seconds % 60:04.1f}"
