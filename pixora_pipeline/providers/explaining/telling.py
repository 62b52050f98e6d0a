"""The first explanation spoken over the refined one's scenes: its sentences in order, each where it fits best."""

import re

from pixora_pipeline.model.script import Scene, ScriptBreakdown
from pixora_pipeline.providers.embedded.explainer.document import read_sections
from pixora_pipeline.providers.embedded.explainer.speech import spoken
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences


def told_by(script: ScriptBreakdown, initial: str) -> ScriptBreakdown:
    """The script with the first explanation's words, all of them, in their order.

    A scene that none of them is left for keeps its own: there are fewer sentences than scenes then.
    """
    scenes = [scene for scene in script.scenes if scene.role != "title"]
    sentences = _sentences(initial, script.language)
    if not sentences or len(sentences) < len(scenes):
        return script
    likeness = [[_likeness(sentence, scene) for scene in scenes] for sentence in sentences]
    said = iter(_shares(likeness))
    told = []
    for scene in script.scenes:
        if scene.role != "title":
            first, last = next(said)
            scene = _saying(scene, " ".join(sentences[first:last]), script.language)
        told.append(scene)
    return script.model_copy(update={"scenes": tuple(told)})


def _sentences(initial: str, language: str) -> list[str]:
    _, sections = read_sections(initial)
    prose = [block.text for section in sections for block in section.blocks if block.kind == "prose"]
    return [sentence for text in prose for sentence in split_sentences(spoken(text), language)]


def _saying(scene: Scene, narration: str, language: str) -> Scene:
    seconds = round(spoken_seconds(narration, language), 1)
    return scene.model_copy(update={"narration": narration, "estimated_seconds": seconds})


def _likeness(sentence: str, scene: Scene) -> float:
    """The share of a sentence's longer words that the scene has."""
    words = _words(sentence)
    return len(words & _words(f"{scene.title} {scene.narration}")) / max(len(words), 1)


def _words(text: str) -> set[str]:
    return {word[:7] for word in re.findall(r"\w{4,}", text.lower())}


def _shares(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """The run of sentences of each scene, none empty, so that they are as much alike as they can be in all."""
    sentences, scenes = len(likeness), len(likeness[0])
    # best[n][k]: sentence n is the last so far, and it is spoken over scene k.
    best = [[float("-inf")] * scenes for _ in range(sentences)]
    best[0][0] = likeness[0][0]
    for n in range(1, sentences):
        for k in range(scenes):
            before = max(best[n - 1][k], best[n - 1][k - 1] if k else float("-inf"))
            best[n][k] = before + likeness[n][k]
    shares, end, k = [], sentences, scenes - 1
    for n in range(sentences - 1, -1, -1):
        if n == 0 or (k and best[n - 1][k - 1] >= best[n - 1][k]):
            shares.append((n, end))
            end, k = n, k - 1
    return shares[::-1]
