"""`pixora footage refresh`: every video of the library brought up to date, wherever it came from."""

from collections.abc import Sequence

import typer

from pixora_pipeline.cli.footage_told import source_told, tell_added
from pixora_pipeline.cli.output import complain, console, print_json
from pixora_pipeline.errors import PixoraError


def refresh(as_json: bool) -> None:
    """Make what is missing of each video, and tell of each for which something was."""
    from pixora_pipeline.assets.library_batches import batches
    from pixora_pipeline.cli.session import Session

    refreshed, failures = [], {}
    with Session() as session:
        known = [source.id for source in session.studio.sources.all()]
        stale = _stale(session, known)
        # Told as they are done: each may take a minute.
        for batch in batches(session.studio, session.instance, stale):
            failed = _make(session, batch.ids)
            for error in failed.values():
                complain(str(error))
            states = [source_told(session, session.studio.sources.get(id)) for id in batch.ids if id not in failed]
            for state in () if as_json else states:
                tell_added(state)
            refreshed, failures = [*refreshed, *states], failures | failed
    if as_json:
        told = [{"source": id, "reason": str(error)} for id, error in failures.items()]
        print_json({"videos": len(known), "refreshed": refreshed, "failed": told})
    else:
        console.print(f"{len(known) - len(failures)} of {len(known)} videos are up to date.")
    if failures:
        raise typer.Exit(PixoraError.exit_code)


def bring_up_to_date(session, ids: list[str]) -> dict[str, PixoraError]:
    """Make what is missing of these videos and have them found; why some could not be."""
    return _make(session, _stale(session, ids))


def _make(session, stale: Sequence[str]) -> dict[str, PixoraError]:
    from pixora_pipeline.runner import make_findable

    try:
        return make_findable(session.studio, session.instance, *stale)
    except PixoraError as error:
        return {stale[0]: error}


def _stale(session, ids: list[str]) -> list[str]:
    from pixora_pipeline.assets.library_run import is_current

    studio, instance = session.studio, session.instance
    return [id for id in ids if not is_current(studio, instance, studio.sources.get(id))]
