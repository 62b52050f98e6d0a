"""What the services of a street were asked for twice without need, by their own logs."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine, select

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.store.account_tables import AttemptRow, CallRow
from pixora_pipeline_tests.providers.servers.service import Seen
from pixora_pipeline_tests.providers.servers.street import Street


@dataclass(frozen=True)
class Audit:
    """Requests that cost something, and how many of them nobody needed.

    `jobs_twice` are jobs begun although a sound one for the same work was there, `jobs_lost` those that belong to no
    call, `answers_twice` requests made again although a good answer had been sent, `lost` those whose answer was cut,
    which may be made once more.
    """

    paid: int
    jobs: int
    jobs_twice: int
    jobs_lost: int
    answers_twice: int
    lost: int
    weather: Counter[str]


def audit(street: Street, engine: Engine) -> Audit:
    """The audit of all that was asked, against the journal in that database."""
    fates = [fate for service in street.services for fate in service.fates]
    paid = [fate for fate in fates if fate.seen.method == "POST"]
    at_once = [fate for fate in paid if not fate.seen.path.startswith("/replicate")]
    answered = Counter(_content(fate.seen) for fate in at_once if fate.well)
    known = _known(engine)
    sound = Counter(_work(street, id, known) for id in street.replicate.predictions if _is_sound(street, id))
    return Audit(
        paid=len(paid),
        jobs=len(street.replicate.predictions),
        jobs_twice=sum(count - 1 for count in sound.values()),
        jobs_lost=len(street.replicate.predictions.keys() - known.keys()),
        answers_twice=sum(count - 1 for count in answered.values()),
        lost=sum(fate.misfortune is not None and fate.misfortune.name == "cut stream" for fate in at_once),
        weather=Counter(fate.misfortune.name for fate in fates if fate.misfortune),
    )


def _content(seen: Seen) -> str:
    form = {name: [str(hash(value)) for value in values] for name, values in seen.form.items()}
    return hash_value([seen.path, form or seen.body.decode()])


def _known(engine: Engine) -> dict[str | None, str]:
    """Of each job in the journal, the work it was for; a part that had to be asked for again is the same work."""
    of_jobs = select(AttemptRow.job_id, CallRow.key, CallRow.part).join(CallRow, CallRow.id == AttemptRow.call_id)
    with engine.connect() as connection:
        return {id: f"{key} {part.partition(', again')[0]}" for id, key, part in connection.execute(of_jobs)}


def _work(street: Street, id: str, known: dict[str | None, str]) -> str:
    prediction = street.replicate.predictions[id]
    asked = json.dumps([prediction["model"], prediction["input"]], sort_keys=True)
    # Two films may ask for the same music; everything else names its film.
    return asked if "film-" in asked else known.get(id, id)


def _is_sound(street: Street, id: str) -> bool:
    halves = sum(
        fate.misfortune is not None and fate.misfortune.name == "half media" and fate.seen.path.endswith(f"/{id}")
        for fate in street.replicate.fates
    )
    return street.replicate.predictions[id]["end"].get("status", "succeeded") == "succeeded" and halves < 2
