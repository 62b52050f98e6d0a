"""A film is filled up with all that shows what was asked for, however it is said, before it is told to be too short."""

import re
from pathlib import Path

import pytest

from pixora_pipeline.footage.ranking import select
from pixora_pipeline.footage.widening import concepts_of, other_topics, shows
from pixora_pipeline.model.compilation import ClipPlan, FootageMatches, SearchQuery
from pixora_pipeline.model.project import FootageWishes, Preferences
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film
from pixora_pipeline_tests.footage.test_ranking import match, moment

SAID = {
    "circles": (
        ("Roll your shoulders back in big lazy circles and breathe out when they drop.",),
        ("Circle your wrists one way and then the other, and shake out your hands.",),
    ),
    "on all fours": (("Arch your back and look up, then round it like a cat that has been woken.",),),
    "standing": (
        ("Swing one leg forward and back and hold on to something if you need to.",),
        ("Do ankle rolls, slow and round, and change the foot when you are done.",),
        ("Now star jumps, as many as you can, and land softly on both feet!",),
    ),
    "kneeling": (("Slide your arm under your body, thread the needle and rest on your shoulder.",),),
    "elsewhere": (("Chop the onions as finely as you can and fry them until they are brown.",),),
}


def query(number: int, about: str | None = "fitness:core", **changed) -> SearchQuery:
    terms = (about,) if about else ()
    chosen = {"topic": str(number), "text": str(number), "priority": 5, "seconds": 6.0, "about": terms} | changed
    return SearchQuery(**chosen)


@pytest.mark.parametrize(
    ("text", "concept", "fits"),
    [
        ("Hold a plank as long as you can.", "core", True),
        ("Make it strong from the middle.", "core", True),
        ("Hands under the shoulders, and ten press ups.", "shoulders", False),
        ("Roll your shoulders back.", "shoulders", True),
        ("Chop the onions.", "core", False),
    ],
)
def test_who_names_an_exercise_shows_that_and_not_what_is_named_beside_it(text: str, concept: str, fits: bool) -> None:
    said = moment("a").model_copy(update={"text": text})
    assert shows(said, concept, (f"fitness:{concept}",)) is fits


def test_a_video_called_after_a_topic_shows_it_where_no_exercise_is_named() -> None:
    plain = moment("a").model_copy(update={"text": "Ten more seconds, you can do it.", "title": "Core class"})
    other = plain.model_copy(update={"text": "Now ten squats."})
    assert shows(plain, "core", ("fitness:core",)) and not shows(other, "core", ("fitness:core",))


def test_what_no_vocabulary_knows_is_shown_where_all_of_it_is_said() -> None:
    said = moment("a").model_copy(update={"text": "The old zeppelin leaves its hangar.", "title": "1931"})
    assert shows(said, "old zeppelins", ()) and not shows(said, "zeppelins over Friedrichshafen", ())


def test_a_query_of_a_model_is_about_what_its_topic_names() -> None:
    assert concepts_of(query(0, None, topic="neck mobility"), None) == ("fitness:neck", "fitness:mobility")
    assert concepts_of(query(0, topic="neck mobility"), None) == ("fitness:core",)
    assert concepts_of(query(0, None, topic="zeppelins"), "fitness") == ()


def test_wider_matches_come_in_where_the_others_are_too_few() -> None:
    near = [match(f"near {n}", 0.5, source=f"v-{n}") for n in range(2)]
    wider = [match(f"wider {n}", 0.9, n % 2, source=f"v-w{n}").model_copy(update={"wider": True}) for n in range(4)]

    def shown(seconds: float) -> list[str]:
        wanted = [query(0, seconds=seconds), query(1, seconds=seconds)]
        return [each.moment.id for each in select(wanted, [*near, *wider], lambda _: True).chosen]

    assert shown(6) == ["near 1", "near 0"], "a better one of those is none that says what is looked for"
    assert shown(12) == ["near 1", "near 0", "wider 3", "wider 2"]
    assert len(shown(18)) == 6


