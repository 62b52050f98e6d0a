"""final_video: clips and joints copied together, one sound pass, subtitles. No picture is encoded twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pixora_pipeline.assets.clip import film_format
from pixora_pipeline.assets.film_record import note_film
from pixora_pipeline.assets.joints import keep_joint
from pixora_pipeline.assets.shots import INPUTS, scene_length
from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.checks.names import FILM_CHECKS
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat, FilmTimeline, film_timeline
from pixora_pipeline.model.briefs import Timeline
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.results import Music, Speech, WordMark
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.planning.recipe import Recipe

FILM, SOUND = "film.mp4", "sound.m4a"
SUBTITLES = ("film.srt", "film.vtt")
POSTER_AT = 2.5
"""The second of the film that stands for it: the title card, past its fade."""


def assemble(work: Work) -> Made:
    """Draw the joints and mix the sound side by side, then copy everything into one file."""
    from pixora_pipeline.media.film import make_film
    from pixora_pipeline.media.sound import mix_sound
    from pixora_pipeline.media.subtitle_files import write_subtitles
    from pixora_pipeline.media.subtitles import subtitle_cues

    timeline = work.value("script_breakdown/timeline", Timeline)
    fmt, slots, plan = _layout(work)
    cues = subtitle_cues(_words(work, slots, plan))
    for name in SUBTITLES:
        write_subtitles(cues, work.file(name))
    with ThreadPoolExecutor() as threads:
        voices, score, wishes = _voices(work, timeline, plan), _score(work), _wishes(work)
        sound = threads.submit(work.workers.run, mix_sound, voices, score, plan.frames, fmt, work.file(SOUND), wishes)
        segments = _segments(work, timeline, fmt, threads)
        heard = sound.result()
    facts = make_film(segments, work.file(SOUND), cues, timeline.title, timeline.language, fmt, work.file(FILM))
    work.file(SOUND).unlink()
    return Made(
        [FILM, *SUBTITLES, *keep_poster(work, work.file(FILM), POSTER_AT)],
        facts={**facts.model_dump(mode="json"), "loudness": heard.loudness, "scenes": len(slots)},
    )


def verify_film(work: Work, made: Made) -> tuple[Finding, ...]:
    """Measure the film as it was written."""
    from pixora_pipeline.checks.finished import check_film

    fmt, slots, plan = _layout(work)
    pictured = {scene.pictured for scene in work.value("script_breakdown/timeline", Timeline).scenes}
    words = [mark for scene in _words(work, slots, plan) for mark in scene]
    wanted = (fmt, words, _wishes(work).loudness, pictured)
    return work.workers.run(check_film, work.file(FILM), made.facts["frames"], *wanted)


def _layout(work: Work) -> tuple[FilmFormat, list[str], FilmTimeline]:
    timeline = work.value("script_breakdown/timeline", Timeline)
    fmt = film_format(timeline.aspect, timeline.resolution, timeline.fps)
    slots = [scene.slot for scene in timeline.scenes]
    frames = [scene_length(work, slot) for slot in slots]
    return fmt, slots, film_timeline(frames, fmt)


def _segments(work: Work, timeline: Timeline, fmt: FilmFormat, threads: ThreadPoolExecutor) -> list[Path]:
    scenes = timeline.scenes
    befores = [None, *(scene.slot for scene in scenes)]
    afters = [*(scene.slot for scene in scenes), None]
    kinds = [*(scene.transition for scene in scenes), "fade_through_black"]
    joints = list(threads.map(lambda ends: keep_joint(work, *ends, fmt), zip(befores, afters, kinds, strict=True)))
    clips = [work.input("scene_clip", scene.slot).path for scene in scenes]
    return [joints[0], *(path for pair in zip(clips, joints[1:], strict=True) for path in pair)]


def _words(work: Work, slots: list[str], plan: FilmTimeline) -> list[list[WordMark]]:
    onsets = [span.voice_onset / SAMPLE_RATE for span in plan.scenes]
    return [
        [
            WordMark(start=mark.start + onset, end=mark.end + onset, text=mark.text)
            for mark in work.facts("voice_over", Speech, slot).words
        ]
        for slot, onset in zip(slots, onsets, strict=True)
    ]


def _voices(work: Work, timeline: Timeline, plan: FilmTimeline) -> list:
    from pixora_pipeline.media.sound import PlacedVoice

    return [
        PlacedVoice(work.input("voice_over", scene.slot).path, span.voice_onset, scene.volume)
        for scene, span in zip(timeline.scenes, plan.scenes, strict=True)
    ]


def _wishes(work: Work) -> SoundWishes:
    return work.value("project_brief/sound", SoundWishes)


def _score(work: Work):
    from pixora_pipeline.media.sound import Score

    return Score(work.input("music").path, work.facts("music", Music))


RECIPES = (
    Recipe(
        name="final_video",
        scope="project",
        group="film",
        description="The finished film, with sound and subtitles.",
        version="1",
        make=assemble,
        inputs=tuple(
            dict.fromkeys(
                ("script_breakdown/timeline", "project_brief/sound", "scene_clip", *INPUTS, "voice_over", "music")
            )
        ),
        kinds=("video", "ffmpeg"),
        checks=FILM_CHECKS,
        verify=verify_film,
        note=note_film,
    ),
)
