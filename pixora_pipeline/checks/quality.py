"""What a film must satisfy to be shown to anybody: limits, and findings in plain sentences. Pure; measures nothing."""

import math
from collections.abc import Callable, Sequence, Set

from pixora_pipeline.media.facts import FilmMeasures, Stretch, without
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.value import Value

LOUDNESS_TOLERANCE_LU = 0.5
HIGHEST_PEAK_DBTP = -1.0
MOST_DRIFT_SECONDS = 0.04
LONGEST_BLACK_SECONDS = 1.0
LONGEST_FROZEN_SECONDS = 2.0
LONGEST_SILENT_SECONDS = 2.5
LONGEST_EXPLAINED_SECONDS = 20.0
"""In an animated scene a picture may stand while it is spoken of."""
LEAST_COVERED = 0.95
FROZEN = "frozen_picture"
AS_FOOTAGE = " Where its footage itself stands still, so may it."


class Expected(Value):
    """What the film was meant to be; `loudness` in LUFS, `still` where its own footage stands still."""

    width: int
    height: int
    fps: int
    frames: int
    loudness: float = -14.0
    longest_still: float = LONGEST_FROZEN_SECONDS
    still: tuple[Stretch, ...] = ()


def expected(fmt: FilmFormat, frames: int, loudness: float = -14.0, pictured: Set[str] = frozenset()) -> Expected:
    """The expectation of a film of `frames` frames in that format, of that loudness, with scenes pictured like that."""
    still = LONGEST_EXPLAINED_SECONDS if "animated" in pictured else LONGEST_FROZEN_SECONDS
    return Expected(
        width=fmt.width, height=fmt.height, fps=fmt.fps, frames=frames, loudness=loudness, longest_still=still
    )


def film_findings(measures: FilmMeasures, wanted: Expected) -> tuple[Finding, ...]:
    """Every check on the film, passed or not, in the order of importance."""
    judged: Sequence[Callable[[FilmMeasures, Expected], Finding]] = (
        _picture,
        _length,
        _decode_order,
        _loudness,
        _peak,
        _drift,
        _offset,
        _black,
        _frozen,
        _silent,
        _subtitles,
    )
    return tuple(judge(measures, wanted) for judge in judged)


def _picture(measures: FilmMeasures, wanted: Expected) -> Finding:
    limit = f"h264 High yuv420p {wanted.width}x{wanted.height} at {wanted.fps} fps"
    video = measures.media.video
    if video is None:
        return _finding("picture_format", False, "The film has no picture.", None, limit)
    found = f"{video.codec} {video.profile} {video.pixel_format} {video.width}x{video.height} at {video.fps:g} fps"
    passed = found == limit
    return _finding("picture_format", passed, f"The picture is {found}{_unless(passed, limit)}.", found, limit)


def _length(measures: FilmMeasures, wanted: Expected) -> Finding:
    frames = measures.media.video.frames if measures.media.video else 0
    passed = frames == wanted.frames
    message = f"The film has {frames} frames{_unless(passed, f'{wanted.frames}')}."
    return _finding("length", passed, message, frames, wanted.frames)


def _decode_order(measures: FilmMeasures, wanted: Expected) -> Finding:
    passed = measures.media.video is not None and measures.media.video.decode_times_rise
    message = "Decode times rise from packet to packet." if passed else "Decode times do not rise: players may stutter."
    return _finding("decode_order", passed, message, "rising" if passed else "not rising", "rising")


def _loudness(measures: FilmMeasures, wanted: Expected) -> Finding:
    limit = f"{wanted.loudness:g} LUFS, {LOUDNESS_TOLERANCE_LU:g} LU more or less"
    if measures.loudness is None or math.isinf(measures.loudness.integrated):
        return _finding("loudness", False, "The film is silent from start to end.", None, limit)
    loud = measures.loudness.integrated
    # ffmpeg prints tenths; a hair over the tolerance is rounding.
    passed = abs(loud - wanted.loudness) <= LOUDNESS_TOLERANCE_LU + 1e-6
    return _finding("loudness", passed, f"The film's loudness is {loud:g} LUFS{_unless(passed, limit)}.", loud, limit)


