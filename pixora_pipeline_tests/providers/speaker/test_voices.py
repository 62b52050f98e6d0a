import subprocess
import sys

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.embedded.speaker.library import TIMBRES
from pixora_pipeline.providers.embedded.speaker.voices import VOICES, find_voice, voice_for


@pytest.mark.parametrize(
    ("tag", "voice"),
    [("en", "en-us"), ("en-GB", "en-gb"), ("EN_us", "en-us"), ("en-AU", "en-gb"), ("pt", "pt-br"), ("pt-PT", "pt"),
     ("es-MX", "es-419"), ("es", "es"), ("no", "nb"), ("zh-Hans-CN", "zh"), ("de-AT", "de")],
)  # fmt: skip
def test_a_language_has_the_voice_its_speakers_expect(tag: str, voice: str) -> None:
    assert voice_for(tag).id == voice


@pytest.mark.parametrize("tag", ["xx", "", "ja"])
def test_an_unspoken_language_is_refused_with_those_there_are(tag: str) -> None:
    with pytest.raises(UserError, match=r"out of: .*de.*fr"):
        voice_for(tag)


def test_ids_are_unique_and_find_themselves() -> None:
    assert len({voice.id for voice in VOICES}) == len(VOICES)
    assert all(find_voice(voice.id) is voice for voice in VOICES)


def test_an_unknown_id_is_refused_with_near_ones() -> None:
    with pytest.raises(UserError, match=r"'en-uk'.*en-us"):
        find_voice("en-uk")


def test_at_least_ten_languages_and_two_timbres_for_each() -> None:
    languages = {voice.language.partition("-")[0] for voice in VOICES}
    assert len(languages) >= 10
    for language in ("en", "de", "fr", "es"):
        assert {voice.timbre for voice in VOICES if voice.language.startswith(language)} == {"low", "high"}


def test_every_timbre_has_its_file_and_no_state_that_outlives_a_call() -> None:
    for timbre in {voice.timbre for voice in VOICES}:
        settings = (TIMBRES / timbre).read_text()
        assert {"flutter 0", "roughness 0", "echo 0 0"} <= set(settings.splitlines())


def test_the_table_is_light() -> None:
    code = "import sys; import pixora_pipeline.providers.embedded.speaker.voices; print('numpy' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "False"
