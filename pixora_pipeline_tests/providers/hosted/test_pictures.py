"""Pictures by services: the size asked for, the characters kept to, words set by us, half pictures refused."""

from pathlib import Path

import pytest
from PIL import Image

from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.requests import PictureRequest, ReferencePicture
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.faults import BadOutput, Refused
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers.media import png
from pixora_pipeline_tests.providers.servers.service import LoopbackService
from pixora_pipeline_tests.providers.servers.street import Street

REQUEST = PictureRequest(description="A red boat in a harbour", width=480, height=270)
ARTISTS = ["openai/gpt-image-2.5-flare", "gateway/seedream", "gateway/nanobanana", "localai/stablediffusion"]


def server_of(street: Street, model: str) -> LoopbackService:
    return street.gateway if model.startswith("gateway") else street.openai


@pytest.mark.parametrize("model", ARTISTS)
def test_a_picture_has_the_size_asked_for(hired: Engage, tmp_path: Path, model: str) -> None:
    picture = hired("image", model).draw(REQUEST, tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as drawn:
        assert drawn.format == "PNG" and drawn.size == (480, 270) == (picture.width, picture.height)
        assert len(set(drawn.convert("L").tobytes())) > 50


@pytest.mark.parametrize("model", ARTISTS[:3])
def test_characters_are_shown_as_they_were_drawn(hired: Engage, street: Street, tmp_path: Path, model: str) -> None:
    portrait = tmp_path / "anna.png"
    portrait.write_bytes(png(96, 96))
    anna = CharacterProfile(name="Anna", look="a yellow coat")
    reference = ReferencePicture(name="Anna", content=hash_file(portrait), path=portrait)
    asked = REQUEST.model_copy(update={"characters": (anna,), "references": (reference,)})
    hired("image", model).draw(asked, tmp_path / "p.png")
    (seen,) = server_of(street, model).paid
    if "openai" in model:
        assert seen.path.endswith("/images/edits") and seen.form["image[]"] == [portrait.read_bytes()]
        assert "Anna: a yellow coat." in seen.form["prompt"][0]
    else:
        assert portrait.name and len(seen.body) > len(portrait.read_bytes())


def test_pictures_with_references_are_paid_for_by_the_token(hired: Engage, order: Order, tmp_path: Path) -> None:
    hired("image", "openai/gpt-image-2.5-flare").draw(REQUEST, tmp_path / "p.png")
    assert order.cost_usd == pytest.approx((5 * 50 + 30 * 400) / 1e6)


def test_words_are_set_on_the_picture(hired: Engage, tmp_path: Path) -> None:
    artist = hired("image", "openai/gpt-image-2.5-flare")
    artist.draw(REQUEST, tmp_path / "plain.png")
    titled = artist.draw(REQUEST.model_copy(update={"caption": "The Boat", "role": "title"}), tmp_path / "t.png")
    assert titled.caption_drawn
    assert (tmp_path / "plain.png").read_bytes() != (tmp_path / "t.png").read_bytes()


@pytest.mark.parametrize("data", [b"", b"<html>", png()[:-900], b"\x89PNG\r\n\x1a\n" + b"0" * 99], ids=len)
def test_half_a_picture_is_no_picture(hired: Engage, street: Street, tmp_path: Path, data: bytes) -> None:
    street.openai.pictures.append(data)
    with pytest.raises(BadOutput):
        hired("image", "openai/gpt-image-2.5-flare").draw(REQUEST, tmp_path / "p.png")
    assert not (tmp_path / "p.png").exists()


def test_a_lost_file_is_paid_for_again_and_a_kept_one_is_not(
    hired: Engage, street: Street, order: Order, tmp_path: Path
) -> None:
    artist = hired("image", "openai/gpt-image-2.5-flare")
    artist.draw(REQUEST, tmp_path / "p.png")
    artist.draw(REQUEST, tmp_path / "p.png")
    assert len(street.openai.paid) == 1
    order.file("picture").write_bytes(b"spoiled")
    artist.draw(REQUEST, tmp_path / "p.png")
    assert len(street.openai.paid) == 2
    assert [receipt.part for receipt in order.receipts] == ["picture", "picture", "picture, again 2"]


def test_a_picture_that_gemini_blocks_is_a_refusal(hired: Engage, street: Street, tmp_path: Path) -> None:
    street.gateway.candidates.append({"finishReason": "IMAGE_SAFETY", "content": {"parts": []}})
    with pytest.raises(Refused, match="image safety"):
        hired("image", "gateway/nanobanana").draw(REQUEST, tmp_path / "p.png")
