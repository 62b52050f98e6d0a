"""The film as an OpenTimelineIO timeline: every scene, voice and joint a thing of its own, for an editor to go on.

Where two scenes overlap, the cut lies in the middle, and a transition reaches to either side of it into the handles
that the scenes' media have: what an editor would have made by hand.
"""

from dataclasses import dataclass
from pathlib import Path

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, Effect, ExternalReference, Gap, Marker, Timeline, Track, Transition

from pixora_pipeline.errors import TryAgain
from pixora_pipeline.media.chapters import Chapter
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat, FilmTimeline
from pixora_pipeline.model.script import TransitionKind

OURS = "pixora"
"""The key of what no other program reads, among the metadata."""


@dataclass(frozen=True)
class EditableScene:
    """A scene's media: its picture with both handles, its voice, and how it is entered.

    `own_sound` is what is heard of its footage's sound, as long as the picture; None where nothing is.
    """

    slot: str
    title: str
    picture: Path
    voice: Path
    voice_samples: int
    volume: float
    transition: TransitionKind
    own_sound: Path | None = None


@dataclass(frozen=True)
class EditableFilm:
    """All that stands in the timeline. `music` is as heard in the film, `plain_music` without stepping back."""

    title: str
    project: str
    scenes: tuple[EditableScene, ...]
    plan: FilmTimeline
    fmt: FilmFormat
    music: Path
    plain_music: Path
    chapters: tuple[Chapter, ...]


def write_timeline(film: EditableFilm, to: Path) -> None:
    """Write it: `.otio` refers to the media where they lie, `.otioz` holds them. Raises `TryAgain`."""
    try:
        otio.adapters.write_to_file(timeline_of(film), str(to))
    except OSError as error:
        raise TryAgain(f"{to} can't be written: {error}.") from error


def timeline_of(film: EditableFilm) -> Timeline:
    """The timeline."""
    timeline = Timeline(film.title, global_start_time=_frames(0, film.fmt), metadata={OURS: {"project": film.project}})
    plain = _music_track("Music, not stepping back", film.plain_music, film)
    plain.enabled = False
    music = _music_track("Music", film.music, film)
    timeline.tracks.extend([_picture_track(film), _voice_track(film), *_footage_tracks(film), music, plain])
    for chapter in film.chapters:
        length = _frames(chapter.end - chapter.start, film.fmt)
        stretch = TimeRange(_frames(chapter.start, film.fmt), length)
        timeline.tracks.markers.append(Marker(chapter.title, stretch, otio.schema.MarkerColor.GREEN))
    return timeline


def _picture_track(film: EditableFilm) -> Track:
    track, fmt = Track("Picture", kind=otio.schema.TrackKind.Video), film.fmt
    before, after = fmt.handle // 2, fmt.handle - fmt.handle // 2
    last = len(film.scenes) - 1
    track.append(_transition("fade from black", "crossfade", 0, fmt.handle, fmt))
    for number, (scene, span) in enumerate(zip(film.scenes, film.plan.scenes, strict=True)):
        if number and scene.transition != "cut":
            track.append(_transition(scene.transition, scene.transition, before, after, fmt))
        first = before if number else 0
        end = span.frames - (after if number < last else 0)
        media = ExternalReference(scene.picture.as_uri(), TimeRange(_frames(0, fmt), _frames(span.frames, fmt)))
        seen = TimeRange(_frames(first, fmt), _frames(end - first, fmt))
        track.append(Clip(scene.title, media, seen, metadata={OURS: {"scene": scene.slot}}))
    track.append(_transition("fade to black", "crossfade", fmt.handle, 0, fmt))
    return track


def _transition(name: str, kind: TransitionKind, before: int, after: int, fmt: FilmFormat) -> Transition:
    # A dissolve is the one transition that all editors know; others are told by name.
    dissolve = kind == "crossfade"
    known = otio.schema.TransitionTypes.SMPTE_Dissolve if dissolve else otio.schema.TransitionTypes.Custom
    return Transition(name, known, _frames(before, fmt), _frames(after, fmt), metadata={OURS: {"transition": kind}})


def _voice_track(film: EditableFilm) -> Track:
    track, at = Track("Voice", kind=otio.schema.TrackKind.Audio), 0
    for scene, span in zip(film.scenes, film.plan.scenes, strict=True):
        if not scene.voice_samples:
            continue
        if span.voice_onset > at:
            track.append(Gap(duration=_samples(span.voice_onset - at)))
        heard = TimeRange(_samples(0), _samples(scene.voice_samples))
        track.append(Clip(scene.title, ExternalReference(scene.voice.as_uri(), heard), heard, effects=_volume(scene)))
        at = span.voice_onset + scene.voice_samples
    return track


def _footage_tracks(film: EditableFilm) -> list[Track]:
    """The footage's own sound: two tracks by turns, for neighbours sound together while one passes into the other."""
    tracks: list[Track] = []
    for scene, span in zip(film.scenes, film.plan.scenes, strict=True):
        if scene.own_sound is None:
            continue
        at, length = (frames * film.fmt.samples_per_frame for frames in (span.start, span.frames))
        track = next((each for each in tracks if each.duration().value <= at), None)
        if track is None:
            track = Track(
                "Footage sound" if not tracks else "Footage sound, by turns", kind=otio.schema.TrackKind.Audio
            )
            tracks.append(track)
        if gap := at - (track.duration().value if len(track) else 0):
            track.append(Gap(duration=_samples(gap)))
        heard = TimeRange(_samples(0), _samples(length))
        track.append(Clip(scene.title, ExternalReference(scene.own_sound.as_uri(), heard), heard))
    return tracks


def _volume(scene: EditableScene) -> list[Effect]:
    if scene.volume == 1:
        return []
    return [Effect("Volume", "Volume", metadata={OURS: {"gain": scene.volume}})]


def _music_track(name: str, music: Path, film: EditableFilm) -> Track:
    heard = TimeRange(_samples(0), _samples(film.plan.frames * film.fmt.samples_per_frame))
    clip = Clip(name, ExternalReference(music.as_uri(), heard), heard)
    return Track(name, [clip], kind=otio.schema.TrackKind.Audio)


def _frames(count: int, fmt: FilmFormat) -> RationalTime:
    return RationalTime(count, fmt.fps)


def _samples(count: int) -> RationalTime:
    return RationalTime(count, SAMPLE_RATE)
