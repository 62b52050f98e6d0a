"""Each fault of a film is found by the check that is named for it, and by no other."""

import math
from typing import Any

import pytest

from pixora_pipeline.checks.quality import expected, film_findings
from pixora_pipeline.media.facts import FilmMeasures, Loudness, MediaFacts, SoundStreamFacts, Stretch, VideoFacts
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.finding import Finding

FMT = FilmFormat()
WANTED = expected(FMT, 300)
VIDEO = VideoFacts(
    codec="h264",
    profile="High",
    width=1920,
    height=1080,
    fps=30,
    frames=300,
    start=0,
    seconds=10,
    pixel_format="yuv420p",
    decode_times_rise=True,
)
SOUND = SoundStreamFacts(codec="aac", sample_rate=48_000, channels=2, start=0, seconds=10.01)
MEDIA = MediaFacts(seconds=10, size=1, title="Film", video=VIDEO, sound=SOUND, text=None)
GOOD = FilmMeasures(
    media=MEDIA,
    loudness=Loudness(integrated=-14.2, true_peak=-1.6),
    black=(Stretch(start=0, end=0.4),),
    frozen=(),
    silent=(Stretch(start=0, end=0.7),),
    offset=0.0,
    covered=0.99,
)


def failed(measures: FilmMeasures) -> list[Finding]:
    return [finding for finding in film_findings(measures, WANTED) if not finding.passed]


def test_a_good_film_passes_every_check_and_says_so_in_sentences() -> None:
    findings = film_findings(GOOD, WANTED)
    assert failed(GOOD) == []
    assert len({finding.name for finding in findings}) == len(findings) == 11
    assert all(finding.message[0].isupper() and finding.message.endswith(".") for finding in findings)


@pytest.mark.parametrize(
    ("name", "fault", "said"),
    [
        ("loudness", {"loudness": Loudness(integrated=-14.6, true_peak=-3)}, "-14.6 LUFS but should be"),
        ("true_peak", {"loudness": Loudness(integrated=-14, true_peak=-0.9)}, "-0.9 dBTP but should be at most -1"),
        ("black_picture", {"black": (Stretch(start=3, end=4.5),)}, "black for 1.5 s from 3.0 s on"),
        ("frozen_picture", {"frozen": (Stretch(start=1, end=2), Stretch(start=5, end=8))}, "still for 3.0 s from 5.0"),
        ("silence", {"silent": (Stretch(start=2, end=5),)}, "Nothing is heard for 3.0 s"),
        ("sound_start", {"offset": -0.05}, "-50 ms"),
        ("subtitles", {"covered": 0.5}, "50% of the spoken time"),
    ],
)
def test_a_fault_of_picture_or_sound_is_named(name: str, fault: dict[str, Any], said: str) -> None:
    (finding,) = failed(GOOD.model_copy(update=fault))
    assert finding.name == name
    assert said in finding.message


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("picture_format", {"profile": "Main"}),
        ("picture_format", {"height": 720}),
        ("length", {"frames": 299}),
        ("decode_order", {"decode_times_rise": False}),
        ("sound_length", {"seconds": 9.9}),
    ],
)
def test_a_fault_of_the_file_is_named(name: str, fault: dict[str, Any]) -> None:
    media = MEDIA.model_copy(update={"video": VIDEO.model_copy(update=fault)})
    assert [finding.name for finding in failed(GOOD.model_copy(update={"media": media}))] == [name]


def test_limits_themselves_are_allowed() -> None:
    edge = {"loudness": Loudness(integrated=-13.5, true_peak=-1.0), "silent": (Stretch(start=0, end=2.5),)}
    assert failed(GOOD.model_copy(update=edge)) == []


def test_a_film_without_sound_or_picture_fails_and_does_not_crash() -> None:
    mute = GOOD.model_copy(
        update={"media": MEDIA.model_copy(update={"sound": None}), "loudness": None, "offset": None, "covered": None}
    )
    assert [finding.name for finding in failed(mute)] == ["loudness", "sound_length", "sound_start"]
    blind = GOOD.model_copy(update={"media": MEDIA.model_copy(update={"video": None}), "offset": None})
    assert {"picture_format", "length", "decode_order"} <= {finding.name for finding in failed(blind)}
    silent = GOOD.model_copy(update={"loudness": Loudness(integrated=-math.inf, true_peak=-math.inf)})
    assert [finding.name for finding in failed(silent)] == ["loudness"]
