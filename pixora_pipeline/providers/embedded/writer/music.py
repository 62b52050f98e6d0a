"""What the music should be like, for runs of scenes of like mood."""

from collections.abc import Sequence

from pixora_pipeline.model.script import Mood, MusicPrompt, Scene
from pixora_pipeline.providers.embedded.writer.moods import PLACES

MOST_PIECES = 4

_SOUNDS: dict[Mood, str] = {
    "calm": "Slow, quiet music: soft piano and warm, held strings, with room to breathe.",
    "hopeful": "Warm music that opens up: rising strings over a gentle piano pulse.",
    "joyful": "Bright, light-footed music: plucked strings, flute and bells.",
    "curious": "Playful, attentive music: pizzicato strings and a wandering clarinet.",
    "mysterious": "Dark, sparse music: low drones, distant bells and a lonely melody.",
    "tense": "Driving, uneasy music: low drums, restless strings, few pauses.",
    "sad": "Slow, sorrowful music: solo cello over a bare piano.",
    "epic": "Wide, rising music: full strings, brass and deep drums.",
}


def music_for(scenes: Sequence[Scene]) -> tuple[MusicPrompt, ...]:
    """At most four pieces that together cover all scenes in order."""
    runs: list[list[Scene]] = []
    for scene in scenes:
        if runs and runs[-1][-1].mood == scene.mood:
            runs[-1].append(scene)
        else:
            runs.append([scene])
    while len(runs) > MOST_PIECES:
        place = min(range(len(runs) - 1), key=lambda i: _cost(runs[i], runs[i + 1]))
        runs[place : place + 2] = [runs[place] + runs[place + 1]]
    return tuple(_piece(run) for run in _alike_joined(runs))


def _alike_joined(runs: list[list[Scene]]) -> list[list[Scene]]:
    joined: list[list[Scene]] = []
    for run in runs:
        if joined and _mood(joined[-1]) == _mood(run):
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return joined


def _mood(run: Sequence[Scene]) -> Mood:
    """The mood most of the run's time is in; the earlier one of two."""
    moods = list(dict.fromkeys(scene.mood for scene in run))
    return max(moods, key=lambda mood: sum(scene.estimated_seconds for scene in run if scene.mood == mood))


def _cost(one: Sequence[Scene], other: Sequence[Scene]) -> float:
    """What joining two runs loses: how far apart their moods are, times the time that gets the wrong one."""
    (x, y), (u, v) = PLACES[_mood(one)], PLACES[_mood(other)]
    shorter = min(sum(scene.estimated_seconds for scene in run) for run in (one, other))
    return ((x - u) ** 2 + (y - v) ** 2 + 0.05) * shorter


def _piece(run: Sequence[Scene]) -> MusicPrompt:
    mood = _mood(run)
    return MusicPrompt(scenes=tuple(scene.slot for scene in run), mood=mood, prompt=_SOUNDS[mood])
