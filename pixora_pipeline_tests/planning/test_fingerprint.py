"""A fingerprint is another exactly when something that may change the result is."""

import json
from datetime import UTC, datetime
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from pixora_pipeline.model.content import canonical_json, hash_text, hash_value
from pixora_pipeline.model.project import Preferences, Project, Takes
from pixora_pipeline.planning.fingerprint import fingerprint, place_name
from pixora_pipeline.planning.foresight import file_version
from pixora_pipeline.planning.recipe import Recipe

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
HASHES = st.text("0123456789abcdef", min_size=4, max_size=4)
INPUTS = st.dictionaries(st.sampled_from(["music", "voice_over@s01", "voice_over@s02", "timeline"]), HASHES, max_size=4)
RECIPE = Recipe(name="scene_image", scope="scene", group="", description="", version="1", retakes=True)
PROJECT = Project(
    id="p-aaaaaaaaaa", owner="local", kind="story", title=None, text="A text.", preferences=Preferences(), revision=1,
    created_at=datetime.now(UTC),
)  # fmt: skip


def of(recipe: Recipe = RECIPE, project: Project = PROJECT, slot: str | None = "s01", **inputs: str) -> str:
    return fingerprint(recipe, project, slot, inputs)


def with_version(**how) -> Recipe:
    return Recipe(**{**RECIPE.__dict__, **how})


def shuffled(value, random: Random):
    """The same value with the keys of every object in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(each, random) for each in value] if isinstance(value, list) else value


@given(value=JSON, random=st.randoms(use_true_random=False))
def test_the_order_of_keys_is_without_meaning(value, random: Random) -> None:
    assert hash_value(shuffled(value, random)) == hash_value(value)


@given(value=JSON)
def test_a_value_that_was_stored_and_read_is_the_same(value) -> None:
    assert hash_value(json.loads(json.dumps(value))) == hash_value(value)
    assert hash_value(json.loads(canonical_json(value))) == hash_value(value)


@given(one=JSON, other=JSON)
def test_two_values_have_one_name_only_if_they_are_written_alike(one, other) -> None:
    assert (hash_value(one) == hash_value(other)) == (canonical_json(one) == canonical_json(other))


@given(items=st.lists(st.text(), min_size=2, max_size=4, unique=True))
def test_the_order_of_a_list_has_meaning(items: list[str]) -> None:
    assert hash_value(items) != hash_value(items[::-1])


@given(text=st.text(min_size=1))
def test_every_letter_has_meaning(text: str) -> None:
    assert hash_value(text) != hash_value(text + "\u0301")
    assert hash_value([text]) != hash_value([text[:-1], text[-1]])
    if text.strip() != text:
        assert hash_value(text) != hash_value(text.strip())


def test_texts_that_look_alike_are_told_apart() -> None:
    assert hash_value("café") != hash_value("cafe\u0301")  # another normal form is spoken alike and is another text
    assert hash_value("a") != hash_value("а")  # the second is Cyrillic
    assert len(hash_value("\ud800")) == 32  # half a surrogate, as JSON may hold


@given(number=NUMBERS)
def test_a_number_is_no_text(number: float) -> None:
    assert hash_value(number) != hash_value(str(number))


@given(seconds=st.integers(20, 600))
def test_a_length_is_the_same_whether_a_row_says_60_or_60_point_0(seconds: int) -> None:
    rows = (f'{{"seconds": {seconds}}}', f'{{"seconds": {seconds}.0}}', f'{{"seconds": {seconds}.000}}')
    wishes = [Preferences.model_validate_json(row).model_dump(mode="json") for row in rows]
    assert len({hash_value(each) for each in wishes}) == 1


@given(inputs=INPUTS, random=st.randoms(use_true_random=False))
def test_the_order_of_inputs_is_without_meaning(inputs: dict[str, str], random: Random) -> None:
    assert fingerprint(RECIPE, PROJECT, "s01", shuffled(inputs, random)) == fingerprint(RECIPE, PROJECT, "s01", inputs)


@given(inputs=INPUTS, others=INPUTS)
def test_another_input_is_another_fingerprint(inputs: dict[str, str], others: dict[str, str]) -> None:
    assume(inputs != others)
    assert of(a="1") != of()
    assert fingerprint(RECIPE, PROJECT, "s01", inputs) != fingerprint(RECIPE, PROJECT, "s01", others)


def test_another_recipe_is_another_fingerprint() -> None:
    assert len({of(), of(with_version(version="2")), of(with_version(name="scene_motion"))}) == 3


def test_only_the_part_of_the_row_that_a_recipe_reads_has_meaning() -> None:
    voice = with_version(row=lambda project: project.preferences.voice)
    wishes = Preferences(voice="en-gb", style="ink")
    changed = PROJECT.model_copy(update={"preferences": wishes, "title": "Other", "revision": 7})
    assert of(project=changed) == of()
    assert of(voice, changed) != of(voice)
    assert of(voice, changed.model_copy(update={"preferences": Preferences(voice="en-gb")})) == of(voice, changed)


def test_a_take_counts_for_its_own_place_alone() -> None:
    other = PROJECT.model_copy(update={"takes": {"scene_image@s01": Takes(used=2, asked=3)}})
    assert of(project=other) != of()
    assert of(project=other, slot="s02") == of(slot="s02")
    assert of(with_version(retakes=False), other) == of(with_version(retakes=False))


def test_going_back_to_the_first_take_is_the_first_fingerprint() -> None:
    back = PROJECT.model_copy(update={"takes": {"scene_image@s01": Takes(used=1, asked=3)}})
    assert of(project=back) == of()


def test_a_place_has_one_name() -> None:
    assert place_name(("voice_over", "s03")) == "voice_over@s03"
    assert place_name(("music", None)) == "music"


@given(text=st.text(st.characters(exclude_categories=["Cs"])), facts=st.dictionaries(st.text(), NUMBERS, max_size=3))
def test_a_version_is_its_files_and_its_facts(text: str, facts: dict) -> None:
    files = {"value.json": hash_text(text)}
    assert file_version(files, facts) == file_version(dict(files), dict(reversed(facts.items())))
    assert file_version(files, facts) != file_version({"other.json": hash_text(text)}, facts)
    assert file_version(files, facts) != file_version(files, {**facts, "one more": 1})
