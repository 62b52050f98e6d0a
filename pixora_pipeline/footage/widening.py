"""What a film that would fall short is filled up with: all that shows what was asked for, in whatever words.

A query describes one thing, as it is said when it is shown well. Somebody who asked for the core and whose library has
no more planks is glad of a bridge that is held for the core too. Pure.
"""

from collections.abc import Collection, Sequence

from pixora_pipeline.footage.embedding import little_words
from pixora_pipeline.footage.vocabulary import Concept, Vocabulary, domains_of, stems, vocabularies, vocabulary
from pixora_pipeline.footage.wishes import LEVELS
from pixora_pipeline.model.compilation import SearchQuery
from pixora_pipeline.model.footage import Moment

_FEWEST_KINDS = 2


def concepts_of(query: SearchQuery, collection: str | None) -> tuple[str, ...]:
    """What a query is about, such as `fitness:core`: what it says, else what its topic names."""
    if query.about:
        return query.about
    known_ones = vocabularies(domains_of(query.topic, collection, fewest=1))
    return tuple(known.term(name) for known in known_ones for name in known.named_in(query.topic) if name not in LEVELS)


def shows(moment: Moment, topic: str, about: Sequence[str]) -> bool:
    """Whether a moment shows what one of these concepts stands for; where there are none, whether it says the topic.

    Who names something that is done shows that, and what else is named is said beside it: hands under the shoulders
    are no exercise for the shoulders. Where nothing of the kind is named, the video's name and tags count as well.
    """
    called = f"{moment.title} {' '.join(moment.tags)}"
    if not about:
        wanted = set(stems(topic)) - little_words()
        return bool(wanted) and wanted <= set(stems(f"{moment.text} {called}"))
    return any(_shows_one(moment, called, *term.split(":", 1)) for term in about)


def _shows_one(moment: Moment, called: str, domain: str, concept: str) -> bool:
    if moment.domains and domain not in moment.domains:
        return False
    known, text = vocabulary(domain), moment.text
    named = known.named_in(text)
    done = [name for name in named if known.concepts[name].cue]
    return any(concept in known.lineage(name) for name in done or [*named, *known.named_in(called)])


def other_topics(abouts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Topics such as `fitness:balance` that could be asked for besides what queries are about, and no kind of it."""
    about = dict.fromkeys(each[-1] for each in abouts if each)
    found: list[str] = []
    for domain in dict.fromkeys(term.partition(":")[0] for term in about):
        known = vocabulary(domain)
        taken = {term.partition(":")[2] for term in about if term.startswith(f"{domain}:")}
        found += [known.term(each.name) for each in known.concepts.values() if _is_other_topic(each, taken, known)]
    return tuple(found)


def _is_other_topic(concept: Concept, taken: Collection[str], known: Vocabulary) -> bool:
    if concept.cue or concept.part or concept.name in LEVELS or taken & known.lineage(concept.name).keys():
        return False
    below = known.below(concept.name)
    return not taken & set(below) and sum(bool(known.concepts[each].cue) for each in below) >= _FEWEST_KINDS
