"""A narration that tells of several clips waits for each of them, as far as there is time, and sounds the same."""

from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.footage.beats import beats_of
from pixora_pipeline.media.in_step import in_step
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline.model.briefs import Beat
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech
from pixora_pipeline.model.script import Clip, Scene
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker

TOLD = "Hold a plank. Keep your hips level. Now roll over."
FMT = FilmFormat()


def scene(narration: str = TOLD, *words: str) -> Scene:
    said = words or ("Hold a plank. And breathe.", "Keep your hips level. Squeeze your belly.", "Now roll over.")
    clips = tuple(Clip(source="v-a", start=20.0 * n, end=20.0 * n + 6, words=text) for n, text in enumerate(said))
    return Scene(
        slot="s01", title="Plank", description="A mat.", narration=narration, estimated_seconds=9, mood="calm",
        clips=clips, pictured="filmed",
    )  # fmt: skip


def spoken(to: Path, text: str = TOLD) -> Speech:
    return EmbeddedSpeaker().speak(SpeechRequest(text=text, voice="en-us", language="en"), to)


def test_a_beat_is_the_first_word_that_is_told_of_the_next_clip() -> None:
    assert beats_of(scene(), "en") == (Beat(word=3, at=6.0), Beat(word=7, at=12.0))
    assert beats_of(scene("Hold a plank. Now roll over."), "en") == (Beat(word=3, at=12.0),)
    assert beats_of(scene("Now roll over."), "en") == (Beat(word=0, at=12.0),), "nothing is told of the first two"
    assert beats_of(scene("Something of my own. Keep your hips level."), "en") == (Beat(word=4, at=6.0),)
    assert beats_of(scene(TOLD, TOLD), "en") == ()


def test_a_voice_waits_for_its_pictures(tmp_path: Path) -> None:
    before = spoken(tmp_path / "v.wav")
    whole = read_wav(tmp_path / "v.wav")
    beats = beats_of(scene(), "en")
    speech = in_step(tmp_path / "v.wav", before, TOLD, beats, 18.0)
    for beat in beats:
        assert speech.words[beat.word].start + FMT.lead == pytest.approx(beat.at + 0.3, abs=0.01)
    assert [mark.text for mark in speech.words] == TOLD.split()
    assert speech.seconds + FMT.lead + FMT.tail <= 18.0
    samples = read_wav(tmp_path / "v.wav")
    assert len(samples) / SAMPLE_RATE == pytest.approx(speech.seconds, abs=0.001)
    # What is heard is what was heard, with silence in it.
    assert np.abs(samples).astype(float).sum() == pytest.approx(np.abs(whole).astype(float).sum(), rel=0.002)
    waiting = samples[round((speech.words[6].end + 0.4) * SAMPLE_RATE) : round(speech.words[7].start * SAMPLE_RATE)]
    assert len(waiting) > SAMPLE_RATE and np.abs(waiting[: -SAMPLE_RATE // 5]).max() == 0


def test_a_beat_is_where_a_model_goes_on_in_its_own_words() -> None:
    first, second, third = scene().clips
    told = (first, second.model_copy(update={"told": "Level hips."}), third.model_copy(update={"told": "Roll, then."}))
    written = scene("Level hips. Roll, then.").model_copy(update={"clips": told})
    assert beats_of(written, "en") == (Beat(word=0, at=6.0), Beat(word=2, at=12.0))
    edited = written.model_copy(update={"narration": "Now we begin. Roll, then. And rest."})
    assert beats_of(edited, "en") == (Beat(word=3, at=12.0),), "what was left as it was is still of its clip"


def test_a_voice_that_has_nothing_to_tell_of_the_first_clip_begins_with_the_second(tmp_path: Path) -> None:
    before = spoken(tmp_path / "v.wav")
    speech = in_step(tmp_path / "v.wav", before, TOLD, (Beat(word=0, at=6.0),), 18.0)
    assert speech.words[0].start + FMT.lead == pytest.approx(6.3, abs=0.1)
    assert speech.seconds == pytest.approx(before.seconds + speech.words[0].start - before.words[0].start, abs=0.01)
    samples = read_wav(tmp_path / "v.wav")
    assert np.abs(samples[: 5 * SAMPLE_RATE]).max() == 0
    assert np.abs(samples[round(speech.words[0].start * SAMPLE_RATE) :][:SAMPLE_RATE]).max() > 1000


def test_a_dash_is_no_word_of_its_own(tmp_path: Path) -> None:
    text = "Hold a plank - and breathe - slowly. Keep your hips level."
    before = spoken(tmp_path / "v.wav", text)
    assert len(before.words) == len(text.split()) - 2
    speech = in_step(tmp_path / "v.wav", before, text, (Beat(word=8, at=6.0),), 18.0)
    (keep,) = [mark for mark in speech.words if mark.text == "Keep"]
    assert keep.start + FMT.lead == pytest.approx(6.3, abs=0.01)


def test_no_scene_becomes_longer_than_its_clips(tmp_path: Path) -> None:
    before = spoken(tmp_path / "v.wav")
    shown = before.seconds + FMT.lead + FMT.tail + 0.8
    speech = in_step(tmp_path / "v.wav", before, TOLD, (Beat(word=3, at=40.0), Beat(word=7, at=50.0)), shown)
    assert speech.seconds == pytest.approx(before.seconds + 0.75, abs=0.01)


def test_what_is_said_late_goes_on_at_once(tmp_path: Path) -> None:
    before = spoken(tmp_path / "v.wav")
    content = (tmp_path / "v.wav").read_bytes()
    assert in_step(tmp_path / "v.wav", before, TOLD, (Beat(word=3, at=0.5),), 18.0) == before
    assert (tmp_path / "v.wav").read_bytes() == content
