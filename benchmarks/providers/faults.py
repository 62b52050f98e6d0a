"""Films by services of which one request in ten goes wrong: how many are finished, and what was paid for twice.

    nice .venv/bin/python -m benchmarks.providers.faults [--films 200] [--rate 0.1] [--processes 2] [--seed 1]

The services listen on loopback and speak the formats of OpenAI, Anthropic, Polly and Replicate. Each film is of two
scenes in 240p: a script, a portrait, two pictures, two voices, music, two motions. Processes share one home, as several
`pixora make` do. A project is taken up three times at most, as the sensor does.
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.database import open_database
from pixora_pipeline_tests.providers.servers.audit import Audit, audit
from pixora_pipeline_tests.providers.servers.films import Told, make_films, open_company
from pixora_pipeline_tests.providers.servers.journaled import open_account_with_all
from pixora_pipeline_tests.providers.servers.street import open_street
from pixora_pipeline_tests.providers.servers.weather import darken


def main() -> None:
    """Make the films and print how they ended."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory(prefix="pixora-faults-") as folder, open_street() as street:
        settings = Settings(home=Path(folder))
        open_account_with_all(Studio(settings), street)
        darken(street, wanted.rate, wanted.seed)
        began, told = time.monotonic(), []
        with suppress(KeyboardInterrupt):  # what there is by then is told
            for each in _made(settings.home, wanted.films, wanted.processes):
                told.append(each)
                print(f"film {each.number}: {_how(each)} in {each.seconds:.0f} s", flush=True)
        _tell(told, audit(street, open_database(settings.database)), time.monotonic() - began)


def _made(home: Path, films: int, processes: int) -> Iterator[Told]:
    context = multiprocessing.get_context("spawn")
    numbers, done = context.Queue(), context.Queue()
    for number in [*range(1, films + 1), *[None] * processes]:
        numbers.put(number)
    workers = [context.Process(target=_work, args=(home, numbers, done)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    try:
        for _ in range(films):
            yield done.get()
    except BaseException:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for worker in workers:
            worker.join()


def _work(home: Path, numbers: Any, done: Any) -> None:
    with open_company(home) as (studio, instance):
        for told in make_films(studio, instance, iter(numbers.get, None)):
            done.put(told)


def _how(told: Told) -> str:
    again = f" after {len(told.failures)} failed attempts: {told.failures[-1]}" if told.failures else ""
    return ("finished" if told.finished else "NOT finished") + again


def _tell(told: list[Told], found: Audit, seconds: float) -> None:
    finished = sum(each.finished for each in told)
    print(f"\n{finished} of {len(told)} films finished ({finished / len(told):.1%}) in {seconds / 60:.0f} min")
    print(f"{sum(bool(each.failures) for each in told)} of them needed another attempt")
    print(f"{found.paid} paid requests, {found.weather.total()} of all requests went wrong:")
    for name, count in sorted(found.weather.items()):
        print(f"  {count:4} {name}")
    print(f"{found.jobs} jobs begun: {found.jobs_twice} twice, {found.jobs_lost} lost")
    print(
        f"{found.answers_twice} answers paid for twice although a good one had come; {found.lost} answers were cut off"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=200)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
