"""The index holds exactly what it was given, finds by meaning and by words, and never what was excluded."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.footage.embedded_engine import embedded_engine
from pixora_pipeline.footage.index import SCENES, TRANSCRIPTS, Index, apart, mentions_any
from pixora_pipeline.footage.meanings import HostedMeaning, Lexicon
from pixora_pipeline.footage.moments import moments_of, passages
from pixora_pipeline.footage.server_engine import server_engine
from pixora_pipeline.model.footage import (
    Line,
    Moment,
    SceneDescription,
    SceneDescriptions,
    Transcript,
    VideoSource,
)
from pixora_pipeline.providers.catalogue import offer
from pixora_pipeline_tests.footage.qdrant_server import qdrant_server

NECK = "Drop your chin to your chest and roll slowly from side to side."
PLANK = "Come into a forearm plank, your body one long line."
JUMPS = "Now do ten star jumps and keep your belly tight."


def source(id: str, name: str, tags: tuple[str, ...] = (), collection: str | None = None) -> VideoSource:
    return VideoSource(
        id=id, owner="local", name=name, path="x.mp4", video="0", tags=tags, collection=collection, revision=1,
        created_at=datetime.now(UTC),
    )  # fmt: skip


def moments(of: VideoSource, *said: str, look: str = "A dim picture in green, gentle movement.") -> tuple[Moment, ...]:
    lines = tuple(Line(start=6.0 * n, end=6.0 * n + 5, text=text) for n, text in enumerate(said))
    scene = SceneDescription(start=0, end=9, look=look, words="", brightness=0.3, motion=0.1, colours=("green",))
    return moments_of(of, Transcript(origin="sidecar", lines=lines), SceneDescriptions(scenes=(scene,)))


@pytest.fixture(params=["embedded", "server"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """The engine in this process, and the client that talks to a server."""
    if request.param == "embedded":
        with embedded_engine(tmp_path) as engine:
            yield Index(engine)
    else:
        with qdrant_server() as (url, _), server_engine(url) as engine:
            yield Index(engine)


@pytest.fixture
def library(index: Index) -> Index:
    index.replace("v-aaaaaaaaaa", moments(source("v-aaaaaaaaaa", "Morning"), NECK, PLANK))
    jumps = source("v-bbbbbbbbbb", "Sweat", ("hiit",), "fitness")
    index.replace("v-bbbbbbbbbb", moments(jumps, JUMPS))
    return index


def texts(found) -> list[str]:
    return [each.moment.text for each in found]


def test_points_are_in_the_collections_of_their_kind(library: Index) -> None:
    counts = {name: len(ids) for name, ids in library.ids().items()}
    assert counts == {TRANSCRIPTS: 3, SCENES: 2, "fitness": 2}


@pytest.mark.parametrize(
    ("asked", "wanted"), [("loosen a stiff neck", NECK), ("strengthening holds on the elbows, like planks", PLANK)]
)
def test_a_moment_is_found_by_what_it_means(library: Index, asked: str, wanted: str) -> None:
    assert texts(library.search(asked, 1)) == [wanted]


def test_a_moment_is_found_by_a_word_that_nobody_knows(library: Index) -> None:
    library.replace("v-cccccccccc", moments(source("v-cccccccccc", "Odd"), "This is the Zwiebelkuchen move."))
    assert texts(library.search("zwiebelkuchen", 1)) == ["This is the Zwiebelkuchen move."]


def test_scores_are_shares_and_fall(library: Index) -> None:
    found = library.search("neck rolls")
    assert all(0 <= each.similarity <= 1 and 0 < each.rank_score <= 1 for each in found)
    assert [each.rank_score for each in found] == sorted((each.rank_score for each in found), reverse=True)


@pytest.mark.parametrize("excluded", ["jumping", "star jumps", "high impact", "belly tight"])
def test_what_is_excluded_is_never_found(library: Index, excluded: str) -> None:
    assert JUMPS in texts(library.search("core"))
    found = texts(library.search("core", exclude=[excluded]))
    assert JUMPS not in found
    assert PLANK in found


def test_a_video_in_which_nobody_speaks_is_found_by_what_it_is_called(index: Index) -> None:
    for id, name in (("v-aaaaaaaaaa", "waterfall in Norway"), ("v-bbbbbbbbbb", "old harbour")):
        look = "An evenly lit picture in orange, steady movement."
        index.replace(id, moments(source(id, name, ("travel",), "travel"), look=look))
    wanted = "harbour: boats side by side, nets drying"
    assert [each.moment.title for each in index.search(wanted, about=["travel:harbour"])] == ["old harbour"]
    assert index.search("market: stalls of fruit", about=["travel:market"]) == []
    assert index.search(wanted) == [], "what may be about anything has to be nearer"


def test_tags_sources_and_collections_narrow_the_search(library: Index) -> None:
    assert {each.moment.source for each in library.search("core", tags=["hiit"])} == {"v-bbbbbbbbbb"}
    assert {each.moment.source for each in library.search("core", sources=["v-aaaaaaaaaa"])} == {"v-aaaaaaaaaa"}
    assert {each.moment.source for each in library.search("core", collection="fitness")} == {"v-bbbbbbbbbb"}
    assert library.search("core", collection="cooking") == []


def test_what_has_nothing_to_do_with_it_is_not_found(library: Index) -> None:
    assert library.search("how to prune roses") == []


def test_where_nothing_means_it_what_has_half_of_the_words_is_found_for_who_asks_so(library: Index) -> None:
    odd = source("v-cccccccccc", "People crossing a square")
    library.replace(odd.id, moments(odd, "He had then leisure to consider what there might be in his power to do."))
    assert library.search("people dancing tango") == []
    assert library.search("people dancing", 1) == []
    assert [each.moment.title for each in library.search("people dancing", 1, by_words=True)] == [odd.name]
    assert library.search("how to prune roses", by_words=True) == []


def test_replacing_a_source_updates_exactly_its_points(library: Index) -> None:
    before = library.ids("v-aaaaaaaaaa")
    library.replace("v-bbbbbbbbbb", moments(source("v-bbbbbbbbbb", "Sweat", ("calm",)), "Breathe out."))
    assert library.ids("v-aaaaaaaaaa") == before
    assert {name: len(ids) for name, ids in library.ids("v-bbbbbbbbbb").items()} == {
        TRANSCRIPTS: 1,
        SCENES: 1,
        "fitness": 0,
    }
    assert library.search("breathe", 1)[0].moment.tags == ("calm",)


def test_removing_a_source_removes_exactly_its_points(library: Index) -> None:
    before = library.ids("v-bbbbbbbbbb")
    library.remove("v-aaaaaaaaaa")
    assert not any(library.ids("v-aaaaaaaaaa").values())
    assert library.ids("v-bbbbbbbbbb") == before


def test_the_same_source_has_the_same_points_again(library: Index) -> None:
    before = library.ids()
    library.replace("v-aaaaaaaaaa", moments(source("v-aaaaaaaaaa", "Morning"), NECK, PLANK))
    assert library.ids() == before


def test_the_index_outlives_its_process_and_has_one_owner_at_a_time(tmp_path: Path) -> None:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        list(processes.map(add_one, [(str(tmp_path), letter) for letter in "abcdef"]))
    with embedded_engine(tmp_path) as engine:
        assert len(Index(engine).ids()[TRANSCRIPTS]) == 6


def add_one(what: tuple[str, str]) -> None:
    folder, letter = what
    id = f"v-{letter * 10}"
    with embedded_engine(Path(folder)) as engine:
        Index(engine).replace(id, moments(source(id, letter), f"Words of {letter}."))


def test_moments_that_show_the_same_are_one(library: Index) -> None:
    of = source("v-dddddddddd", "Twice")
    scene = SceneDescription(start=0, end=5, look="Green.", words=NECK, brightness=0, motion=0, colours=())
    said = Transcript(origin="sidecar", lines=(Line(start=0, end=5, text=NECK),))
    library.replace(of.id, moments_of(of, said, SceneDescriptions(scenes=(scene,))))
    found = apart(library.search("neck roll", sources=[of.id]))
    assert len(found) == 1


def test_sentences_are_put_together_but_not_over_a_pause() -> None:
    lines = [
        Line(start=0, end=2, text="And now"),
        Line(start=2, end=5, text="roll your head."),
        Line(start=5.2, end=9.5, text="Slowly."),
        Line(start=20, end=21, text="Rest."),
    ]
    assert [each.text for each in passages(lines)] == ["And now roll your head.", "Slowly.", "Rest."]


def test_sentences_are_put_together_but_not_over_a_cut() -> None:
    said = ("Hold a plank on your forearms.", "Keep breathing.", "Turn over.", "Now a dead", "bug.", "Slowly.")
    lines = [Line(start=3.0 * n, end=3.0 * n + 2.8, text=text) for n, text in enumerate(said)]
    whole, short = " ".join(said[:2]), "Turn over. Now a dead bug."
    assert [each.text for each in passages(lines)] == [whole, "Turn over. Now a dead bug. Slowly."]
    assert [each.text for each in passages(lines, cuts=[6.1])] == [whole, f"{short} Slowly."]
    assert passages(lines, cuts=[3.0])[0].text == said[0], "another exercise begins"
    assert [each.text for each in passages(lines, cuts=[12.0, 15.0])][1:] == [short, "Slowly."], "no sentence is parted"


@pytest.mark.parametrize(
    ("text", "phrase", "said"),
    [
        ("Ten star jumps, please.", "jumping", True),
        ("Hold a plank.", "core", True),
        ("Hold a plank.", "jumping", False),
        ("A bright red barn.", "red barn", True),
        ("A red and a barn.", "red barn", False),
        ("Pick up the dumbbell.", "weights", True),
    ],
)
def test_a_text_mentions_what_it_says_and_what_that_belongs_to(text: str, phrase: str, said: bool) -> None:
    assert mentions_any(text, [phrase]) is said


def test_two_that_make_the_same_collection_at_once_both_go_on() -> None:
    with qdrant_server() as (url, server), server_engine(url) as engine:
        Index(engine).replace("v-aaaaaaaaaa", moments(source("v-aaaaaaaaaa", "Morning"), NECK))
        engine._create(SCENES, 384)  # the other one made it after we had looked
        assert server.log.count(f"PUT /collections/{SCENES}") == 2


def test_embeddings_never_share_a_collection(library: Index) -> None:
    class Other(Lexicon):
        name = "service/other"

        def collection(self, name: str, dimensions: int) -> str:
            return f"{name}.service.other.{dimensions}"

    other = library.by(Other())
    other.replace("v-aaaaaaaaaa", moments(source("v-aaaaaaaaaa", "Morning"), NECK))
    assert {f.moment.source for f in library.search("neck rolls and star jumps")} == {"v-bbbbbbbbbb"}
    assert {f.moment.source for f in other.search("neck rolls and star jumps")} == {"v-aaaaaaaaaa"}


def test_vectors_of_an_earlier_version_give_way(library: Index) -> None:
    class Longer(Lexicon):
        def of_moments(self, moments):
            return np.pad(super().of_moments(moments), ((0, 0), (0, 8)))

        def of_question(self, text: str, domains: Sequence[str] = ()) -> list[float]:
            return [*super().of_question(text, domains), *[0.0] * 8]

    newer = library.by(Longer())
    assert newer.search("neck rolls") == [], "nothing is compared with vectors of another length"
    newer.replace("v-aaaaaaaaaa", moments(source("v-aaaaaaaaaa", "Morning"), NECK))
    assert {each.moment.source for each in newer.search("neck rolls and star jumps")} == {"v-aaaaaaaaaa"}


def test_a_hosted_embeddings_collections_are_named_after_it() -> None:
    names = {
        HostedMeaning(offer("embedding", model)).collection(SCENES, size)
        for model, size in (("openai/text-embedding-3-small", 1536), ("openai/text-embedding-3-small", 512),
                            ("ollama/nomic:v1", 768), ("ollama/nomic_v1", 768))
    }  # fmt: skip
    assert len(names) == 4
    assert f"{SCENES}.openai.text-embedding-3-small.1536" in names
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in names)
