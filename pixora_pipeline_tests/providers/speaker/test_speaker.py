import hashlib
import multiprocessing
import wave
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.model.results import Speech
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker
from pixora_pipeline.providers.embedded.speaker.voices import VOICES, voice_for

STORY = (
    "Every evening at dusk, old Mr. Bram climbed the one hundred and twelve steps to light the lamp. "
    "He had done it for forty years — in rain, in snow, and under summer stars. "
    '"Who is out there tonight?" he asked the sea. Nobody answered him…'
)


def speak(to: Path, text: str = STORY, voice: str = "en-us", speed: float = 1.0) -> Speech:
    language = next((each.language for each in VOICES if each.id == voice), "en")
    request = SpeechRequest(text=text, voice=voice, language=language, speed=speed)
    return EmbeddedSpeaker().speak(request, to)


def samples(path: Path) -> NDArray[np.float64]:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32768


def digest_of_speech(folder: str) -> str:
    path = Path(folder) / "elsewhere.wav"
    speak(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_writes_mono_16_bit_48_khz_as_long_as_it_says(tmp_path: Path) -> None:
    speech = speak(tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 48_000)
        assert speech.seconds == pytest.approx(file.getnframes() / 48_000, abs=1e-6)


@pytest.mark.parametrize("voice", ["en-us", "en-us-female", "en-gb"])
def test_narrates_at_150_to_170_words_a_minute(tmp_path: Path, voice: str) -> None:
    speech = speak(tmp_path / "a.wav", voice=voice)
    assert 145 <= len(STORY.split()) / speech.seconds * 60 <= 170


def test_has_no_silence_before_or_after(tmp_path: Path) -> None:
    speak(tmp_path / "a.wav")
    sound = np.abs(samples(tmp_path / "a.wav"))
    assert sound[:2400].max() > 0.003
    assert sound[-2400:].max() > 0.003


@pytest.mark.parametrize("text", ["The Red Boat.", "At dawn the ships came home.", STORY])
@pytest.mark.parametrize("voice", ["en-us", "en-us-female"])
def test_neither_begins_nor_ends_with_a_click(tmp_path: Path, text: str, voice: str) -> None:
    speak(tmp_path / "a.wav", text, voice)
    sound = samples(tmp_path / "a.wav")
    assert abs(sound[0]) < 0.002 and abs(sound[-1]) < 0.002
    # As if silence stood around it: no step there is larger than those inside.
    steps = np.abs(np.diff(np.concatenate([[0.0], sound, [0.0]]), n=2))
    assert max(steps[:480].max(), steps[-480:].max()) < 0.5 * steps.max()
    assert np.abs(sound[-240:]).max() < 0.25 * np.abs(sound).max()


def test_pauses_between_sentences_but_not_for_long(tmp_path: Path) -> None:
    speech = speak(tmp_path / "a.wav", "The lamp went out. The sea was dark.")
    gap = speech.words[4].start - speech.words[3].end
    assert 0.25 <= gap <= 0.6


def test_does_not_stop_at_an_abbreviation(tmp_path: Path) -> None:
    words = speak(tmp_path / "a.wav").words
    title = next(index for index, word in enumerate(words) if word.text == "Mr.")
    assert words[title + 1].start - words[title].end < 0.12


def test_marks_carry_the_words_of_the_request_in_order_inside_the_recording(tmp_path: Path) -> None:
    speech = speak(tmp_path / "a.wav")
    assert " ".join(word.text for word in speech.words) == STORY
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= speech.seconds


@pytest.mark.parametrize("speed", [0.8, 1.0, 1.4])
def test_marks_meet_the_sound_within_50_ms(tmp_path: Path, speed: float) -> None:
    speech = speak(
        tmp_path / "a.wav", "Boats, gulls, bells, dogs, goats, doves. Beacons burn. Gardens bloom.", speed=speed
    )
    sound = samples(tmp_path / "a.wav")
    frames = np.sqrt((sound[: len(sound) // 240 * 240].reshape(-1, 240) ** 2).mean(axis=1))
    loud = frames > 0.04 * frames.max()
    onsets = [index * 0.005 for index in range(20, len(loud)) if loud[index] and not loud[index - 16 : index].any()]
    assert len(onsets) >= 6
    for onset in onsets:
        assert min(abs(word.start - onset) for word in speech.words) < 0.05


def test_the_same_request_gives_the_same_bytes_whatever_was_said_before(tmp_path: Path) -> None:
    speak(tmp_path / "a.wav")
    speak(tmp_path / "between.wav", "Guten Abend, liebe Leute.", voice="de-female")
    speak(tmp_path / "b.wav")
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_speaks_the_same_from_several_threads(tmp_path: Path) -> None:
    paths = [tmp_path / f"{index}.wav" for index in range(6)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda path: speak(path, voice=("en-us", "de")[int(path.stem) % 2], text="Hallo, hello."), paths))
    assert len({path.read_bytes() for path in paths}) == 2


def test_speaks_the_same_in_a_spawned_process(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        elsewhere = pool.submit(digest_of_speech, str(tmp_path)).result()
    assert digest_of_speech(str(tmp_path)) == elsewhere


def test_speed_shortens_the_recording(tmp_path: Path) -> None:
    usual, fast = speak(tmp_path / "a.wav"), speak(tmp_path / "b.wav", speed=1.5)
    assert usual.seconds / fast.seconds == pytest.approx(1.5, rel=0.12)


@pytest.mark.parametrize("markup", ['<break time="9s"/>', "[[h@loU]]", "&amp;", "`code`", "*stars*"])
def test_markup_is_never_obeyed(tmp_path: Path, markup: str) -> None:
    plain = speak(tmp_path / "a.wav", "The sea is calm tonight.")
    marked = speak(tmp_path / "b.wav", f"The sea is {markup} calm tonight.")
    assert plain.seconds < marked.seconds < plain.seconds + 3.5


@pytest.mark.parametrize("text", ["", "   \n ", "—", "🙂 🌊", "***", "...!?"])
def test_refuses_a_text_with_nothing_to_say(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="nothing to say"):
        speak(tmp_path / "a.wav", text)
    assert not (tmp_path / "a.wav").exists()


@pytest.mark.parametrize(
    ("text", "voice", "says"),
    [
        ("老人看着大海。", "en-us", "Chinese.*--language zh or --voice zh"),
        ("Старый смотритель маяка.", "de", "Russian.*--language ru"),
        ("Старий доглядач її маяка.", "fr", "Ukrainian.*--language uk"),
        ("बूढ़ा आदमी समुद्र को देख रहा था।", "en-gb", "Hindi.*--language hi"),
        ("海を見ました。", "zh", "Japanese.*No embedded voice"),
    ],
)
def test_says_which_language_to_use_for_a_foreign_script(tmp_path: Path, text: str, voice: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        speak(tmp_path / "a.wav", text, voice)


def test_leaves_out_a_single_foreign_word(tmp_path: Path) -> None:
    without = speak(tmp_path / "a.wav", "The sign means the sea, and everybody in the village knows it.")
    with_it = speak(tmp_path / "b.wav", "The sign 海 means the sea, and everybody in the village knows it.")
    assert with_it.seconds == pytest.approx(without.seconds, abs=0.01)
    assert with_it.words[1].text == "sign 海"


def test_chinese_marks_cover_the_text_in_small_groups(tmp_path: Path) -> None:
    text = "老人看着大海，风暴来了。灯突然熄灭了。"
    speech = speak(tmp_path / "a.wav", text, "zh")
    assert "".join(word.text for word in speech.words) == text
    assert max(len(word.text) for word in speech.words) <= 6
    assert speech.words[-1].end > 0.8 * speech.seconds


@pytest.mark.parametrize("speed", [0.1, 9.0])
def test_refuses_a_speed_out_of_range(tmp_path: Path, speed: float) -> None:
    with pytest.raises(UserError, match="out of range"):
        speak(tmp_path / "a.wav", speed=speed)


def test_refuses_a_text_too_long_for_one_recording(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="at most"):
        speak(tmp_path / "a.wav", "word " * 3000)


SENTENCES = {
    "en": "The old keeper watched the sea.",
    "de": "Der alte Wärter sah auf das Meer.",
    "fr": "Le vieux gardien regardait la mer.",
    "es": "El viejo guardián miraba el mar.",
    "ru": "Старый рыбак смотрел на море.",
    "uk": "Старий рибалка дивився на море.",
    "el": "Ο γέρος κοίταζε τη θάλασσα.",
    "hi": "बूढ़ा आदमी समुद्र देख रहा था।",
    "ko": "노인은 바다를 보았다.",
    "zh": "老人看着大海。",
}


@pytest.mark.parametrize("language", sorted({voice.language for voice in VOICES}))
def test_every_language_speaks(tmp_path: Path, language: str) -> None:
    text = SENTENCES.get(language.partition("-")[0], "Anna, Marta, Tomas, Pedro.")
    speech = speak(tmp_path / "a.wav", text, voice_for(language).id)
    assert 0.8 < speech.seconds < 6
    assert 0.02 < np.sqrt((samples(tmp_path / "a.wav") ** 2).mean()) < 0.3
