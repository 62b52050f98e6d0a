"""Which clip of its scene each part of a narration tells of, and where it goes on to the next. Pure."""

from collections.abc import Iterator

from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.model.briefs import Beat
from pixora_pipeline.model.script import Clip, Scene
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences


def parts_of(scene: Scene, language: str) -> Iterator[tuple[str, int | None]]:
    """The scene's narration in parts, each with the number of the clip that it tells of; None where nobody knows.

    It goes on from clip to clip and never back. A sentence that was edited is of no clip.
    """
    written = [(clip.told, number) for number, clip in enumerate(scene.clips) if clip.told]
    if written and scene.narration == " ".join(told for told, _ in written):
        yield from written
        return
    heard = [_heard(clip, language) for clip in scene.clips]
    shown = 0
    for sentence in split_sentences(scene.narration, language):
        said = as_heard(sentence)
        clip = next((number for number in range(shown, len(heard)) if said in heard[number]), None)
        shown = shown if clip is None else clip
        yield sentence, clip


def beats_of(scene: Scene, language: str) -> tuple[Beat, ...]:
    """The first word that belongs to each clip behind the first of which anything is told."""
    if len(scene.clips) < 2:
        return ()
    ends = [0.0]
    for clip in scene.clips:
        ends.append(ends[-1] + clip.end - clip.start)
    beats, shown, word = list[Beat](), 0, 0
    for part, number in parts_of(scene, language):
        if number is not None and number > shown:
            shown = number
            beats.append(Beat(word=word, at=round(ends[number], 3)))
        word += len(part.split())
    return tuple(beats)


def _heard(clip: Clip, language: str) -> set[str]:
    return {as_heard(each) for text in (clip.told, clip.words) for each in split_sentences(text, language)}