def _peak(measures: FilmMeasures, wanted: Expected) -> Finding:
    peak = measures.loudness.true_peak if measures.loudness else -math.inf
    passed = peak <= HIGHEST_PEAK_DBTP
    said = "There is no sound that could peak." if math.isinf(peak) else f"The loudest peak is {peak:g} dBTP"
    message = said if math.isinf(peak) else f"{said}{_unless(passed, f'at most {HIGHEST_PEAK_DBTP:g}')}."
    return _finding("true_peak", passed, message, None if math.isinf(peak) else peak, HIGHEST_PEAK_DBTP)


def _drift(measures: FilmMeasures, wanted: Expected) -> Finding:
    media = measures.media
    if media.video is None or media.sound is None:
        return _finding("sound_length", False, "The film has no sound stream.", None, MOST_DRIFT_SECONDS)
    drift = abs(media.video.seconds - media.sound.seconds)
    message = f"Picture lasts {media.video.seconds:.3f} s and sound {media.sound.seconds:.3f} s."
    return _finding("sound_length", drift <= MOST_DRIFT_SECONDS, message, round(drift, 4), MOST_DRIFT_SECONDS)


def _offset(measures: FilmMeasures, wanted: Expected) -> Finding:
    if measures.offset is None:
        return _finding("sound_start", False, "There is no sound to start with the picture.", None, MOST_DRIFT_SECONDS)
    message = f"The sound starts {measures.offset * 1000:.0f} ms after the picture."
    passed = abs(measures.offset) <= MOST_DRIFT_SECONDS
    return _finding("sound_start", passed, message, round(measures.offset, 4), MOST_DRIFT_SECONDS)


def _black(measures: FilmMeasures, wanted: Expected) -> Finding:
    return _longest("black_picture", "The picture is black", measures.black, LONGEST_BLACK_SECONDS)


def _frozen(measures: FilmMeasures, wanted: Expected) -> Finding:
    found = _longest(FROZEN, "The picture stands still", without(measures.frozen, wanted.still), wanted.longest_still)
    return found.model_copy(update={"message": f"{found.message}{AS_FOOTAGE}"}) if wanted.still else found


def _silent(measures: FilmMeasures, wanted: Expected) -> Finding:
    return _longest("silence", "Nothing is heard", measures.silent, LONGEST_SILENT_SECONDS)


def _subtitles(measures: FilmMeasures, wanted: Expected) -> Finding:
    if measures.covered is None:
        return _finding("subtitles", True, "Nobody speaks, so no subtitles are needed.", None, LEAST_COVERED)
    message = f"Subtitles are shown during {measures.covered:.0%} of the spoken time."
    return _finding("subtitles", measures.covered >= LEAST_COVERED, message, round(measures.covered, 3), LEAST_COVERED)


def _longest(name: str, what: str, stretches: Sequence[Stretch], limit: float) -> Finding:
    longest = max(stretches, key=lambda stretch: stretch.seconds, default=None)
    if longest is None or longest.seconds <= limit:
        seconds = longest.seconds if longest else 0.0
        return _finding(name, True, f"{what} for no longer than {limit:g} s anywhere.", round(seconds, 3), limit)
    message = f"{what} for {longest.seconds:.1f} s from {longest.start:.1f} s on; {limit:g} s are allowed."
    return _finding(name, False, message, round(longest.seconds, 3), limit)


def _unless(passed: bool, wanted: str) -> str:
    return "" if passed else f" but should be {wanted}"


def _finding(name: str, passed: bool, message: str, measured: float | str | None, limit: float | str) -> Finding:
    return Finding(name=name, passed=passed, message=message, measured=measured, limit=limit)
