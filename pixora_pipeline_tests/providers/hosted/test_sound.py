"""Voices, music and listening by services."""

import wave
from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.model.requests import MusicRequest, MusicSection, SpeechRequest
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.narrating import parts_of
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers.media import speech, spoken
from pixora_pipeline_tests.providers.servers.openai_format import vector_of
from pixora_pipeline_tests.providers.servers.replicate_format import VERSION
from pixora_pipeline_tests.providers.servers.street import Street

TEXT = "Anna kept a red boat. Every morning, at dawn, she rowed out to the lighthouse."
SPEAKERS = ["kokoro/kokoro", "openai/tts-1", "polly/neural", "replicate/llasa-3b-long"]


def say(text: str = TEXT, voice: str = "Joanna") -> SpeechRequest:
    return SpeechRequest(text=text, voice=voice, language="en-US")


def samples_of(path: Path) -> np.ndarray:
    with wave.open(str(path)) as sound:
        assert (sound.getframerate(), sound.getsampwidth()) == (48_000, 2)
        data = sound.readframes(sound.getnframes())
        return np.frombuffer(data, "<i2").reshape(-1, sound.getnchannels())


@pytest.mark.parametrize("model", SPEAKERS)
def test_a_voice_speaks_without_silence_around_it(hired: Engage, tmp_path: Path, model: str) -> None:
    spoken_by = hired("speech", model).speak(say(), tmp_path / "v.wav")
    samples = samples_of(tmp_path / "v.wav")
    assert samples.shape[1] == 1 and len(samples) / 48_000 == pytest.approx(spoken_by.seconds)
    assert np.abs(samples[:1500]).max() > 500 and np.abs(samples[-1500:]).max() > 500


def test_a_model_of_the_community_is_begun_by_its_newest_version(hired: Engage, street: Street, tmp_path: Path) -> None:
    hired("speech", "replicate/llasa-3b-long").speak(say(), tmp_path / "v.wav")
    assert [each["model"] for each in street.replicate.predictions.values()] == [VERSION]
    assert len(street.replicate.predictions) == 1


@pytest.mark.parametrize(("model", "within"), [("polly/neural", 0.03), ("kokoro/kokoro", 0.2)])
def test_words_are_marked_where_they_are_heard(hired: Engage, tmp_path: Path, model: str, within: float) -> None:
    marks = hired("speech", model).speak(say(), tmp_path / "v.wav").words
    heard = spoken(TEXT, 16_000)[1]
    assert [mark.text for mark in marks] == TEXT.split()
    first = heard[0][0]
    for mark, (start, _, _) in zip(marks, heard, strict=True):
        assert mark.start == pytest.approx(start - first, abs=within)


def test_pollys_marks_are_a_second_request_that_is_paid_for(
    hired: Engage, street: Street, order: Order, tmp_path: Path
):
    hired("speech", "polly/neural").speak(say(), tmp_path / "v.wav")
    assert [seen.json["OutputFormat"] for seen in street.aws.paid] == ["pcm", "json"]
    assert order.cost_usd == pytest.approx(2 * len(TEXT) * 16 / 1e6)


def test_a_long_narration_is_spoken_in_parts(hired: Engage, street: Street, tmp_path: Path) -> None:
    text = " ".join([TEXT] * 15)
    result = hired("speech", "replicate/llasa-3b-long").speak(say(text), tmp_path / "v.wav")
    parts = [seen.json["input"]["text"] for seen in street.replicate.paid]
    assert len(parts) == 2 and " ".join(parts) == text
    assert len(result.words) == len(text.split())
    starts = [mark.start for mark in result.words]
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["a" * 50, "One. Two! Three? Four.", "字" * 30, "word " * 30])
def test_parts_hold_the_whole_text(text: str) -> None:
    parts = parts_of(text, 12)
    assert all(0 < len(part) <= 12 for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_silence_is_no_speech(hired: Engage, street: Street, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pixora_pipeline_tests.providers.servers.aws_format.pcm", lambda text, rate: bytes(32_000))
    with pytest.raises(BadOutput, match="silence"):
        hired("speech", "polly/neural").speak(say(), tmp_path / "v.wav")


def test_music_moves_through_its_moods_and_ends(hired: Engage, street: Street, tmp_path: Path) -> None:
    sections = tuple(MusicSection(mood=m, seconds=s) for m, s in (("calm", 12.0), ("tense", 6.0), ("calm", 40.0)))
    music = hired("music", "replicate/musicgen").compose(MusicRequest(sections=sections, seed=7), tmp_path / "m.wav")
    samples = samples_of(tmp_path / "m.wav").astype(float)
    assert samples.shape[1] == 2
    assert 58 <= music.seconds <= 63 and len(samples) / 48_000 == pytest.approx(music.seconds)
    second = np.abs(samples[: len(samples) // 4800 * 4800, 0]).reshape(-1, 4800).max(axis=1)
    assert second[5:-50].min() > 1000, "a hole in the music"
    assert second[-1] < 100, "the music breaks off"
    asked = sorted((seen.json["input"]["duration"], seen.json["version"][:4]) for seen in street.replicate.paid)
    assert asked == [(10, "671a"), (30, "671a")]


def test_listening_tells_when_each_word_is_heard(hired: Engage, street: Street, order: Order, tmp_path: Path) -> None:
    (tmp_path / "said.wav").write_bytes(speech("Anna kept a red boat."))
    heard = hired("transcription", "openai/gpt-transcribe").transcribe(tmp_path / "said.wav", "en-US")
    assert [word.text for word in heard.words] == street.openai.heard.split()
    assert street.openai.paid[0].form["language"] == ["en"]
    assert order.cost_usd == pytest.approx(heard.seconds / 60 * 0.0045)


def test_texts_become_vectors_in_their_own_order(hired: Engage, order: Order) -> None:
    embedder = hired("embedding", "openai/text-embedding-3-small")
    assert embedder.embed(["a", "bbb"]).vectors == (tuple(vector_of("a")), tuple(vector_of("bbb")))
    assert order.cost_usd == pytest.approx(7 * 0.02 / 1e6)
