"""A request is read as people write it: how long, what, what not; and becomes queries and a title of whole words."""

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.queries import plan_queries
from pixora_pipeline.footage.wishes import read_wishes
from pixora_pipeline.model.compilation import CompilationBrief


@pytest.mark.parametrize(
    ("request_", "seconds"),
    [
        ("5 minutes, beginner-friendly", 300),
        ("two minutes of mobility", 120),
        ("90 seconds about bikes", 90),
        ("1:30 minutes of planks", 90),
        ("a 2:05 min stretch", 125),
        ("1.5 minutes", 90),
        ("planks", 60),
    ],
)
def test_the_length_is_read(request_: str, seconds: float) -> None:
    assert read_wishes(request_, "", None).seconds == seconds


@pytest.mark.parametrize(
    ("request_", "asked"),
    [("40 minutes of planks", "40 minutes"), ("5 seconds", "5 s"), ("one hour of yoga", "60 minutes")],
)
def test_a_length_that_no_compilation_has_is_told(request_: str, asked: str) -> None:
    with pytest.raises(UserError, match=f"30 s to 10 minutes, and {asked} are asked for"):
        read_wishes(request_, "", None)
    assert read_wishes(request_, "", 45.0).seconds == 45.0
    assert 30.0 <= read_wishes("planks", request_, None).seconds <= 600.0, "what it is for is no length of the film"


def test_phrases_are_what_stands_between_marks() -> None:
    wishes = read_wishes("30 seconds: an old harbour (at dawn) – fishing boats; no tourists", "", None)
    assert wishes.phrases == ("old harbour", "at dawn", "fishing boats")
    assert wishes.unwanted == ("tourists",)


@pytest.mark.parametrize(
    ("request_", "unwanted"),
    [
        ("two minutes of core, nothing on the floor", ("on the floor",)),
        ("core without any jumping or burpees please", ("jumping", "burpees")),
        ("mobility, nothing with weights, not on the knees", ("weights", "on the knees")),
        ("nothing but core", ()),
        ("core only, nothing more", ()),
        ("a plank and nothing else", ()),
        ("core, no lunges or any jumping", ("lunges", "jumping")),
        ("I don't want anything on the floor", ("on the floor",)),
    ],
)
def test_what_is_not_wanted_is_read_in_whole_phrases(request_: str, unwanted: tuple[str, ...]) -> None:
    assert read_wishes(request_, "", None, "fitness").unwanted == unwanted


@pytest.mark.parametrize("phrase", ["travel in the US", "English Channel", "watering can", "fly fishing reels"])
def test_words_that_could_ask_for_a_film_are_left_to_what_they_belong_to(phrase: str) -> None:
    assert read_wishes(f"one minute: {phrase}", "", None).phrases == (phrase,)


@pytest.mark.parametrize(
    ("requirements", "warms_up"), [("two minutes of core", True), ("two minutes of breathing and relaxation", False)]
)
def test_who_wants_to_rest_is_not_warmed_up_before(requirements: str, warms_up: bool) -> None:
    assert ("warm up" in {query.topic for query in planned(requirements).queries}) is warms_up


def planned(requirements: str, context: str = ""):
    return plan_queries(
        CompilationBrief(
            requirements=requirements, context=context, seconds=None, collection=None, tags=(), without=(),
            model="embedded/planner@4",
        )
    )  # fmt: skip


def test_a_title_has_whole_words_and_no_loose_end() -> None:
    long = "30 seconds: an ill disposed man, a respectable woman, people crossing"
    assert (
        planned(long, "a walk with Jane Austen").title == "A Walk with Jane Austen: Ill Disposed Man, Respectable Woman"
    )
    assert planned("mobility and core", "morning workout").title == "Morning Workout: Mobility and Core"


def test_every_query_serves_what_the_request_names_and_the_ends_serve_themselves() -> None:
    served = {query.serves for query in planned("5 minutes, mobility and core").queries}
    assert served == {"mobility", "core", "warm up", "cool down"}


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        ("everything about penguins and seals, 3 min", "Penguins and Seals"),
        ("a routine for core and hip mobility, no jumping", "Core and Hip Mobility"),
        ("pasta with tomato sauce. For dinner.", "Pasta and Tomato Sauce"),
        ("surfing", "Surfing"),
        ("Show me how to bake sourdough bread, please", "Bake Sourdough Bread"),
        ("Make me a 60 second clip reel showing skateboard tricks for my Instagram", "Skateboard Tricks"),
        ("Best goals of the season (2026)", "Best Goals of the Season"),
    ],
)
def test_a_title_is_in_the_requests_own_words_and_says_nothing_about_the_film(request_: str, title: str) -> None:
    assert planned(request_).title == title


@pytest.mark.parametrize(
    "requirements", ["5 minutes, mobility and core", "one minute: an old harbour", "zwiebelkuchen"]
)
def test_there_are_five_to_eight_queries(requirements: str) -> None:
    found = planned(requirements).queries
    assert 5 <= len(found) <= 8
    assert len({query.text for query in found}) == len(found)
    assert all(1 <= query.priority <= 10 and query.text.strip(" :") == query.text for query in found)
