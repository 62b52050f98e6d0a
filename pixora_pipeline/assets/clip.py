"""scene_clip: the picture in motion with its voice, encoded once in the film's own parameters."""

from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.assets.shots import HANDLES, INPUTS, clip_shot
from pixora_pipeline.assets.thumbnails import keep_poster
from pixora_pipeline.assets.watching import watched_fact, watched_in
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.checks.names import CLIP_CHECKS
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.briefs import ClipBrief
from pixora_pipeline.model.captions import CaptionPlace
from pixora_pipeline.model.finding import Finding
from pixora_pipeline.model.frame import Aspect, Fps, Resolution, frame_size
from pixora_pipeline.model.results import Picture, Speech
from pixora_pipeline.planning.recipe import Recipe

CLIP = "clip.mp4"

LOWER_HALF = (0.5, 1.0)


def film_format(aspect: Aspect, resolution: Resolution, fps: Fps) -> FilmFormat:
    """The encoder's parameters for a film of that shape, size and speed; a joint takes half a second."""
    width, height = frame_size(aspect, resolution)
    return FilmFormat(width=width, height=height, fps=fps, handle=fps // 2)


def encode_clip(work: Work) -> Made:
    """Encode what belongs to this scene alone; what it shares with its neighbours is the joints'."""
    from pixora_pipeline.media.timing import scene_frames

    brief, speech = work.value("scene_brief/clip", ClipBrief), work.facts("voice_over", Speech)
    fmt = film_format(brief.aspect, brief.resolution, brief.fps)
    frames = scene_frames(speech.seconds, brief.minimum_seconds, fmt)
    shot, voice = clip_shot(work, frames), work.input("voice_over").path
    facts = _encode(work, brief, shot, voice, fmt, speech)
    handles = [HANDLES] if work.file(HANDLES).exists() else []
    return Made(
        [CLIP, *handles, *keep_poster(work, work.file(CLIP), _keyframe(facts.seconds / 2))],
        facts={
            **facts.model_dump(mode="json"),
            **_loops(brief, shot, fmt),
            **watched_fact(work.workers, work.file(CLIP)),
            "scene_frames": frames,
        },
    )


def _encode(work: Work, brief: ClipBrief, shot: Any, voice: Path, fmt: FilmFormat, speech: Speech) -> Any:
    from pixora_pipeline.media.clip import make_clip
    from pixora_pipeline.media.footage_clip import make_footage_clip

    burned = burned_words(work, brief, speech, str(work.slot), shot, fmt)
    if brief.pictured == "filmed":
        files = work.file(CLIP), work.file(HANDLES)
        return work.workers.run(make_footage_clip, shot, voice, None, fmt, *files, burned)
    return work.workers.run(make_clip, shot, voice, fmt, work.file(CLIP), burned)


def burned_words(work: Work, brief: ClipBrief, speech: Speech, slot: str, shot: Any, fmt: FilmFormat) -> Any:
    """What is written on that scene's picture, and where it leaves the picture free."""
    from pixora_pipeline.footage.low_action import is_low
    from pixora_pipeline.media.captions import foot_begins
    from pixora_pipeline.media.clip import Burned

    picture = work.facts("scene_image", Picture, slot) if brief.pictured == "drawn" else None
    low = brief.off_action and work.workers.run(is_low, shot, fmt, foot_begins(brief.captions, fmt))
    taken = LOWER_HALF if low else picture.words if picture else None
    place: CaptionPlace = "low" if brief.pictured == "animated" else "head" if brief.at_head or low else "foot"
    focus = picture.focus if picture else None
    return Burned(brief.captions, place, speech.words, brief.lower_third, focus, taken)


def _keyframe(near: float) -> float:
    """The second of the keyframe nearest to that: a picture that needs no other to be decoded."""
    from pixora_pipeline.media.encoding import SEEK_SECONDS

    return round(near / SEEK_SECONDS) * SEEK_SECONDS


def _loops(brief: ClipBrief, shot: Any, fmt: FilmFormat) -> dict[str, JsonValue]:
    """How often footage had to begin again because it was shorter than the scene."""
    return {"loops": shot.loops(fmt)} if brief.pictured == "filmed" else {}


def verify_clip(work: Work, made: Made) -> tuple[Finding, ...]:
    """Measure the clip as it was written."""
    from pixora_pipeline.checks.finished import check_clip

    brief = work.value("scene_brief/clip", ClipBrief)
    fmt = film_format(brief.aspect, brief.resolution, brief.fps)
    # Its own seconds begin after the handle.
    filmed = [(clip_shot(work, made.facts["scene_frames"]), -fmt.seconds(fmt.handle))]
    wanted = (fmt, {brief.pictured}, filmed if brief.pictured == "filmed" else [])
    return work.workers.run(check_clip, work.file(CLIP), watched_in(made.facts), made.facts["frames"], *wanted)


RECIPES = (
    Recipe(
        name="scene_clip",
        scope="scene",
        group="film",
        description="This scene as a clip that plays: picture, motion and voice.",
        version="3",
        make=encode_clip,
        inputs=tuple(dict.fromkeys(("scene_brief/clip", "voice_over", *INPUTS))),
        kinds=("video", "ffmpeg"),
        checks=CLIP_CHECKS,
        verify=verify_clip,
    ),
)
