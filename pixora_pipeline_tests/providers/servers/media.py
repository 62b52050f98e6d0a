"""Media that can be decoded, made once a process."""

import io
import wave
from functools import cache

import av
import numpy as np
from PIL import Image

SPEECH_RATE = 24_000


@cache
def png(width: int = 192, height: int = 128, hue: int = 0) -> bytes:
    """A picture with something on it: a gradient with noise."""
    across = np.linspace(40, 215, width)[None, :, None]
    down = np.linspace(0, 40, height)[:, None, None]
    noise = np.random.default_rng(hue).integers(0, 30, (height, width, 3))
    pixels = np.clip(across * np.roll([1.0, 0.7, 0.5], hue) + down + noise, 0, 255).astype(np.uint8)
    return _saved(Image.fromarray(pixels))


def _saved(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def speech(text: str, rate: int = SPEECH_RATE) -> bytes:
    """A WAV that sounds once a word, with a pause where the text has one, and silence around it."""
    return _wav(spoken(text, rate)[0], rate, 1)


def spoken(text: str, rate: int) -> tuple[np.ndarray, list[tuple[float, float, str]]]:
    """The samples, and when each word sounds in seconds."""
    parts, marks, clock = [np.zeros(rate // 5)], [], 0.2
    for word in text.split():
        seconds = 0.08 + 0.03 * len(word)
        tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(round(rate * seconds)) / rate)
        pause = 0.3 if word[-1] in ".!?," else 0.02
        parts += [tone * np.hanning(len(tone)) ** 0.2, np.zeros(round(rate * pause))]
        marks.append((clock, clock + seconds, word))
        clock += seconds + pause
    return np.concatenate(parts), marks


def pcm(text: str, rate: int = 16_000) -> bytes:
    """The same without a header."""
    return (spoken(text, rate)[0] * 32767).astype("<i2").tobytes()


@cache
def music(seconds: int, rate: int = 32_000) -> bytes:
    """A stereo WAV of a chord that swells."""
    at = np.arange(rate * seconds) / rate
    chord = sum(np.sin(2 * np.pi * tone * at) for tone in (220.0, 277.2, 329.6)) / 3
    swell = 0.25 + 0.1 * np.sin(2 * np.pi * at / 4)
    return _wav(np.stack([chord * swell, chord * swell * 0.9], axis=1), rate, 2)


def _wav(samples: np.ndarray, rate: int, channels: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


@cache
def mp4(frames: int = 20, width: int = 160, height: int = 96, fps: int = 10) -> bytes:
    """A video of a light that moves."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("h264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            pixels = np.full((height, width, 3), 60, np.uint8)
            pixels[20:60, number * 4 : number * 4 + 40] = (220, 180, 90)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return file.getvalue()
