"""How long a text takes to say is known before it is said, by the voices that are built in, in every tongue alike."""

from pathlib import Path

import pytest

from pixora_pipeline.media.silence import trim_voice
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker
from pixora_pipeline.providers.embedded.speaker.voices import find_voice
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds

SAID = {
    "en-us": ("Start by standing with your feet apart.", "Breathe in, lift both arms, and hold for ten seconds."),
    "de": ("Stell dich aufrecht hin, die Füße auseinander.", "Halte diese Stellung für zehn Sekunden."),
    "es-419": ("Empieza de pie con los pies separados.", "Inspira despacio y relaja los hombros."),
    "tr": ("Ayaklarınız kalça genişliğinde açık, ayakta başlayın.", "Bu pozisyonu on saniye boyunca koruyun."),
    "hi": ("धीरे से साँस लें, दोनों हाथ ऊपर उठाएँ और कंधे ढीले छोड़ दें।", "इस स्थिति में दस सेकंड तक रहें।"),
    "hu": ("Lélegezz be lassan, emeld fel mindkét karodat.", "Tartsd meg ezt a helyzetet tíz másodpercig."),
    "uk": ("Повільно вдихніть, підніміть обидві руки.", "Утримуйте це положення десять секунд."),
    "zh": ("慢慢吸气，抬起双臂，然后放松肩膀。", "保持这个姿势十秒钟。"),
}


@pytest.mark.parametrize("voice", SAID)
def test_a_text_takes_about_as_long_as_was_thought(voice: str, tmp_path: Path) -> None:
    language = find_voice(voice).language
    request = SpeechRequest(text=" ".join(SAID[voice]), voice=voice, language=language)
    spoken = trim_voice(tmp_path / "v.wav", EmbeddedSpeaker().speak(request, tmp_path / "v.wav"))
    assert spoken.seconds == pytest.approx(sum(spoken_seconds(each, language) for each in SAID[voice]), rel=0.1)
