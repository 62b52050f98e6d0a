"""The film that everybody makes: twelve scenes drawn, spoken and scored by the embedded providers, kept in a cache."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from pixora_pipeline.media.timing import FilmFormat, scene_frames
from pixora_pipeline.model.requests import MusicRequest, MusicSection, PictureRequest, SpeechRequest
from pixora_pipeline.model.results import CameraMove, Music, NearLayer, Picture
from pixora_pipeline.providers.catalogue import engage

LINES = (
    "The lighthouse stood where the land gave up, and the keeper counted ships the way others count sheep.",
    "Every evening she climbed two hundred steps, carrying oil, bread and the newspaper of last week.",
    "One autumn a storm came to stay. It leaned on the door, and it asked what she was reading.",
    "She read to it, about cities and trains, and the storm lay down on the sea to listen.",
    "In the village they wondered at the calm, and the fishermen went out further than they ever had.",
    "But a listening storm is still a storm. On the ninth night it asked for a story of its own.",
    "So she began with a breath of wind over a warm sea, and a cloud that was afraid of heights.",
    "The storm laughed, and forty roofs in the village lost their tiles. It was very sorry.",
    "The mayor came up the steps to complain, and stayed for the second chapter.",
    "By winter the whole village sat on the stairs, wrapped in blankets, listening with the weather.",
    "When the story ended, the storm thanked them, gathered up its rain and went to tell it elsewhere.",
    "She still reads aloud in the evening, with the window open, in case somebody large is passing.",
)
"""A scene each: its narration, and what its picture shows where `SHOWN` does not say."""

SHOWN = {
    1: "The night sky over the coast, full of stars",
    3: "A lonely old tree on the hill before the storm",
    5: "Mountains at night",
    6: "A quiet lake at sunset, with a cloud above",
    10: "Rain over the desert",
}
"""Five of twelve pictures are of kinds that have a near layer, as more than a third of all kinds do."""


@dataclass(frozen=True)
class SceneInputs:
    """A scene's picture, its camera (a `CameraMove` as JSON), its voice, and its frames with both handles.

    `near` is the picture's near layer, a `NearLayer` as JSON, where it has one.
    """

    picture: str
    move: dict
    voice: str
    frames: int
    near: dict | None = None


@dataclass(frozen=True)
class FilmInputs:
    """All that a film is made from. Its format is 1080p at 30 frames a second."""

    scenes: tuple[SceneInputs, ...]
    music: str
    score: dict

    @property
    def format(self) -> FilmFormat:
        """The format of every benchmark film."""
        return FilmFormat()


def cache() -> Path:
    """Where inputs are kept between runs: `PIXORA_BENCHMARK_CACHE`, or a folder in the user's cache."""
    home = os.environ.get("PIXORA_BENCHMARK_CACHE") or Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    found = Path(home) / "pixora-benchmarks"
    found.mkdir(parents=True, exist_ok=True)
    return found


def film_inputs() -> FilmInputs:
    """The film of twelve scenes, made on first use."""
    folder = cache() / "layered"
    folder.mkdir(exist_ok=True)
    if not (folder / "film.json").exists():
        save(FilmInputs(tuple(_scene(folder, at) for at in range(len(LINES))), *_music(folder)), folder / "film.json")
    return load(folder / "film.json")


def another_picture(film: FilmInputs, at: int) -> SceneInputs:
    """Scene `at` with a new picture."""
    picture = cache() / "layered" / f"other{at}.png"
    drawn = _draw(picture, at, seed=100 + at)
    return SceneInputs(**{**asdict(film.scenes[at]), "picture": str(picture), "near": _near(drawn)})


def another_music(film: FilmInputs) -> FilmInputs:
    """The film with another piece of music."""
    return FilmInputs(film.scenes, *_music(cache() / "layered", seed=7))


def save(film: FilmInputs, to: Path) -> Path:
    """Write it as JSON, for a program to load."""
    to.write_text(json.dumps(asdict(film), indent=1))
    return to


def load(path: Path) -> FilmInputs:
    """Read what `save` wrote."""
    data = json.loads(path.read_text())
    return FilmInputs(tuple(SceneInputs(**scene) for scene in data["scenes"]), data["music"], data["score"])


def near_of(scene: SceneInputs) -> NearLayer | None:
    """What stands near in the scene's picture."""
    return NearLayer.model_validate(scene.near) if scene.near else None


def move_of(scene: SceneInputs) -> CameraMove:
    """The scene's camera."""
    return CameraMove.model_validate(scene.move)


def _scene(folder: Path, at: int) -> SceneInputs:
    picture, voice = folder / f"picture{at}.png", folder / f"voice{at}.wav"
    drawn = _draw(picture, at, seed=at)
    spoken = engage("speech", "embedded").speak(SpeechRequest(text=LINES[at], voice="en-us", language="en"), voice)
    move = engage("motion", "embedded").move(drawn, FilmFormat().aspect, at)
    frames = scene_frames(spoken.seconds, None, FilmFormat())
    return SceneInputs(str(picture), move.model_dump(), str(voice), frames, _near(drawn))


def _near(drawn: Picture) -> dict | None:
    return drawn.near.model_dump() if drawn.near else None


def _draw(to: Path, at: int, seed: int) -> Picture:
    request = PictureRequest(description=SHOWN.get(at, LINES[at]), seed=seed, palette_seed=3)
    return engage("image", "embedded").draw(request, to)


def _music(folder: Path, seed: int = 0) -> tuple[str, dict]:
    to = folder / f"music{seed}.wav"
    facts = to.with_suffix(".json")
    if not facts.exists():
        piece = engage("music", "embedded").compose(
            MusicRequest(sections=(MusicSection(mood="calm", seconds=45),), seed=seed), to
        )
        facts.write_text(piece.model_dump_json())
    return str(to), Music.model_validate_json(facts.read_text()).model_dump()
