"""`pixora footage ...`: the library of videos that compilations are cut from."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.assets.library_outdated import outdated_told
from pixora_pipeline.cli.footage_refresh import bring_up_to_date
from pixora_pipeline.cli.footage_refresh import refresh as refresh_all
from pixora_pipeline.cli.footage_told import (
    moment_told,
    paid_told,
    shortened,
    source_told,
    tell_added,
    tell_copy,
    tell_found,
)
from pixora_pipeline.cli.output import complain, console, duration, print_json
from pixora_pipeline.errors import PixoraError, UserError

footage = typer.Typer(help="The library of videos that compilations are cut from.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one object on stdout.")]
Tags = Annotated[str | None, typer.Option(help="Tags, with commas between them.")]
Collection = Annotated[str | None, typer.Option(help="A collection of its own beside the general ones, like fitness.")]
Makers = Annotated[
    list[str] | None,
    typer.Option("--model", help="Who listens, looks or places, such as vision=SERVICE/MODEL,embedded."),
]
_AT_ONCE = 50
"""Videos put back into the index while it is open; in between others may have it."""

SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="A source's id, as `pixora footage list` shows it.")]


@footage.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Videos, or folders of them.")],
    tags: Tags = None,
    collection: Collection = None,
    model: Makers = None,
    as_json: AsJson = False,
) -> None:
    """Take videos into the library and make their moments findable. The same file again changes nothing."""
    from pixora_pipeline.assets.intake import add_video, check_collection, check_tags, videos_in
    from pixora_pipeline.assets.library_batches import file_batches
    from pixora_pipeline.cli.session import Session

    wished = check_tags(tags) if tags is not None else None
    place = check_collection(collection) if collection else None
    makers = _makers(model)
    files = [file for path in paths for file in videos_in(path)]
    if not files:
        raise UserError(f"{paths[0]} holds no video: MP4, MOV, MKV, WebM, AVI or MPEG-TS.")
    added, refused, copies = [], [], []
    with Session() as session:
        for batch in file_batches(files):
            found: dict[str, Path] = {}
            for file in batch:
                try:
                    source = add_video(session.studio, session.instance, file, wished, place, makers)
                    if Path(source.path) == file.resolve():
                        found[source.id] = file
                    else:
                        copies.append(tell_copy(file, source))
                        found.setdefault(source.id, Path(source.path))
                except PixoraError as error:
                    refused.append(_refuse(file, error))
            failed = bring_up_to_date(session, list(found))
            refused += [_refuse(found[id], error) for id, error in failed.items()]
            states = [source_told(session, session.studio.sources.get(id)) for id in found if id not in failed]
            added += states
            for state in () if as_json else states:
                tell_added(state)
    if as_json:
        told = [{"file": str(each.path), "reason": each.reason} for each in refused]
        print_json({"added": added, "copies": copies, "refused": told})
    if refused and not added:
        raise typer.Exit(UserError.exit_code)


@footage.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List the library's videos."""
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        states = [source_told(session, source) for source in session.studio.sources.all()]
    if as_json:
        print_json(states)
        return
    if not states:
        console.print("The library is empty. Fill it: pixora footage add FOLDER")
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    # An id that is cut off is of no use to whoever wants to remove the video.
    table.add_column("source", no_wrap=True)
    for title, wraps in (("name", True), ("length", False), ("moments", False), ("words", True), ("tags", True)):
        table.add_column(title, no_wrap=not wraps)
    for state in states:
        length = duration(state["seconds"]) if state["seconds"] else "not made"
        tagged = ", ".join([*state["tags"], *filter(None, [state["collection"]])])
        table.add_row(
            state["id"], escape(shortened(state["name"])), length, str(state["moments"]), state["words"], tagged
        )
    console.print(table)
    if outdated := [state for state in states if not state["up_to_date"]]:
        told = outdated_told(len(outdated), len(states), "in the library")
        console.print(f"[yellow]![/] {told}", soft_wrap=True)


