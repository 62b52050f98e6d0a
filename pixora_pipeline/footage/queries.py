"""A request as search queries, the way somebody who knows the field would plan it: rules over its vocabulary."""

from collections.abc import Iterator, Sequence

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.vocabulary import Concept, Vocabulary, vocabulary
from pixora_pipeline.footage.wishes import Wishes, read_wishes
from pixora_pipeline.model.compilation import CompilationBrief, SearchQueries, SearchQuery

FEWEST, MOST = 5, 8
_LONGEST_TITLE = 60
_SMALL = frozenset({"and", "of", "for", "the", "a", "in", "on", "with", "to"})
_VIEWS = ("close up", "wide view", "from above", "in motion", "detail")
_ASPECTS = {
    "fitness": ("mobility", "stretch", "strength", "breathing", "basics"),
    "cooking": ("ingredients", "preparation", "technique", "seasoning", "serving"),
    "travel": ("arrival", "view", "locals", "food", "tips"),
    "repair": ("tools", "preparation", "step by step", "mistakes", "testing"),
    "nature": ("close up", "behaviour", "young", "habitat", "seasons"),
}
"""From which sides a narrow topic is looked at, so that there are enough queries."""
_SECONDS_A_QUERY = 10.0
_ARC_SECONDS = 60.0
"""From this length on a session has a beginning and an end of its own."""


def plan_queries(brief: CompilationBrief) -> SearchQueries:
    """Five to eight queries in the order of the film. Raises `UserError` when nothing is asked for."""
    wishes = read_wishes(brief.requirements, brief.context, brief.seconds, brief.collection)
    known = vocabulary(wishes.domain) if wishes.domain else None
    topics = _topics(wishes, known) if known else []
    drafts = list(_of_topics(wishes, topics, known)) if known and topics else list(_of_phrases(wishes, brief))
    if not drafts:
        raise UserError("The request names nothing to look for. Say what is to be seen, such as: mobility and core.")
    total = sum(draft.priority for draft in drafts)
    exclude = (*wishes.unwanted, *(("advanced",) if wishes.level == "beginner" else ()))
    queries = (
        draft.model_copy(
            update={
                "seconds": round(wishes.seconds * draft.priority / total, 1),
                "tags": brief.tags,
                "exclude": exclude,
            }
        )
        for draft in drafts
    )
    return SearchQueries(title=_title(wishes, topics, brief), seconds=wishes.seconds, queries=tuple(queries))


def _topics(wishes: Wishes, known: Vocabulary) -> list[str]:
    parts = {known.of_part("start"), known.of_part("end")} if wishes.domain == "fitness" else set()
    ends = {part.name for part in parts if part}
    named = [name for name in (*wishes.topics, *wishes.background) if name not in ends]
    # Who asks for bread and says that it is baked wants no cake.
    wider = {above for name in wishes.topics for above in known.lineage(name) if above != name}
    return [name for name in named if name not in wider]


def _of_topics(wishes: Wishes, topics: Sequence[str], known: Vocabulary) -> Iterator[SearchQuery]:
    arc = wishes.seconds >= _ARC_SECONDS
    opening, closing = (
        part
        if part and part.name not in topics and (arc or part.name in (*wishes.topics, *wishes.background))
        else None
        for part in (known.of_part("start"), known.of_part("end"))
    )
    if closing and all(_closes(topic, closing, known) for topic in topics):
        opening = None
    ends = (opening is not None) + (closing is not None)
    most = min(max(round(wishes.seconds / _SECONDS_A_QUERY), FEWEST), MOST)
    chosen = _chosen(wishes, topics, most - ends, known)
    if opening:
        around = _around(opening, wishes, chosen, topics, known)
        yield _part(_query(opening, wishes, 6, (opening.name,), known, around), wishes)
    for concept, asked in chosen:
        yield _query(concept, wishes, 9 if asked in wishes.topics else 6, (concept.name, asked), known)
    for aspect in _ASPECTS[known.domain][: max(0, FEWEST - ends - len(chosen))]:
        text = f"{topics[0]} {aspect}"
        yield SearchQuery(topic=text, text=text, priority=4, seconds=0, about=(known.term(topics[0]),))
    if closing:
        about = (*(name for name in ("relaxation",) if name in known.concepts), closing.name)
        around = _around(closing, wishes, chosen, topics, known)
        yield _part(_query(closing, wishes, 5, about, known, around), wishes)


def _closes(topic: str, closing: Concept, known: Vocabulary) -> bool:
    """Whether all kinds of a topic are what a session ends with: who wants to rest wants no jumping jacks before."""
    kinds = [name for name in (topic, *known.below(topic)) if known.concepts[name].cue]
    return bool(kinds) and all(closing.name in known.lineage(name) for name in kinds)


