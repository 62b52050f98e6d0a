"""A word too long for a line of captions is parted where it may be, and stays whole everywhere else."""

import pytest

from pixora_pipeline.media.captions import caption_signs
from pixora_pipeline.media.long_words import parted
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import WordMark

UPRIGHT = FilmFormat(width=240, height=426)


def parts(text: str, letters: float = 16) -> list[str]:
    return [mark.text for mark in parted([WordMark(start=1, end=3, text=text)], letters)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Geschwindigkeitsbegrenzung,", ["Geschwindig-", "keitsbegrenzung,"]),
        ("Lebensversicherungsgesellschaft", ["Lebensversiche-", "rungsgesellschaft"]),
        ("Überraschungsgeburtstagsfeier", ["Überraschungsge-", "burtstagsfeier"]),
        ("Kraftfahrzeug-Haftpflichtversicherung", ["Kraftfahrzeug-", "Haftpflicht-", "versicherung"]),
        ("электроэнергетическогосоюза", ["электроэнерге-", "тическогосоюза"]),
    ],
)
def test_a_word_of_more_than_a_line_is_parted_between_syllables(word: str, expected: list[str]) -> None:
    assert parts(word) == expected


@pytest.mark.parametrize(
    "word",
    [
        "incomprehensibilities",
        "https://example.com/a/long/way",
        "1234567890123456789012345678",
        "สวัสดีครับผมชื่อสมชายยินดีที่ได้รู้จัก",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八",
        "bcdfghjklmnpqrstvwxzbcdfghjklmnp",
    ],
    ids=["hardly longer", "address", "number", "Thai", "Chinese", "no vowel"],
)
def test_others_stay_whole(word: str) -> None:
    assert parts(word) == [word]


def test_the_parts_are_heard_one_after_the_other_and_leave_nothing_out() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    marks = list(parted([WordMark(start=1, end=3, text=word)], 16))
    assert len(marks) == 3 and "".join(mark.text.removesuffix("-") for mark in marks) == word
    assert marks[0].start == 1 and marks[-1].end == pytest.approx(3)
    assert [mark.end for mark in marks[:-1]] == pytest.approx([mark.start for mark in marks[1:]])


def test_its_letters_are_nearly_as_large_as_those_of_others() -> None:
    def smallest(text: str) -> float:
        marks = [WordMark(start=at, end=at + 0.9, text=word) for at, word in enumerate(text.split())]
        signs = caption_signs("pop", "foot", marks, 0.2, 300, UPRIGHT)
        return min(float(sign.text.split("\\fs")[1].split("\\")[0]) for sign in signs if "fscx" not in sign.text)

    assert smallest("Die Lebensversicherungsgesellschaft zahlt") > 0.6 * smallest("Die Bank zahlt")
