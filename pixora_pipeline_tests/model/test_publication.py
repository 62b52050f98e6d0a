"""What is said of a published film fits into the headers of S3, whatever was asked."""

import pytest

from pixora_pipeline.model.publication import MOST_BYTES, Publication, PublishedFilm, headers_of, to_ascii

FILM = PublishedFilm(file="p-aaaaaaaaaa.mp4", hash="0" * 32, bytes=1, seconds=1.0)


def said(question: str, first: str | None = None, refined: str | None = None, **others: str) -> Publication:
    return Publication(
        video_id="p-aaaaaaaaaa",
        kind="explainer",
        **{"title": "A title", "model_used": "embedded/explainer@1", "voice_used": "en-us", **others},
        original_question=question,
        initial_explanation=first,
        refined_explanation=refined,
        generation_date="2026-11-21T15:00:00+00:00",
        film=FILM,
        provenance=(),
    )


def bytes_of(headers: dict[str, str]) -> int:
    return sum(len(f"x-amz-meta-{name}") + len(value) for name, value in headers.items())


@pytest.mark.parametrize(
    "publication",
    [
        said("Why?", "Because.", "Therefore."),
        said("Why? " * 2000, "Because. " * 5000, "Therefore. " * 5000),
        said("Why?", "Because. " * 5000, None),
        said("warum " * 9000, title="Ein Titel " * 900, voice_used="v" * 3000, model_used="m" * 3000),
        said("勾股定理是什么？", "直角三角形" * 900, "\x00\r\nX-Evil: 1\u202e"),
    ],
)
def test_headers_are_short_plain_and_on_one_line(publication: Publication) -> None:
    headers = headers_of(publication, 128)
    assert bytes_of(headers) <= MOST_BYTES - 128
    for name, value in headers.items():
        assert value.isascii() and value.isprintable() and value == " ".join(value.split()), name
        assert value, f"{name} is empty"


def test_what_is_short_is_whole_and_leaves_its_room_to_what_is_long() -> None:
    headers = headers_of(said("What is a limit?", "l" * 5000, "r" * 300))
    assert headers["original-question"] == "What is a limit?"
    assert headers["refined-explanation"] == "r" * 300
    assert headers["initial-explanation"].endswith("l...")
    assert bytes_of(headers) > MOST_BYTES - 8
    assert (headers["model-used"], headers["voice-used"]) == ("embedded/explainer@1", "en-us")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Élan vital – “naïve” Größe", 'Elan vital - "naive" Grosse'),
        ("a² + b² = c²", "a^2 + b^2 = c^2"),
        ("two\r\nlines\tand\x7f more", "two lines and more"),
        ("勾股", ""),
    ],
)
def test_letters_become_plain(text: str, plain: str) -> None:
    assert to_ascii(text) == plain
