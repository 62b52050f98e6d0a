"""The embedded artist as a provider: facts, determinism, styles, people, errors."""

import numpy as np
import pytest

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.artist.artist import EmbeddedArtist
from pixora_pipeline.providers.embedded.artist.styles import STYLES

ADA = CharacterProfile(name="Ada", look="a woman with red hair in a blue coat")


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (200, 200), (200, 250), (321, 181)])
def test_the_picture_has_the_size_asked_for(draw, size):
    facts, pixels = draw(description="the forest", width=size[0], height=size[1], characters=(ADA,))
    assert pixels.shape == (size[1], size[0], 3)
    assert (facts.width, facts.height) == size
    assert all(0 <= part <= 1 for part in facts.focus)
    assert facts.composition == "forest"


def test_the_same_request_gives_the_same_bytes(tmp_path):
    request = PictureRequest(description="the village at night in the rain", width=320, height=180, caption="Home")
    for name in ("one.png", "two.png"):
        EmbeddedArtist().draw(request, tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_seed_and_words_both_make_another_picture(draw):
    _, first = draw(description="the sea", seed=1)
    _, seeded = draw(description="the sea", seed=2)
    _, worded = draw(description="the wide sea", seed=1)
    assert np.abs(first - seeded).mean() > 3
    assert np.abs(first - worded).mean() > 3


@pytest.mark.parametrize("style", STYLES[1:])
def test_a_style_changes_the_treatment(draw, style):
    _, plain = draw(description="the lake by day, at noon", seed=3)
    _, styled = draw(description="the lake by day, at noon", seed=3, style=style)
    assert np.abs(plain - styled).mean() > 3


def test_an_unknown_style_names_the_choices(draw):
    with pytest.raises(UserError, match="'oils'") as caught:
        draw(style="oils")
    assert all(style in str(caught.value) for style in STYLES)


@pytest.mark.parametrize("size", [(0, 100), (100, 9000), (-5, 200)])
def test_an_impossible_size_is_refused(draw, size):
    with pytest.raises(UserError, match=f"{size[0]} x {size[1]}"):
        draw(width=size[0], height=size[1])


def test_a_folder_that_is_not_there_may_be_there_later(tmp_path):
    with pytest.raises(TryAgain, match="nowhere"):
        EmbeddedArtist().draw(PictureRequest(description="", width=100, height=100), tmp_path / "nowhere" / "a.png")


def test_people_stand_in_the_picture_in_their_own_colours(draw):
    red = CharacterProfile(name="Rufus", look="a man in a red coat")
    request = {"description": "the lake at noon", "seed": 2, "width": 480, "height": 270}
    _, empty = draw(**request)
    facts, peopled = draw(**request, characters=(red,))
    changed = np.abs(peopled - empty).sum(axis=2) > 60
    blue, green, crimson = (peopled[..., channel][changed].astype(float) for channel in range(3))
    assert 0.001 < changed.mean() < 0.2
    assert ((crimson > green * 1.6) & (crimson > blue * 1.6)).mean() > 0.2
    assert facts.focus[1] > 0.4


def test_a_portrait_is_a_portrait(draw):
    facts, _ = draw(role="portrait", characters=(ADA,))
    assert facts.composition == "portrait"


def test_a_caption_no_font_can_set_is_reported(draw):
    facts, _ = draw(description="the sea", role="title", caption="𓀀𓀁𓀂")
    assert not facts.caption_drawn
    assert draw(description="the sea", role="title", caption="Sea")[0].caption_drawn


@pytest.mark.parametrize("text", ["\x00", "\ud800", "🙂" * 50, "مرحبا بالعالم", "a" * 5000, "\u202e\u2066"])
def test_hostile_words_still_give_a_picture(draw, text):
    hostile = CharacterProfile(name=text, look=text)
    for role in ("title", "story", "portrait"):
        _, pixels = draw(description=text, title=text, caption=text, subcaption=text, role=role, characters=(hostile,))
        assert pixels.std() > 3
