"""Putting a film together from its scenes' clips: joints, one sound pass, subtitles, chapters, one packet copy.

The film and its preview differ in their size and in where the clips come from, and in nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.assets.joints import keep_joints
from pixora_pipeline.assets.parts import keep_part
from pixora_pipeline.assets.shots import scene_shot, shot_version
from pixora_pipeline.assets.thumbnails import keep_film_poster, keep_storyboard
from pixora_pipeline.assets.watching import watched_film, watched_in
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat, FilmTimeline, film_timeline
from pixora_pipeline.model.briefs import Timeline
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.results import Music, Speech, WordMark
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.planning.recipe import Facts
from pixora_pipeline.store.artifacts import Stored
from pixora_pipeline.store.sidecar import Provenance

FILM, SOUND = "film.mp4", "sound.m4a"
SUBTITLES = ("film.srt", "film.vtt")
SOUND_VERSION = "1"
SCENE_SOUND = "scene-sound-{}.wav"


@dataclass(frozen=True)
class Laid:
    """A film laid out: its scenes in order, its format, the frames of each scene by slot, and when all that is."""

    timeline: Timeline
    fmt: FilmFormat
    frames: Mapping[str, int]
    plan: FilmTimeline


def lay_out(timeline: Timeline, fmt: FilmFormat, frames: Mapping[str, int]) -> Laid:
    """Lay scenes of that many frames out in the timeline's order."""
    in_order = {scene.slot: frames[scene.slot] for scene in timeline.scenes}
    return Laid(timeline, fmt, in_order, film_timeline(list(in_order.values()), fmt))


def assemble(work: Work, laid: Laid, clip_of: Callable[[str], Stored]) -> Made:
    """Draw the joints, have the clips and mix the sound side by side, then copy everything into one file."""
    from pixora_pipeline.media.chapters import chapters_of
    from pixora_pipeline.media.film import make_film
    from pixora_pipeline.media.subtitle_files import write_subtitles
    from pixora_pipeline.media.subtitles import subtitle_cues

    timeline, fmt = laid.timeline, laid.fmt
    cues = subtitle_cues(_words(work, laid))
    for name in SUBTITLES:
        write_subtitles(cues, work.file(name))
    with ThreadPoolExecutor() as threads:
        sound = threads.submit(keep_sound, work, laid)
        clips = threads.map(clip_of, laid.frames)
        segments = _segments(work, laid, clips, threads)
        watched = watched_film(work.workers, segments, threads)
        heard = sound.result()
    chapters = chapters_of(timeline.title, timeline.scenes, laid.plan)
    video, told = [segment.path for segment in segments], (timeline.title, timeline.language)
    facts = make_film(video, heard.path, cues, *told, fmt, work.file(FILM), chapters)
    return Made(
        [FILM, *SUBTITLES, *keep_film_poster(work, work.file(FILM)), *keep_storyboard(work, work.file(FILM))],
        facts={**facts.model_dump(mode="json"), **heard.sidecar.facts, **watched, "scenes": len(laid.frames)},
        provenance=Provenance(parameters=_told(work, laid)),
    )


def _told(work: Work, laid: Laid) -> dict[str, JsonValue]:
    """What had to be done otherwise in scenes of the film, in words."""
    inputs = (stored for (_, slot), stored in work.inputs.items() if slot in laid.frames)
    notices = [notice.message for stored in inputs for notice in stored.sidecar.notices]
    return {"notices": notices} if notices else {}


def verify(work: Work, made: Made, laid: Laid) -> tuple[Finding, ...]:
    """Measure the film as it was written."""
    from pixora_pipeline.checks.finished import check_film

    pictured = {scene.pictured for scene in laid.timeline.scenes}
    words = [mark for scene in _words(work, laid) for mark in scene]
    starts = dict(zip(laid.frames, laid.plan.scenes, strict=True))
    filmed = [
        (scene_shot(work, slot, laid.frames[slot]), laid.fmt.seconds(starts[slot].start))
        for slot in filmed_scenes(laid)
    ]
    wanted = (laid.fmt, words, wishes_of(work).loudness, pictured, filmed)
    return work.workers.run(check_film, work.file(FILM), watched_in(made.facts), made.facts["frames"], *wanted)


