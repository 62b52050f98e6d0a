"""A sheet of 24 pictures that shows what the embedded artist can do: `python -m` this module, and where to put it.

The same two people and one palette go through all of them, as in a film.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.script import CharacterProfile, Mood
from pixora_pipeline.providers.embedded.artist.artist import EmbeddedArtist

NELL = CharacterProfile(name="Nell", look="a girl with long red hair in a yellow coat")
TOBIAS = CharacterProfile(name="Tobias", look="an old man with a white beard and a blue cap in a dark blue coat")
ALONE, BOTH = (NELL,), (NELL, TOBIAS)

SCENES: tuple[tuple[str, Mood, tuple[CharacterProfile, ...]], ...] = (
    ("A wide view of mountains at dawn", "calm", ALONE),
    ("A forest in the morning mist", "mysterious", BOTH),
    ("A ship on the sea in a storm, lightning at night", "tense", ()),
    ("A lighthouse on the cliffs of the coast at dusk", "hopeful", BOTH),
    ("A quiet lake at sunset", "calm", ()),
    ("A village in the snow on a winter evening", "joyful", BOTH),
    ("A city with tall towers at night", "curious", ()),
    ("A room with a window while rain beats on the glass", "sad", ALONE),
    ("A desert at noon with dunes", "tense", ALONE),
    ("A bridge over the river", "hopeful", BOTH),
    ("A castle on the hill at dusk", "epic", ()),
    ("A temple with columns", "epic", ALONE),
    ("The planets and their orbits round the sun", "curious", ()),
    ("Fish and corals under water on the sea floor", "joyful", ()),
    ("A cave with an opening to the light", "mysterious", ALONE),
    ("A volcano erupts with lava at night", "epic", ()),
    ("An old clockwork machine of wheels and gears", "curious", ()),
    ("An open book with pages", "calm", ()),
    ("A field of wheat in summer", "joyful", BOTH),
    ("A lonely old tree on the hill at dusk", "sad", ALONE),
    ("A road through the land in the rain", "sad", BOTH),
    ("A door that stands open to the light", "hopeful", ALONE),
    ("The night sky full of stars, the milky way", "curious", BOTH),
    ("An hourglass in which time runs out", "tense", ()),
)
COLUMNS, TILE, GAP = 4, (400, 225), 6
DRAWN_LARGER = 2
PALETTE_SEED = 3
GROUND = (24, 24, 28)
QUALITY = 80


def draw_sheet(to: Path) -> None:
    """Draw every scene and lay them out as one JPEG."""
    rows = -(-len(SCENES) // COLUMNS)
    size = (COLUMNS * (TILE[0] + GAP) + GAP, rows * (TILE[1] + GAP) + GAP)
    page = Image.new("RGB", size, GROUND)
    for index in range(len(SCENES)):
        row, column = divmod(index, COLUMNS)
        page.paste(_tile(index), (GAP + column * (TILE[0] + GAP), GAP + row * (TILE[1] + GAP)))
    page.save(to, "JPEG", quality=QUALITY, optimize=True, progressive=True)


def _tile(index: int) -> Image.Image:
    description, mood, people = SCENES[index]
    width, height = (side * DRAWN_LARGER for side in TILE)
    request = PictureRequest(
        description=description, mood=mood, characters=people, width=width, height=height, seed=index,
        palette_seed=PALETTE_SEED,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="pixora-sheet-") as folder:
        picture = Path(folder) / "picture.png"
        EmbeddedArtist().draw(request, picture)
        with Image.open(picture) as drawn:
            return drawn.resize(TILE, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw_sheet(Path(sys.argv[1]))
