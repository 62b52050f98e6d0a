"""Where a narration goes on from one clip of its scene to the next, by who says what. Pure."""

from pixora_pipeline.footage.repetition import as_heard
from pixora_pipeline.model.briefs import Beat
from pixora_pipeline.model.script import Scene
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences


def beats_of(scene: Scene, language: str) -> tuple[Beat, ...]:
    """The first word that belongs to each clip behind the first of which anything is told."""
    if len(scene.clips) < 2:
        return ()
    ends = [0.0]
    for clip in scene.clips:
        ends.append(ends[-1] + clip.end - clip.start)
    heard = [{as_heard(each) for each in split_sentences(clip.words, language)} for clip in scene.clips]
    beats, shown, word = list[Beat](), 0, 0
    for sentence in split_sentences(scene.narration, language):
        later = (number for number in range(shown, len(heard)) if as_heard(sentence) in heard[number])
        if (clip := next(later, shown)) > shown:
            shown = clip
            beats += [Beat(word=word, at=round(ends[clip], 3))] if word else []
        word += len(sentence.split())
    return tuple(beats)
