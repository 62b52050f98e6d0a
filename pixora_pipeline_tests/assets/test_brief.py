"""What a row asks for that can't be had together is told before anything is paid."""

from datetime import UTC, datetime

import pytest

from pixora_pipeline.assets.brief import voice_of
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import Models, Preferences, Project


def project(voice: str | None, speech: str) -> Project:
    wishes = Preferences(voice=voice, language="en-US", models=Models(speech=speech))
    told = {"id": "p-aaaaaaaaaa", "owner": "local", "kind": "story", "title": None, "text": "A boat.", "revision": 1}
    return Project(**told, preferences=wishes, created_at=datetime(2026, 11, 21, tzinfo=UTC))


def test_a_voice_that_the_speaker_has_not_is_told_with_those_it_has() -> None:
    with pytest.raises(UserError, match=r"polly/neural has no voice 'en-gb'\. Choose one of: Joanna"):
        voice_of(project("en-gb", "polly/neural"))


@pytest.mark.parametrize(
    ("voice", "speech", "spoken"),
    [(None, "polly/neural", "Joanna"), ("Ruth", "polly/neural", "Ruth"), ("af_sky", "speaches/any", "af_sky")],
)
def test_a_voice_of_the_speakers_own_is_taken(voice: str | None, speech: str, spoken: str) -> None:
    assert voice_of(project(voice, speech)).voice == spoken
