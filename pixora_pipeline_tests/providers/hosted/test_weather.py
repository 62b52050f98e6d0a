"""Services on a bad day: one request in ten goes wrong somehow, and everything is made, no job twice."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock

import pytest

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import TryAgain
from pixora_pipeline.model.requests import MotionRequest, PictureRequest, SpeechRequest
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.order import Order
from pixora_pipeline.settings import Settings
from pixora_pipeline_tests.providers.servers import openai_format
from pixora_pipeline_tests.providers.servers.journaled import Counted, open_account_with_all
from pixora_pipeline_tests.providers.servers.media import png
from pixora_pipeline_tests.providers.servers.service import Misfortune
from pixora_pipeline_tests.providers.servers.street import Street

SCENES = 12
RUNS = 3
"""How often a run is begun anew, as Dagster does."""


@pytest.fixture
def calls(street: Street, tmp_path: Path) -> Counted:
    return open_account_with_all(Studio(Settings(home=tmp_path / "home")), street)


def weather(seed: int) -> Callable[[], Misfortune | None]:
    """One request in ten is limited, fails, is cut short, or is answered with something else."""
    chance, lock = random.Random(seed), Lock()
    kinds = (
        openai_format.error(429, "rate_limit_exceeded", "slow down", retry_after="0"),
        Misfortune(500, {"error": {"message": "boom"}}),
        Misfortune(503, {"error": {"message": "overloaded"}}),
        Misfortune(cut_after=60),
    )

    def befall() -> Misfortune | None:
        with lock:
            return chance.choice(kinds) if chance.random() < 0.1 else None

    return befall


def make_scene(number: int, calls: Counted, folder: Path) -> None:
    """A picture, a voice and a motion, each begun again where that may help."""
    place = folder / str(number)
    place.mkdir(parents=True, exist_ok=True)
    for capability in ("image", "speech", "motion"):
        order = Order(calls, f"p-test/{capability}@s{number:02}/{number:032x}", place / capability, "p-test")
        again(lambda capability=capability, order=order: make(capability, number, order, place))


def make(capability: str, number: int, order: Order, place: Path) -> None:
    if capability == "image":
        request = PictureRequest(description=f"Scene {number}", width=96, height=64)
        engage("image", "openai/gpt-image-2.5-flare", order).draw(request, place / "p.png")
    elif capability == "speech":
        request = SpeechRequest(text=f"This is scene {number}.", voice="Joanna", language="en-US")
        engage("speech", "polly/neural", order).speak(request, place / "v.wav")
    else:
        (place / "still.png").write_bytes(png())
        request = MotionRequest(prompt=f"Scene {number} moves.", seconds=5, width=96, height=64)
        engage("motion", "replicate/kling-v1.6-standard", order).animate(request, place / "still.png", place / "m.mp4")


def again(make: Callable[[], None]) -> None:
    for _ in range(RUNS - 1):
        with suppress(TryAgain):
            make()
            return
    make()


def test_everything_is_made_and_no_job_is_begun_twice(calls: Counted, street: Street, tmp_path: Path) -> None:
    for seed, service in enumerate(street.services):
        service.weather = weather(seed)
    street.replicate.spoiled.extend([700])
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: make_scene(number, calls, tmp_path / "scenes"), range(1, SCENES + 1)))
    for name in ("p.png", "v.wav", "m.mp4"):
        assert len(list(tmp_path.glob(f"scenes/*/{name}"))) == SCENES
    begun = Counter(each["input"]["prompt"] for each in street.replicate.predictions.values())
    assert len(begun) == SCENES and set(begun.values()) == {1}
    assert sum(calls.sent.values()) > 4 * SCENES, "the weather was fine"
