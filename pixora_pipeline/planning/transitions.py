"""How one scene leads to the next where nobody has said so: from what changes between them. Pure."""

from pixora_pipeline.model.script import Mood, Scene, TransitionKind

_INTO_MOOD: dict[Mood, TransitionKind] = {
    "calm": "crossfade",
    "hopeful": "wipe",
    "joyful": "push",
    "curious": "slide",
    "mysterious": "circle",
    "tense": "cut",
    "sad": "fade_through_black",
    "epic": "zoom",
}


def transition_into(before: Scene | None, scene: Scene) -> TransitionKind:
    """The scene's own transition, else a crossfade within a mood, black after a title, and by the mood that begins."""
    if scene.transition != "auto":
        return scene.transition
    if before is None or before.role == "title":
        return "fade_through_black"
    return "crossfade" if scene.mood == before.mood else _INTO_MOOD[scene.mood]
