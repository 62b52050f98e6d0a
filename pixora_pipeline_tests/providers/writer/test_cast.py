import pytest

from pixora_pipeline.providers.embedded.writer.cast import appearances, find_cast


def cast(text: str, language: str = "en") -> dict[str, str]:
    return {profile.name: profile.look for profile in find_cast([text], language)}


def test_people_who_come_back_and_act_are_found() -> None:
    assert cast("Then Mira opened the door. Old Mira laughed. Once, a fox came.") == {"Mira": "an old person"}


@pytest.mark.parametrize(
    "text",
    [
        "They sailed to Lisbon. In Lisbon it rained. From Lisbon they went on.",
        "On Monday it rained. Then Monday was over, and next Monday came.",
        "Suddenly it rained. Suddenly it stopped. Slowly the sun came.",
        "The Thames rose. Boats left the Thames at night.",
        "Silence came once.",
    ],
)
def test_places_days_and_first_words_are_not_people(text: str) -> None:
    assert cast(text) == {}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("A girl called Nell lived by the sea. The waves were high.", "en", {"Nell": "a girl"}),
        ("Her name was Oona. The waves were high.", "en", {"Oona": "a person"}),
        ("The old keeper Tobias lit the lamp. The storm came.", "en", {"Tobias": "an old keeper"}),
        ("Then Oona, a small girl with red hair, ran out. It rained.", "en", {"Oona": "a small girl with red hair"}),
        ("\u201cStay,\u201d whispered Oona. The lamp went out.", "en", {"Oona": "a person"}),
        ("Oona opened the door. She saw the storm.", "en", {"Oona": "a woman"}),
        ("Anna repaired the lamp. The ships came home.", "en", {"Anna": "a person"}),
        ("Es war einmal ein Mädchen namens Oona. Der Wald war dunkel.", "de", {"Oona": "a girl"}),
        ("La niña llamada Oona vivía en el bosque.", "es", {"Oona": "a girl"}),
    ],
)
def test_whoever_is_introduced_as_a_person_is_one_when_named_only_once(
    text: str, language: str, expected: dict[str, str]
) -> None:
    assert cast(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Winter covered her garden. She slept.",
        "Night fell. He went home.",
        "A boat called Hope lay in the harbour.",
        "In Paris the rain fell. She slept.",
        "Paris was a small town. It slept.",
        "People believed the keeper. He smiled.",
        "Rain soaked his coat. He sighed.",
        "Then Germany lost the match.",
        "Ships sailed by. She counted them.",
        "The Hope sailed at noon, her sails full.",
    ],
)
def test_what_is_named_once_and_is_no_person_is_nobody(text: str) -> None:
    assert cast(text) == {}


def test_only_a_description_gives_a_look_not_what_else_stands_in_the_sentence() -> None:
    looks = cast("Then Jeanne chanta une vieille chanson. Puis Jeanne courut vers la mer.", "fr")
    assert looks == {"Jeanne": "a person"}


def test_at_most_four_people() -> None:
    names = ["Anna", "Berta", "Clara", "Dora", "Emma"]
    assert len(cast(" ".join(f"Then {name} said yes. And {name} said no." for name in names))) == 4


def test_a_pronoun_keeps_the_only_person_of_the_scene_before() -> None:
    scenes = ["Then Mira said yes. Soon Mira left.", "She walked for days.", "The sea was calm.", "She slept."]
    assert appearances(scenes, find_cast(scenes, "en"), "en") == [("Mira",), ("Mira",), (), ()]


def test_together_means_both() -> None:
    scenes = ["Then Mira said yes and Tom said no. Soon Mira and Tom left.", "Together they walked.", "They slept."]
    assert appearances(scenes, find_cast(scenes, "en"), "en")[1:] == [("Mira", "Tom"), ("Mira", "Tom")]
