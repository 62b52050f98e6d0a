"""What is seen of a clip, a joint or a film stays with it as a fact, so that nobody has to look at it again."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.planning.recipe import Facts
from pixora_pipeline.store.artifacts import Stored

WATCHED = "watched"


def watched_fact(workers: Workers, video: Path) -> dict[str, JsonValue]:
    """What is seen of a video that has just been made, as a fact about it."""
    from pixora_pipeline.media.watching import watch

    return {WATCHED: workers.run(watch, video).model_dump(mode="json")}


def watched_in(facts: Facts) -> Any:
    """What such facts say is seen."""
    from pixora_pipeline.media.facts import Watched

    return Watched.model_validate(facts[WATCHED])


def watched_film(workers: Workers, segments: Iterable[Stored], threads: ThreadPoolExecutor) -> dict[str, JsonValue]:
    """What is seen of a film that the segments are copied into. Those made before anybody watched are watched now."""
    from pixora_pipeline.media.watching import played_in_turn

    def facts(segment: Stored) -> Facts:
        known = segment.sidecar.facts
        return known if WATCHED in known else watched_fact(workers, segment.path)

    return {
        WATCHED: played_in_turn([watched_in(each) for each in threads.map(facts, segments)]).model_dump(mode="json")
    }