def test_a_topic_that_has_nothing_but_wider_matches_is_shown_too() -> None:
    planks = [match(f"plank {n}", 0.9, 0, source=f"v-{n}") for n in range(12)]
    necks = [match(f"neck {n}", 0.4, 1, source=f"v-n{n}").model_copy(update={"wider": True}) for n in range(5)]
    wanted = [query(0, topic="plank", seconds=18), query(1, "fitness:neck", topic="neck", seconds=18)]
    shown = [each.query for each in select(wanted, [*planks, *necks], lambda _: True).chosen]
    assert shown.count(0) >= 2 and shown.count(1) >= 2


def test_a_level_in_a_topic_is_nothing_to_show() -> None:
    assert concepts_of(query(0, None, topic="beginner squats"), "fitness") == ("fitness:squat",)


def test_a_beginning_that_nobody_asked_for_has_its_share_and_no_more() -> None:
    many = [match(f"{q}{n}", 0.9 - q / 10, q, source=f"v-{q}{n}") for q in (0, 1) for n in range(4)]
    wanted = [query(0, "fitness:warm up", asked=False, seconds=6), query(1, seconds=36)]
    shown = [each.query for each in select(wanted, many, lambda _: True).chosen]
    assert (shown.count(0), shown.count(1)) == (1, 4)


def test_nothing_is_shown_twice_for_one_of_several_queries_that_are_for_the_same() -> None:
    both = [match("plank", 0.9, 0), match("plank", 0.9, 1)]
    assert select([query(0), query(1)], both, lambda _: True).reused == []
    assert select([query(0), query(1, "fitness:hips")], both, lambda _: True).reused != []


def test_other_topics_are_neither_asked_for_nor_kinds_of_that() -> None:
    others = other_topics([query(0).about, query(1, "fitness:upper body").about])
    assert {"fitness:legs", "fitness:mobility", "fitness:flexibility"} <= set(others)
    assert not {"fitness:core", "fitness:obliques", "fitness:neck", "fitness:plank", "fitness:beginner"} & set(others)


def test_a_film_is_as_long_as_the_library_allows_and_says_what_else_there_is(tmp_path: Path, bench: Bench) -> None:
    takes = [Take(name, shots, first_picture=at) for at, (name, shots) in enumerate(SAID.items())]
    fill(bench, [film(take, tmp_path) for take in takes], collection="fitness")

    def planned(request: str) -> tuple[ClipPlan, FootageMatches]:
        wishes = Preferences(resolution="240p", footage=FootageWishes(collection="fitness"))
        project = bench.studio.projects.add(
            new_project_id(), request, kind="compilation", preferences=wishes, approval="waiting"
        )
        bench.make(project)
        plan, matches = (bench.stored(project, name).path.read_bytes() for name in ("clip_plan", "footage_matches"))
        return ClipPlan.model_validate_json(plan), FootageMatches.model_validate_json(matches)

    plan, matches = planned("33 seconds of mobility, no jumping")
    near = {each.moment.id: each.moment.seconds for each in matches.matches if not each.wider}
    assert sum(near.values()) < 25, "the queries alone would not do"
    assert plan.seconds == pytest.approx(33, abs=2)
    words = " ".join(clip.words for segment in plan.segments for clip in segment.clips)
    assert "jump" not in words and "onions" not in words
    assert "too little footage" not in {notice.kind for notice in plan.notices}

    (notice,) = [each for each in planned("30 seconds of jumping")[0].notices if each.kind == "too little footage"]
    assert "s that fit, and 30 s were asked for. It shows mobility too: ask for that as well, or add" in notice.message
    assert re.search(r"`pixora take p-\w+ footage_matches`", notice.message)
    (notice,) = [each for each in planned("2 minutes of mobility")[0].notices if each.kind == "too little footage"]
    assert notice.message.startswith("The library has 3") and "and 120 s were asked for" in notice.message
