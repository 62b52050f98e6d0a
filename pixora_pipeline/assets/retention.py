"""Published films that no project shows any more: when they go, and what never does.

Only what our own table says we put there is ever taken away, whatever else lies in the same place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from dagster import DagsterInstance

from pixora_pipeline.assets.recorded import PUBLISHED, address_of, read_partition
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import Conflict, NotFound, PixoraError, UserError
from pixora_pipeline.store.destinations.destination import Destination

if TYPE_CHECKING:
    from pixora_pipeline.store.publications import Put


UNFINISHED_HOURS = 24.0
"""An upload that was begun so long ago is not going on any more."""

_DAY = 86_400.0


@dataclass
class CleanedUp:
    """What a clean-up did: the films it took away, how many stay, uploads broken off, and places it could not reach."""

    removed: "list[Put]" = field(default_factory=list)
    kept: int = 0
    unfinished: int = 0
    errors: list[PixoraError] = field(default_factory=list)


def clean_up(studio: Studio, instance: DagsterInstance) -> CleanedUp:
    """Take away what was put longer ago than the retention days and is shown no more. Without days, all stays."""
    done = CleanedUp()
    by_place = sorted(studio.publications.all(), key=lambda put: put.destination)
    for url, puts in groupby(by_place, key=lambda put: put.destination):
        try:
            _clean_place(studio, instance, studio.destination(url), list(puts), done)
        except PixoraError as error:
            done.errors.append(error)
    return done


def _clean_place(
    studio: Studio, instance: DagsterInstance, place: Destination, puts: "Sequence[Put]", done: CleanedUp
) -> None:
    done.unfinished += place.drop_unfinished([put.video_id for put in puts], UNFINISHED_HOURS)
    days = studio.settings.publish_retention_days
    for put in puts:
        if days is not None and put.age > days * _DAY and _remove(studio, instance, place, put):
            done.removed.append(put)
        else:
            done.kept += 1


def _remove(studio: Studio, instance: DagsterInstance, place: Destination, put: "Put") -> bool:
    from pixora_pipeline.store.makers import this_process  # it brings SQLAlchemy

    try:
        # Nobody publishes it meanwhile.
        with studio.makers.hold(put.video_id, this_process("the clean-up")):
            if is_shown(studio, instance, put):
                return False
            place.remove(put.video_id)
            studio.publications.forget(put.destination, put.video_id)
            return True
    except Conflict:
        return False


def is_shown(studio: Studio, instance: DagsterInstance, put: "Put") -> bool:
    """Whether a project shows the film there, or is about to. What can't be known counts as shown."""
    try:
        project = studio.projects.get(put.video_id)
    except NotFound:
        return False
    except UserError:  # a row that has to be mended first
        return True
    if project.publish_to == put.destination:
        return True
    record = read_partition(instance, PUBLISHED[0], project.id)
    stored = studio.store.peek(address_of(project.id, PUBLISHED, record.fingerprint)) if record else None
    if record is None:
        return False
    return stored is None or stored.sidecar.facts.get("destination") == put.destination
