"""`pixora footage show`: all that is known of a video, moment by moment."""

from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.footage_told import clock, known_of, notes_told, told_by
from pixora_pipeline.cli.output import console, duration, print_json


def show(source_id: str, as_json: bool) -> None:
    """Tell what a video is, and what is said and shown in it."""
    from pixora_pipeline.cli.session import Session
    from pixora_pipeline.model.footage import FootageIndex, SourceFacts

    with Session() as session:
        source = session.studio.sources.get(source_id)
        known = known_of(session, source)
        state = told_by(known, session, source)
    facts, index = known.get("source_video"), known.get("footage_index")
    moments = index.moments if isinstance(index, FootageIndex) else ()
    told = state | {
        "facts": facts.model_dump(mode="json") if facts else None,
        "moments": [each.model_dump(mode="json", include={"kind", "start", "end", "text"}) for each in moments],
    }
    if as_json:
        print_json(told)
        return
    console.print(f"[bold]{escape(source.name)}[/]  {source.id}", soft_wrap=True)
    console.print(f"  {escape(source.path)}", soft_wrap=True)
    if isinstance(facts, SourceFacts):
        sound = "with sound" if facts.has_sound else "without sound"
        console.print(
            f"  {duration(facts.seconds)}, {facts.width} x {facts.height}, {facts.fps:g} fps, {facts.codec}, {sound}"
        )
    place = f"in the collection {source.collection}" if source.collection else "in no collection of its own"
    console.print(f"  {place}; {'tagged ' + escape(', '.join(source.tags)) if source.tags else 'without tags'}")
    for note in notes_told(state):
        console.print(f"  [yellow]![/] {escape(note)}", soft_wrap=True)
    if not moments:
        return
    table = Table("from", "to", "", "what is said or shown", box=None, padding=(0, 2, 0, 0))
    for each in sorted(moments, key=lambda moment: (moment.start, moment.kind)):
        kind = "said" if each.kind == "transcript" else "shown"
        table.add_row(clock(each.start), clock(each.end), kind, escape(each.text))
    console.print(table)
