"""The espeak-ng library through ctypes: text in, samples and word positions out. Nothing here knows about files.

The library keeps one state per process, so every use is a whole session under one lock: it starts from nothing,
which also makes equal texts give equal samples.
"""

import ctypes
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import Defect, TryAgain, UserError

SAMPLE_RATE = 22050
TIMBRES = Path(__file__).parent / "timbres"

_SYNCHRONOUS = 2
_BY_CHARACTER = 1
_UTF8_TEXT = 1
_RATE, _RANGE = 1, 4
_LIST_END, _WORD = 0, 1

_lock = threading.Lock()


def _renew_lock() -> None:
    global _lock
    _lock = threading.Lock()


# A child forked while another thread speaks would wait for ever on the lock it inherits.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


class _Identity(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identity),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True)
class Utterance:
    """Raw speech at `SAMPLE_RATE`, -1 to 1. `words` pairs a character offset in the text with its first sample."""

    samples: NDArray[np.float32]
    words: tuple[tuple[int, int], ...]


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(str(espeakng_loader.get_library_path()))


def _link(source: Path, to: Path) -> None:
    try:
        to.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:  # a file system or an account without links
        shutil.copytree(source, to) if source.is_dir() else shutil.copy(source, to)


@contextmanager
def _data_folder(timbre: str) -> Iterator[Path]:
    """The library's data with our timbre in it: it only looks for timbres inside its own data folder."""
    data = Path(str(espeakng_loader.get_data_path()))
    with tempfile.TemporaryDirectory(prefix="voice-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "espeak-ng-data"
        variants = home / "voices" / "!v"
        variants.mkdir(parents=True)
        for entry in data.iterdir():
            if entry.name != "voices":
                _link(entry, home / entry.name)
        shutil.copy(TIMBRES / timbre, variants / timbre)
        yield Path(folder)


@contextmanager
def _session(pronunciation: str, timbre: str, words_per_minute: int) -> Iterator[ctypes.CDLL]:
    with _lock, _data_folder(timbre) as folder:
        library = _library()
        if library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(folder), 0) != SAMPLE_RATE:
            raise TryAgain(f"The speech library could not read its data through {folder}. Check the temporary folder.")
        try:
            if library.espeak_SetVoiceByName(f"{pronunciation}+{timbre}".encode()) != 0:
                raise Defect(f"The speech library has no pronunciation {pronunciation!r}.")
            library.espeak_SetParameter(_RATE, words_per_minute, 0)
            yield library
        finally:
            library.espeak_Terminate()


def _speak(library: ctypes.CDLL, text: str) -> Utterance:
    sound: list[bytes] = []
    words: list[tuple[int, int]] = []

    def receive(wave: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if wave and count > 0:
            sound.append(ctypes.string_at(wave, 2 * count))
        index = 0
        while events[index].type != _LIST_END:
            if events[index].type == _WORD:
                words.append((events[index].text_position - 1, events[index].sample))
            index += 1
        return 0

    callback = _Callback(receive)
    library.espeak_SetSynthCallback(callback)
    encoded = text.encode() + b"\0"
    if library.espeak_Synth(encoded, len(encoded), 0, _BY_CHARACTER, 0, _UTF8_TEXT, None, None) != 0:
        raise UserError(f"The speech library could not speak {text[:60]!r}. Shorten the text or change it.")
    samples = np.frombuffer(b"".join(sound), np.int16).astype(np.float32) / 32768
    return Utterance(samples, tuple(words))


def utter(sentences: Sequence[str], pronunciation: str, timbre: str, words_per_minute: int) -> list[Utterance]:
    """Speak each sentence by itself, in one session. TryAgain when the library's data cannot be set up."""
    with _session(pronunciation, timbre, words_per_minute) as library:
        return [_speak(library, sentence) for sentence in sentences]