@footage.command("show")
def show(source: SourceId, as_json: AsJson = False) -> None:
    """Show what is known of a video: what it is, what is said and shown in it, and where it is damaged."""
    from pixora_pipeline.cli.footage_show import show as show_source

    show_source(source, as_json)


@footage.command("search")
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is said or shown, in your own words.")],
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many moments.")] = 8,
    tags: Tags = None,
    exclude: Annotated[str | None, typer.Option(help="What must not be in them, with commas between.")] = None,
    collection: Annotated[str | None, typer.Option(help="Search one collection alone.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find moments in the library by what is said and shown."""
    from pixora_pipeline.assets.intake import check_tags
    from pixora_pipeline.cli.session import Session

    if not text.strip():
        raise UserError("There is nothing to search for. Say what is to be seen, in a few words.")
    with Session() as session:
        from pixora_pipeline.assets.library_search import Question, meanings_in, search_library, search_order
        from pixora_pipeline.footage.index import apart
        from pixora_pipeline.footage.wishes import without_unwanted

        studio, (asked, unwanted) = session.studio, without_unwanted(text)
        excluded = (*unwanted, *check_tags(exclude or ""))
        question = Question(asked, collection, check_tags(tags or ""), excluded, by_words=True)
        meanings = meanings_in(studio, lambda: search_order(studio, asked))
        (found,) = search_library(studio, [question], 4 * limit, meanings)
        moments = [moment_told(session, each) for each in apart(found)[:limit]]
    if as_json:
        print_json(moments)
    elif not moments:
        console.print("Nothing is found. `pixora footage list` shows what the library holds.")
    else:
        tell_found(moments)


@footage.command("tag")
def tag(source: SourceId, tags: Tags = None, collection: Collection = None, model: Makers = None) -> None:
    """Give a video other tags, another collection, or other makers; what depends on them is made anew."""
    from pixora_pipeline.assets.intake import check_collection, check_tags
    from pixora_pipeline.assets.library_services import footage_models
    from pixora_pipeline.cli.session import Session
    from pixora_pipeline.runner import make_findable

    if tags is None and collection is None and not model:
        raise UserError("Give --tags, --collection or --model.")
    wished = check_tags(tags) if tags is not None else None
    with Session() as session:
        makers = footage_models(_makers(model), session.studio.sources.get(source).models) if model else None
        place = check_collection(collection) if collection else None
        session.studio.sources.retag(source, wished, place, makers)
        make_findable(session.studio, session.instance, source)
        state = source_told(session, session.studio.sources.get(source))
    console.print(f"{state['id']} “{escape(state['name'])}”: {', '.join(state['tags']) or 'no tags'}{paid_told(state)}")


@footage.command("index")
def put_back() -> None:
    """Put all moments into the index again: after it was lost, or for another Qdrant server. Nothing is made anew."""
    from pixora_pipeline.assets.library_making import put_back
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        found = session.studio.sources.all()
        count = sum(put_back(session.studio, found[at : at + _AT_ONCE]) for at in range(0, len(found), _AT_ONCE))
    console.print(f"{count} moments of {len(found)} videos are in the index.")


@footage.command("refresh")
def refresh(as_json: AsJson = False) -> None:
    """Look through the videos that are not up to date: after an upgrade, or where something failed before."""
    refresh_all(as_json)


@footage.command("remove")
def remove(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Ids, as `pixora footage list` shows them.")
    ],
) -> None:
    """Take videos out of the library. Your own files stay where they are."""
    from pixora_pipeline.assets.intake import remove_sources
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        for gone in remove_sources(session.studio, session.instance, list(dict.fromkeys(sources))):
            console.print(f"“{escape(gone.name)}” is out of the library.")


def _refuse(file: Path, error: PixoraError):
    from pixora_pipeline.assets.intake import Refused

    complain(str(error))
    return Refused(file, str(error))


def _makers(pairs: list[str] | None) -> dict[str, str]:
    return {capability: name for capability, _, name in (pair.partition("=") for pair in pairs or ())}
