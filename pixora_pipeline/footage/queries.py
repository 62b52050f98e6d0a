"""A request as search queries, the way an instructor would plan the session: rules over the domain's vocabulary."""

from collections.abc import Iterator, Sequence

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.vocabulary import Concept, vocabulary
from pixora_pipeline.footage.wishes import Wishes, read_wishes
from pixora_pipeline.model.compilation import CompilationBrief, SearchQueries, SearchQuery

FEWEST, MOST = 5, 8
_LONGEST_TITLE = 60
_OPENING, _CLOSING = "warm up", "cool down"
_VIEWS = ("close up", "wide view", "from above", "in motion", "detail")
_ASPECTS = ("mobility", "stretch", "strength", "breathing", "basics")
"""From which sides a narrow topic is looked at, so that there are enough queries."""
_SECONDS_A_QUERY = 10.0
_ARC_SECONDS = 60.0
"""From this length on a session has a beginning and an end of its own."""


def plan_queries(brief: CompilationBrief) -> SearchQueries:
    """Five to eight queries in the order of the film. Raises `UserError` when nothing is asked for."""
    wishes = read_wishes(brief.requirements, brief.context, brief.seconds)
    topics = _topics(wishes)
    drafts = list(_of_topics(wishes, topics)) if topics else list(_of_phrases(wishes, brief))
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


def _topics(wishes: Wishes) -> list[str]:
    return [name for name in (*wishes.topics, *wishes.background) if name not in (_OPENING, _CLOSING)]


def _of_topics(wishes: Wishes, topics: Sequence[str]) -> Iterator[SearchQuery]:
    arc = wishes.seconds >= _ARC_SECONDS
    opening = arc or _OPENING in (*wishes.topics, *wishes.background)
    closing = arc or _CLOSING in (*wishes.topics, *wishes.background)
    most = min(max(round(wishes.seconds / _SECONDS_A_QUERY), FEWEST), MOST)
    chosen = _chosen(wishes, topics, most - opening - closing)
    if opening:
        yield _query(vocabulary().concepts[_OPENING], wishes, 6, (_OPENING,), _around(_OPENING, wishes, chosen, topics))
    for concept, asked in chosen:
        yield _query(concept, wishes, 9 if asked in wishes.topics else 6, (concept.name, asked))
    missing = FEWEST - opening - closing - len(chosen)
    for aspect in _ASPECTS[: max(0, missing)]:
        text = f"{topics[0]} {aspect}"
        yield SearchQuery(topic=text, text=text, priority=4, seconds=0, about=(topics[0],))
    if closing:
        yield _query(
            vocabulary().concepts[_CLOSING],
            wishes,
            5,
            (_CLOSING, "relaxation"),
            _around(_CLOSING, wishes, chosen, topics),
        )


def _chosen(wishes: Wishes, topics: Sequence[str], most: int) -> list[tuple[Concept, str]]:
    """What to show, each for the topic that asked for it: the topics' own exercises, in turns."""
    known = vocabulary()
    lists = {topic: _exercises(topic, wishes, topics) for topic in topics}
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


def _exercises(topic: str, wishes: Wishes, topics: Sequence[str]) -> list[str]:
    """What serves a topic, best first: what suits the level and the other topics, and nothing that is not wanted."""
    known = vocabulary()
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
    part: str, wishes: Wishes, chosen: Sequence[tuple[Concept, str]], topics: Sequence[str]
) -> tuple[Concept, ...]:
    """What a warm-up or a cool-down can consist of beside what is shown anyway."""
    taken = {concept.name for concept, _ in chosen}
    fitting = [name for name in _exercises(part, wishes, topics) if name not in taken]
    return tuple(vocabulary().concepts[name] for name in fitting[:3])


def _query(
    concept: Concept, wishes: Wishes, priority: int, about: Sequence[str], also: Sequence[Concept] = ()
) -> SearchQuery:
    others = ", ".join(each.name for each in also)
    words = [concept.name, concept.cue or others, wishes.level if wishes.level else ""]
    text = ": ".join(filter(None, words[:2])) + (f", {words[2]}" if words[2] else "")
    return SearchQuery(topic=concept.name, text=text, priority=priority, seconds=0, about=tuple(dict.fromkeys(about)))


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
    asked = list(wishes.topics) or list(topics)[:3] or list(wishes.phrases)[:3]
    about = " and ".join([", ".join(asked[:-1]), asked[-1]] if len(asked) > 1 else asked)
    context = " ".join(brief.context.split())
    whole = f"{context}: {about}" if context and len(context) <= 30 else about
    small = {"and", "of", "for", "the", "a", "in", "on", "with", "to"}
    words = whole[:_LONGEST_TITLE].split()
    return " ".join(word if word in small and at else word[:1].upper() + word[1:] for at, word in enumerate(words))
