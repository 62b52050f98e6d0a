import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.providers.embedded.speaker.mastering import LOUDNESS, OUTPUT_RATE, master
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker


def tone(frequency: float, seconds: float = 2.0) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * frequency * np.arange(int(22050 * seconds)) / 22050)).astype(np.float32)


def test_a_tone_keeps_its_pitch_and_its_length_and_has_time_to_die_away() -> None:
    sound = master([tone(440)], "low") / 32768
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    assert np.argmax(spectrum) * OUTPUT_RATE / len(sound) == pytest.approx(440, rel=0.005)
    assert len(sound) / OUTPUT_RATE == pytest.approx(2.05, abs=0.001)


def test_nothing_is_heard_above_the_old_limit() -> None:
    sound = master([tone(3000)], "high") / 32768
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequencies = np.fft.rfftfreq(len(sound), 1 / OUTPUT_RATE)
    assert spectrum[frequencies > 11_500].sum() < 1e-4 * spectrum.sum()


def test_peaks_stay_below_full_scale() -> None:
    sound = master([np.sign(tone(150)) * 0.99], "low")
    assert np.abs(sound.astype(int)).max() < 32500


def test_even_a_click_is_mastered() -> None:
    assert len(master([np.ones(3, np.float32)], "low")) > 0


@pytest.mark.parametrize("voice", ["en-us", "en-us-female", "de", "fr-female", "zh"])
def test_recordings_are_as_loud_as_they_should_be(tmp_path: Path, voice: str) -> None:
    text = (
        "老人看着大海，风暴来了。灯突然熄灭了。"
        if voice == "zh"
        else "Anna Maria Lund, Tomas, Peter, Ida und Marta. Anna war da."
    )
    EmbeddedSpeaker().speak(SpeechRequest(text=text, voice=voice, language="en"), tmp_path / "a.wav")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-i", str(tmp_path / "a.wav")]
    command += ["-af", "ebur128=framelog=quiet:peak=true", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert float(re.findall(r"I:\s+(-[\d.]+) LUFS", report)[-1]) == pytest.approx(LOUDNESS, abs=1.0)
    assert float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", report)[-1]) < -1.0