def _part(query: SearchQuery, wishes: Wishes) -> SearchQuery:
    return query.model_copy(update={"asked": query.topic in (*wishes.topics, *wishes.background)})


def _chosen(wishes: Wishes, topics: Sequence[str], most: int, known: Vocabulary) -> list[tuple[Concept, str]]:
    """What to show, each for the topic that asked for it: the topics' own kinds and steps, in turns."""
    lists = {topic: _kinds(topic, wishes, topics, known) for topic in topics}
    chosen: dict[str, str] = {}
    for turn in range(max(map(len, lists.values()))):
        for topic, names in lists.items():
            if turn < len(names) and len(chosen) < most:
                chosen.setdefault(names[turn], topic)
    named = [name for name in topics if name not in chosen]
    for name in named:
        if len(chosen) < min(most, FEWEST):
            chosen[name] = name
    return [(known.concepts[name], topic) for name, topic in chosen.items()]


def _kinds(topic: str, wishes: Wishes, topics: Sequence[str], known: Vocabulary) -> list[str]:
    """What serves a topic, best first: what suits the level and the other topics, and nothing that is not wanted."""
    refused = {each for phrase in wishes.unwanted for each in known.named_in(phrase)}
    refused |= {"advanced"} if wishes.level == "beginner" else set()
    below = [name for name in known.below(topic) if known.concepts[name].cue and not refused & set(known.lineage(name))]
    if known.concepts[topic].cue:
        below.insert(0, topic)

    def fitness(name: str) -> float:
        lineage = known.lineage(name)
        level = lineage.get(wishes.level, 0.0) if wishes.level else 0.0
        return lineage.get(topic, 0.0) + 0.4 * level + sum(0.3 * lineage.get(other, 0.0) for other in topics)

    return sorted(below, key=lambda name: -fitness(name))


def _around(
    part: Concept, wishes: Wishes, chosen: Sequence[tuple[Concept, str]], topics: Sequence[str], known: Vocabulary
) -> tuple[Concept, ...]:
    """What a beginning or an end can consist of beside what is shown anyway."""
    taken = {concept.name for concept, _ in chosen}
    fitting = [name for name in _kinds(part.name, wishes, topics, known) if name not in taken]
    return tuple(known.concepts[name] for name in fitting[:3])


def _query(
    concept: Concept,
    wishes: Wishes,
    priority: int,
    about: Sequence[str],
    known: Vocabulary,
    also: Sequence[Concept] = (),
) -> SearchQuery:
    others = ", ".join(each.name for each in also)
    words = [concept.name, concept.cue or others, wishes.level if wishes.level else ""]
    text = ": ".join(filter(None, words[:2])) + (f", {words[2]}" if words[2] else "")
    terms = tuple(dict.fromkeys(known.term(name) for name in about))
    return SearchQuery(topic=concept.name, text=text, priority=priority, seconds=0, about=terms)


def _of_phrases(wishes: Wishes, brief: CompilationBrief) -> Iterator[SearchQuery]:
    """For what the vocabulary does not know: the request's own phrases, whole and in their context."""
    context = " ".join(brief.context.split())
    phrases = list(wishes.phrases)[:MOST]
    texts = [(phrase, phrase, 9) for phrase in phrases]
    texts += [(phrase, f"{phrase} {context}", 6) for phrase in phrases if context]
    words = [word for phrase in phrases for word in phrase.split() if len(word) > 3 and word != phrase]
    texts += [(word, word, 5) for word in words] + [(word, f"{word} {context}", 4) for word in words if context]
    texts += [(phrase, f"{phrase} {aspect}", 3) for aspect in _VIEWS for phrase in phrases]
    seen: set[str] = set()
    for topic, text, priority in texts:
        if text not in seen and len(seen) < max(FEWEST, len(phrases)):
            seen.add(text)
            yield SearchQuery(topic=topic, text=text, priority=priority, seconds=0)


def _title(wishes: Wishes, topics: Sequence[str], brief: CompilationBrief) -> str:
    """`Morning Workout: Mobility and Core`, out of the request's own words."""
    asked = list(wishes.named) or list(topics)[:3] or list(wishes.phrases)[:3]
    about = " and ".join([", ".join(asked[:-1]), asked[-1]] if len(asked) > 1 else asked)
    context = " ".join(brief.context.split())
    whole = f"{context}: {about}" if context and len(context) <= 30 else about
    words = shortened(whole.split())
    return " ".join(word if word in _SMALL and at else word[:1].upper() + word[1:] for at, word in enumerate(words))


def shortened(words: list[str]) -> list[str]:
    """Whole words, as many as a title may have, and none at its end that leads on."""
    while len(words) > 1 and (len(" ".join(words)) > _LONGEST_TITLE or words[-1] in _SMALL):
        words = words[:-1]
    return " ".join(words)[:_LONGEST_TITLE].rstrip(" ,:").split()
