"""Models are data: named, priced, and gone when they are gone."""

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.catalogue import _CODE, engage, offer, offers, usable
from pixora_pipeline.providers.faults import ModelGone
from pixora_pipeline.providers.services import service, service_names
from pixora_pipeline.providers.softening import soften, soften_by_rule
from pixora_pipeline.providers.voices import check_voice_reads, language_of, voice_for
from pixora_pipeline.settings import CHECKOUT, settings


@pytest.mark.parametrize("listed", offers(), ids=lambda each: each.id)
def test_every_listed_model_can_be_engaged_and_dated(listed) -> None:
    module, _, name = _CODE[listed.wire][listed.capability].partition(":")
    assert getattr(import_module(f"pixora_pipeline.providers.{module}"), name)
    if listed.price:
        assert listed.price.source and listed.price.date <= date.today()
    if listed.status(date(2030, 1, 1)) == "gone":
        successor = next(each for each in offers() if each.id == listed.successor)
        assert successor.capability == listed.capability and successor.status(date(2030, 1, 1)) == "available"


@pytest.mark.parametrize(
    ("capability", "name", "id"),
    [
        ("image", "embedded", "embedded/artist@3"),
        ("image", "openai", "openai/gpt-image-2.5-flare"),
        ("image", "openai/gpt-image-2.5", "openai/gpt-image-2.5-flare"),
        ("image", "nanobanana", "gateway/gemini-2.5-flash-image"),
        ("text", "gpt-6-luna", "openai/gpt-6-luna"),
        ("text", "vllm/Qwen/Qwen3-8B", "vllm/Qwen/Qwen3-8B"),
        ("music", "replicate/owner/other", "replicate/owner/other"),
    ],
)
def test_a_model_is_found_by_its_names(capability: str, name: str, id: str) -> None:
    assert offer(capability, name).id == id


@pytest.mark.parametrize(
    ("capability", "name", "words"),
    [
        ("image", "gpt-imge-2.5-flare", "Did you mean gpt-image-2.5-flare"),
        ("music", "openai/jukebox", "openai makes no music here. Choose a model of one of: embedded, replicate"),
        ("text", "ollama", "Name it: ollama/MODEL"),
        ("text", "nobody/nothing", "Choose one of"),
    ],
)
def test_a_name_nobody_has_is_refused_with_what_there_is(capability: str, name: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        offer(capability, name)


def test_a_model_that_was_shut_down_names_its_successor() -> None:
    with pytest.raises(ModelGone, match=r"no model gpt-image-1: it was shut down\. Choose openai/gpt-image-2\.5-flare"):
        usable("image", "openai/gpt-image-1")
    assert offer("image", "gpt-image-1").id == "openai/gpt-image-1", "what it made can still be explained"


def test_a_model_is_leaving_until_its_last_day() -> None:
    whisper = offer("transcription", "whisper-1")
    assert whisper.status(date(2027, 2, 25)) == "leaving" and whisper.status(date(2027, 2, 26)) == "gone"


def test_a_service_without_somebody_who_pays_is_refused() -> None:
    with pytest.raises(UserError, match="without somebody who pays"):
        engage("text", "openai/gpt-6-luna")


def test_a_price_counts_everything_that_is_paid_for_or_is_unknown() -> None:
    price = offer("text", "gpt-6-luna").price
    assert price and price.of({"input": 1e6, "output": 2e6}) == pytest.approx(0.1 + 1.0)
    assert price.of({"input": 1e6}) is None
    assert offer("speech", "polly/neural").expected({"characters": 1000.0}) == pytest.approx(0.032)
    assert offer("text", "ollama/anything").expected({"input": 1.0, "output": 1.0}) is None


def test_services_are_where_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXORA_SERVICES__OLLAMA__BASE_URL", "http://10.0.0.7:11434/v1")
    monkeypatch.setenv("PIXORA_SERVICES__OFFICE__BASE_URL", "http://10.0.0.8/v1")
    settings.cache_clear()
    try:
        assert service("ollama").base_url == "http://10.0.0.7:11434/v1" and not service("ollama").needs_key
        assert offer("text", "office/ours").wire == "openai" and "office" in service_names()
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    with pytest.raises(UserError, match="no service 'office'"):
        service("office")


@pytest.mark.parametrize(
    ("model", "language", "voice"),
    [
        ("polly", "de", "Vicki"),
        ("polly", "en", "Joanna"),
        ("openai/tts-1", "ja", "alloy"),
        ("kokoro", "en-GB", "bf_emma"),
    ],
)
def test_each_language_has_a_voice(model: str, language: str, voice: str) -> None:
    assert voice_for(model, language) == voice


def test_voices_are_checked_where_they_are_listed() -> None:
    assert language_of("polly/neural", "Ruth") == "en-US"
    assert check_voice_reads("polly/neural", "Ruth", "Hello") == "Ruth"
    assert check_voice_reads("speaches/any", "af_sky", "Hello") == "af_sky"
    with pytest.raises(UserError, match=r"has no voice 'Homer'. Choose one of: Joanna"):
        check_voice_reads("polly/neural", "Homer", "Hello")
    with pytest.raises(UserError, match=r"speaks 'sw'. Choose a language out of: en-US"):
        voice_for("polly/neural", "sw")
    with pytest.raises(UserError, match="name one with --voice"):
        voice_for("speaches/any", "en")


@pytest.mark.parametrize(
    ("said", "softened"),
    [
        ("A corpse lies in a pool of blood.", "A figure lying still lies in a pool of red light."),
        ("A castle as Disney would draw it", "A castle as storybook would draw it"),
        ("A gunwale and a deadline", "A gunwale and a deadline"),
    ],
)
def test_words_are_softened_whole(said: str, softened: str) -> None:
    assert soften_by_rule(said) == softened


def test_what_cannot_be_said_more_gently_is_left_to_people() -> None:
    assert soften(PictureRequest(description="A calm sea"), "policy", None) is None


def test_people_are_described_and_not_named() -> None:
    anna = CharacterProfile(name="Anna Frank", look="a girl with a rifle")
    softened = soften(PictureRequest(description="Anna reads", characters=(anna,)), "policy", None)
    assert softened and softened.characters[0] == CharacterProfile(name="person 1", look="a girl with a staff")


def test_each_local_server_is_shown_in_five_lines() -> None:
    text = (Path(CHECKOUT) / "docs" / "providers.md").read_text("utf-8")
    for name in ("ollama", "vllm", "localai", "speaches", "kokoro"):
        (block,) = [part for part in text.split("```sh\n")[1:] if f"={name}/" in part.split("```")[0]]
        assert len(block.split("```")[0].strip().splitlines()) == 5
        assert f"PIXORA_SERVICES__{name.upper()}__BASE_URL={service(name).base_url}" in block
