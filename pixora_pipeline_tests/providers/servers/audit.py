"""What the services of a street were asked for twice without need, by their own logs."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine, select

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.store.tables import AttemptRow
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
    sound = Counter(_work(each) for id, each in street.replicate.predictions.items() if _is_sound(street, id))
    with engine.connect() as connection:
        known = set(connection.execute(select(AttemptRow.job_id)).scalars())
    return Audit(
        paid=len(paid),
        jobs=len(street.replicate.predictions),
        jobs_twice=sum(count - 1 for work, count in sound.items() if _names_film(work)),
        jobs_lost=len(set(street.replicate.predictions) - known),
        answers_twice=sum(count - 1 for count in answered.values()),
        lost=sum(fate.misfortune is not None and fate.misfortune.name == "cut stream" for fate in at_once),
        weather=Counter(fate.misfortune.name for fate in fates if fate.misfortune),
    )


def _content(seen: Seen) -> str:
    form = {name: [str(hash(value)) for value in values] for name, values in seen.form.items()}
    return hash_value([seen.path, form or seen.body.decode()])


def _work(prediction: dict) -> str:
    return json.dumps([prediction["model"], prediction["input"]], sort_keys=True)


def _names_film(work: str) -> bool:
    # Two films may ask for the same music; everything else names its film.
    return "film-" in work


def _is_sound(street: Street, id: str) -> bool:
    halves = sum(
        fate.misfortune is not None and fate.misfortune.name == "half media" and fate.seen.path.endswith(f"/{id}")
        for fate in street.replicate.fates
    )
    return street.replicate.predictions[id]["end"].get("status", "succeeded") == "succeeded" and halves < 2