def keep_sound(work: Work, laid: Laid) -> Any:
    """The film's sound, kept by what is heard in it: other pictures leave it as it is."""
    from pixora_pipeline.media.sound import mix_sound

    wishes, fmt = wishes_of(work), laid.fmt
    heard = [
        [work.input("voice_over", scene.slot).sidecar.data_version, span.voice_onset, scene.volume]
        for scene, span in zip(laid.timeline.scenes, laid.plan.scenes, strict=True)
    ]
    if wishes.footage:
        heard += [shot_version(work, slot, laid.frames[slot]) for slot in filmed_scenes(laid)]
    length = laid.plan.frames * fmt.samples_per_frame
    made_from = [SOUND_VERSION, heard, work.input("music").sidecar.data_version, length, wishes.model_dump(mode="json")]

    def make(to: Path) -> Facts:
        voices, score = placed_voices(work, laid), score_of(work)
        facts = work.workers.run(mix_sound, voices, score, laid.plan.frames, fmt, to, wishes)
        return {"loudness": facts.loudness}

    return keep_part(work, "sound", made_from, SOUND, make)


def placed_voices(work: Work, laid: Laid) -> list:
    """Every scene's voice at its sample of the film."""
    from pixora_pipeline.media.sound import PlacedVoice

    voices = [
        PlacedVoice(work.input("voice_over", scene.slot).path, span.voice_onset, scene.volume)
        for scene, span in zip(laid.timeline.scenes, laid.plan.scenes, strict=True)
    ]
    return voices + (_footage_sounds(work, laid) if wishes_of(work).footage else [])


def _footage_sounds(work: Work, laid: Laid) -> list:
    """What was heard where the filmed scenes were recorded, under their pictures."""
    from pixora_pipeline.media.footage_sound import write_reel_sound
    from pixora_pipeline.media.sound import PlacedVoice

    sounds, starts = [], dict(zip(laid.frames, laid.plan.scenes, strict=True))
    for slot in filmed_scenes(laid):
        to = work.folder / SCENE_SOUND.format(slot)
        work.workers.run(write_reel_sound, scene_shot(work, slot, laid.frames[slot]), laid.fmt, to)
        onset = starts[slot].start * laid.fmt.samples_per_frame
        sounds.append(PlacedVoice(to, onset, wishes_of(work).footage, background=True))
    return sounds


def filmed_scenes(laid: Laid) -> list[str]:
    """The scenes that footage pictures, in order."""
    return [scene.slot for scene in laid.timeline.scenes if scene.pictured == "filmed"]


def score_of(work: Work) -> Any:
    """The film's music."""
    from pixora_pipeline.media.sound import Score

    return Score(work.input("music").path, work.facts("music", Music))


def _segments(work: Work, laid: Laid, clips: Iterable[Stored], threads: ThreadPoolExecutor) -> list[Stored]:
    ends = [None, *laid.frames.items(), None]
    kinds = [*(scene.transition for scene in laid.timeline.scenes), "fade_through_black"]
    joints = keep_joints(work, ends, kinds, laid.fmt, threads)
    return [joints[0], *(each for pair in zip(clips, joints[1:], strict=True) for each in pair)]


def _words(work: Work, laid: Laid) -> list[list[WordMark]]:
    onsets = [span.voice_onset / SAMPLE_RATE for span in laid.plan.scenes]
    return [
        [
            WordMark(start=mark.start + onset, end=mark.end + onset, text=mark.text)
            for mark in work.facts("voice_over", Speech, slot).words
        ]
        for slot, onset in zip(laid.frames, onsets, strict=True)
    ]


def wishes_of(work: Work) -> SoundWishes:
    """How voice and music stand to each other."""
    return work.value("project_brief/sound", SoundWishes)
