"""`pixora export --otio`: where the timeline and its media go, checked before the work."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pixora_pipeline.cli.output import console
from pixora_pipeline.cli.target import check_writable, deliver
from pixora_pipeline.errors import UserError

if TYPE_CHECKING:
    from pixora_pipeline.cli.session import Session

TIMELINE, BUNDLE, MEDIA = ".otio", ".otioz", ".media"


def export_for_an_editor(session: "Session", id: str, to: Path) -> None:
    """Write the project's film as a timeline with its media in a folder beside it, or both in one bundle."""
    from pixora_pipeline.assets.editable import export_timeline

    check_writable(to)
    if to.suffix.lower() not in (TIMELINE, BUNDLE):
        raise UserError(f"{to} does not end in .otio or .otioz. Try {to.with_suffix(TIMELINE)}.")
    project, bundled = session.project(id), to.suffix.lower() == BUNDLE
    plan, records = session.plan(project)
    with TemporaryDirectory(prefix=".pixora-", dir=to.parent) as folder:
        # What is at its place is whole, or is what was there before.
        draft, media = Path(folder).absolute() / to.name.lower(), to.absolute().with_suffix(MEDIA)
        if bundled:
            media = draft.with_suffix(MEDIA)
        export_timeline(session.studio, project, plan, records, draft, _putting(media, linked=bundled))
        draft.replace(to)
    beside = "" if bundled else f", its media in {to.with_suffix(MEDIA)}"
    console.print(f"[green]✓[/] {to}{beside}", soft_wrap=True, markup=True)


def _putting(media: Path, linked: bool) -> Callable[[Path, str], Path]:
    def put(file: Path, name: str) -> Path:
        media.mkdir(exist_ok=True)
        if linked:
            (media / name).symlink_to(file.absolute())
        else:
            deliver(file, media / name)
        return media / name

    return put
