"""Noun phrases, as far as they show without a grammar: a determiner and up to three words of meaning."""

import re
from collections.abc import Iterator, Sequence

from pixora_pipeline.providers.embedded.writer.lexicon import read_lexicon
from pixora_pipeline.providers.embedded.writer.scenery import is_sight
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline.providers.embedded.writer.words import Word, stop_words, words_of

_MOST = 3
_ROMANCE = ("fr", "es", "it", "pt")
# English runs on into the verb ("the storm rolled in"); endings show most of them.
_VERB = re.compile(r"(?:ed|ing|ly|[^su]s)$")


def noun_phrases(text: str, language: str) -> Iterator[str]:
    """The phrases in order, determiner included. None for languages without a list of determiners."""
    base = language.partition("-")[0].lower()
    determiners = read_lexicon("phrases")["determiners"].get(base, "").split()
    for sentence in split_sentences(text, language) if determiners else ():
        words = words_of(sentence)
        for index, word in enumerate(words):
            leads = word.lower in determiners or (base == "de" and not index and word.lower == "der")
            run = _run(sentence, words, index, base) if leads else []
            if run:
                yield sentence[word.start : run[-1].start + len(run[-1].text)]


def _run(sentence: str, words: Sequence[Word], start: int, language: str) -> list[Word]:
    """The words after the determiner that belong to it."""
    run = _content(sentence, words, start, language)
    if not run:
        return []
    if language in _ROMANCE:
        return run[:1]
    if language == "de":
        nouns = [index for index, word in enumerate(run) if word.text[0].isupper()]
        return run[: nouns[0] + 1] if nouns else []
    seen = [index for index, word in enumerate(run) if is_sight(word.lower, language)]
    if seen:
        return run[: seen[-1] + 1]
    while len(run) > 1 and _VERB.search(run[-1].lower) and not run[-1].text[0].isupper():
        run = run[:-1]
    return run if len(run) < _MOST else []


def _content(sentence: str, words: Sequence[Word], start: int, language: str) -> list[Word]:
    stops = stop_words(language)
    run: list[Word] = []
    end = words[start].start + len(words[start].text)
    for word in words[start + 1 : start + 1 + _MOST]:
        if sentence[end : word.start].strip(" '’-") or word.lower in stops:
            break
        run.append(word)
        end = word.start + len(word.text)
    return run
