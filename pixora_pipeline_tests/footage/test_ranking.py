"""Which moments become clips: fit first, a bonus for a very good one, no stretch twice, six to eight sources."""

import random

from pixora_pipeline.footage.ranking import MOST_SOURCES, matches_of, score, select
from pixora_pipeline.model.compilation import ContentMatch, SearchQuery
from pixora_pipeline.model.footage import Found, Moment


def moment(id: str, source: str = "v-a", start: float = 0.0, seconds: float = 6.0) -> Moment:
    return Moment(id=id, source=source, kind="transcript", start=start, end=start + seconds, text=id, title=source,
                  tags=(), collection=None, domains=())  # fmt: skip


def match(id: str, score: float, query: int = 0, **place) -> ContentMatch:
    return ContentMatch(query=query, moment=moment(id, **place), similarity=min(score, 1.0), score=score)


def queries(*seconds: float) -> list[SearchQuery]:
    return [SearchQuery(topic=str(n), text=str(n), priority=5, seconds=each) for n, each in enumerate(seconds)]


def chosen(wanted: list[SearchQuery], matches: list[ContentMatch], allowed=lambda _: True) -> list[str]:
    return [each.moment.id for each in select(wanted, matches, allowed).chosen]


def test_a_very_similar_moment_has_a_bonus() -> None:
    good, better = (Found(moment=moment("a"), similarity=each, rank_score=0.5) for each in (0.8, 0.81))
    assert score(better) - score(good) > 0.1


def test_what_is_too_short_to_see_or_too_long_for_a_clip_is_no_match() -> None:
    lengths = {"blink": 1.5, "short": 1.6, "long": 30.0, "lecture": 30.1}
    found = [Found(moment=moment(id, seconds=s), similarity=0.5, rank_score=0.5) for id, s in lengths.items()]
    assert {each.moment.id for each in matches_of(0, found)} == {"short", "long"}


def test_what_is_seen_and_not_said_has_no_breath_around_it() -> None:
    seen = [moment(id, seconds=s).model_copy(update={"kind": "scene"}) for id, s in (("blink", 2.9), ("short", 3.0))]
    found = [Found(moment=each, similarity=0.5, rank_score=0.5) for each in seen]
    assert [each.moment.id for each in matches_of(0, found)] == ["short"]


def test_a_stretch_is_shown_once_while_another_will_do() -> None:
    both = [match("best", 0.9, 0), match("best", 0.9, 1), match("other", 0.5, 1, source="v-b")]
    assert chosen(queries(6, 6), both) == ["best", "other"]
    selection = select(queries(6, 6), both[:2], lambda _: True)
    assert [each.moment.id for each in selection.reused] == ["best"], "else a query would show nothing"


def test_another_source_goes_before_a_slightly_better_moment_of_the_same() -> None:
    three = [
        match("first", 0.9), match("same", 0.8, start=60.0), match("other", 0.75, source="v-b"),
        match("worse", 0.6, source="v-c"),
    ]  # fmt: skip
    assert chosen(queries(18), three) == ["first", "other", "same"]


def test_a_long_film_of_many_sources_keeps_to_few() -> None:
    drawn = random.Random(5)
    matches = [
        match(
            f"{query}-{source}-{n}",
            0.5 + drawn.random() / 20,
            query,
            source=f"v-{source}",
            start=100.0 * query + 12 * n,
        )
        for query in range(6)
        for source in range(40)
        for n in range(3)
    ]
    shown = {each.moment.source for each in select(queries(*[30.0] * 6), matches, lambda _: True).chosen}
    assert 6 <= len(shown) <= MOST_SOURCES


def test_one_more_source_comes_in_for_what_fits_much_better() -> None:
    matches = [match(f"{n}", 0.6, source=f"v-{n}") for n in range(MOST_SOURCES)]
    matches += [match(f"{n} again", 0.5, source=f"v-{n}", start=60) for n in range(MOST_SOURCES)]
    late = match("jewel", 0.95, 1, source="v-jewel")
    assert "jewel" in chosen(
        queries(6.0 * MOST_SOURCES, 6.0), [*matches, late, match("plain", 0.4, 1, source="v-0", start=90)]
    )


def test_what_is_not_allowed_is_passed_over() -> None:
    two = [match("unwanted", 0.9), match("wanted", 0.4, source="v-b")]
    assert chosen(queries(6), two, lambda each: each.moment.id != "unwanted") == ["wanted"]


def test_every_query_has_its_turn_before_any_has_its_fill() -> None:
    many = [match(f"a{n}", 0.9 - n / 100, 0, start=20.0 * n) for n in range(5)]
    assert chosen(queries(30, 6), [*many, match("b", 0.3, 1, source="v-b")])[:2] == ["a0", "b"]


def test_a_film_is_as_long_as_its_clips_are_shown_and_not_as_their_words_are_heard() -> None:
    many = [match(f"{n}", 0.9 - n / 100, source=f"v-{n % 7}", start=30.0 * n) for n in range(20)]
    shown = select(queries(60), many, lambda _: True, lambda each: each.moment.seconds + 1.4)
    assert abs(len(shown.chosen) * 7.4 - 60) <= 3.7
