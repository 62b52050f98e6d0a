import pytest

from pixora_pipeline.providers.embedded.writer.descriptions import describe
from pixora_pipeline.providers.embedded.writer.moods import moods_of
from pixora_pipeline.providers.embedded.writer.scenery import see


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At dusk a storm came over the harbour."),
        ("de", "In der Dämmerung kam ein Sturm über den Hafen."),
        ("fr", "Au crépuscule, une tempête arriva sur le port."),
        ("es", "Al anochecer llegó una tormenta al puerto."),
        ("it", "Al tramonto una tempesta arrivò sul porto."),
        ("pt", "Ao anoitecer, uma tempestade chegou ao porto."),
        ("zh", "黄昏，暴风雨来到港口。"),
    ],
)
def test_the_same_scene_is_seen_in_every_language(language: str, text: str) -> None:
    scenery = see(text, language)
    assert ("a harbour" in scenery.places, scenery.time, scenery.weather) == (True, "at dusk", "in a storm")


def test_likenesses_are_not_seen() -> None:
    assert see("The wave came down like a great mountain.", "en").places == ()


def test_adjectives_and_plurals_are_kept() -> None:
    assert see("A small boat passed two ships.", "en").things == ("a small boat", "ships")


def test_a_scene_without_a_place_keeps_the_last_one() -> None:
    texts = ["At dawn they reached the forest.", "Nobody spoke.", "At night they saw a castle."]
    first, second, third = describe(texts, [(), (), ()], (), "en")
    assert (first, second) == ("A forest at dawn.", "A forest at dawn.")
    assert third == "A castle at night."


def test_a_scene_of_ideas_is_described_by_its_words() -> None:
    assert describe(["Inflation weakens savings, and savings matter."], [()], (), "en")[0].startswith("Savings")


@pytest.mark.parametrize(
    ("language", "text", "mood"),
    [
        ("en", "Thunder rolled, the danger grew, and they screamed in fear.", "tense"),
        ("en", "Everyone laughed and danced at the feast.", "joyful"),
        ("de", "Alle lachten und tanzten auf dem Fest.", "joyful"),
        ("fr", "Elle pleurait, seule, perdue dans le chagrin.", "sad"),
        ("es", "El misterio de la bruja y las sombras de la cueva.", "mysterious"),
        ("it", "Una luce di speranza, un nuovo inizio.", "hopeful"),
        ("pt", "O rei e o seu exército venceram a batalha, uma vitória eterna.", "epic"),
        ("en", "Scientists discovered a clue in the experiment.", "curious"),
        ("xx", "Nothing known.", "calm"),
    ],
)
def test_words_set_the_mood(language: str, text: str, mood: str) -> None:
    assert moods_of([text], language) == [mood]
