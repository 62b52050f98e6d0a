"""Before there is a script, what its scenes will cost is guessed by the models chosen, and nobody is asked."""

from datetime import UTC, datetime

import pytest

from pixora_pipeline.assets.estimate import guess_scenes
from pixora_pipeline.model.project import Models, Preferences, Project

STORY = "Tell a story about a lighthouse keeper who befriends a storm."


def project(kind: str = "story", **models: str) -> Project:
    wishes = Preferences(language="en-US", models=Models(**models))
    told = {"id": "p-aaaaaaaaaa", "owner": "local", "kind": kind, "title": None, "text": STORY, "revision": 1}
    return Project(**told, preferences=wishes, created_at=datetime(2026, 11, 21, tzinfo=UTC))


def test_every_kind_of_work_that_a_service_does_has_its_share() -> None:
    guess = guess_scenes(
        project(image="openai/gpt-image-2.5-flare", speech="polly/neural", music="replicate/musicgen",
                motion="replicate/kling-v1.6-standard")
    )  # fmt: skip
    assert guess and 4 <= guess.scenes <= 12
    usd = {share.what: share.usd for share in guess.shares}
    assert usd["motion"] == pytest.approx(guess.scenes * 5 * 0.045)
    assert usd["image"] == pytest.approx(0.01325 * guess.scenes, rel=0.5), "people have portraits"
    assert usd["speech"] and usd["music"]
    assert guess.usd == pytest.approx(sum(usd.values()))


def test_a_picture_with_a_price_of_its_own_is_counted_by_pictures() -> None:
    guess = guess_scenes(project(image="gateway/seedream"))
    assert guess
    (share,) = guess.shares
    assert share.usd and share.usd >= guess.scenes * 0.03


def test_what_nobody_knows_the_price_of_is_unknown() -> None:
    guess = guess_scenes(project(image="localai/stablediffusion"))
    assert guess and [share.usd for share in guess.shares] == [None] and guess.usd == 0


def test_where_nothing_is_paid_nothing_is_guessed() -> None:
    assert guess_scenes(project(text="openai/gpt-6-luna")) is None
    assert guess_scenes(project("compilation", image="gateway/seedream")) is None
