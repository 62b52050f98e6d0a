"""How a character looks: read off the words of their profile, and settled by their name where the words are silent.

The same name and words always give the same appearance, whatever the picture's seed.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.look_words import BEARD, COLOUR_WORDS, HAIR, HATS, TONES, WEAR
from pixora_pipeline.providers.embedded.artist.subject import among, words_of

Age = Literal["child", "adult", "old"]
Hair = Literal["short", "long", "bun", "curly", "bald"]
Headwear = Literal["none", "hat", "cap", "crown", "hood", "helmet", "scarf", "turban"]
Garment = Literal["coat", "robe", "dress", "suit", "armour"]


@dataclass(frozen=True)
class Appearance:
    """What every picture of a character keeps to."""

    age: Age
    woman: bool
    skin: Tone
    hair: Hair
    hair_tone: Tone
    beard: float
    headwear: Headwear
    headwear_tone: Tone
    garment: Garment
    garment_tone: Tone
    glasses: bool
    staff: bool


def appearance(profile: CharacterProfile) -> Appearance:
    """Read a profile."""
    words = words_of(profile.look)
    rng = np.random.default_rng(
        int.from_bytes(hashlib.sha256(profile.name.encode("utf-8", "replace")).digest()[:8], "big")
    )
    age, woman = _age(words), _woman(words, rng)
    beard = _beard(words, woman, age, rng)
    garment = _garment(words, woman, rng)
    hair = _hair(words, woman, rng)
    skin, own_hair = _skin(words, rng), _own_hair(rng, age)
    wear = list(TONES)[:13]
    seeded = TONES[wear[int(rng.integers(len(wear)))]].shifted(float(rng.uniform(-0.03, 0.05)))
    headwear = _headwear(words, rng, age)
    garment_tone = _coloured(words, WEAR) or (Tone(0.62, 0.02, 250) if garment == "armour" else seeded)
    return Appearance(
        age=age,
        woman=woman,
        skin=skin,
        hair=hair,
        hair_tone=_coloured(words, f"{HAIR} {BEARD}") or _bare_hair_word(words) or own_hair,
        beard=beard,
        headwear=headwear,
        headwear_tone=_coloured(words, HATS) or _headwear_tone(headwear, garment_tone),
        garment=garment,
        garment_tone=garment_tone,
        glasses=_has(words, "glasses spectacles brille lunettes gafas occhiali oculos bespectacled"),
        staff=_has(words, "staff cane stick stock canne baston bastone bengala cajado wizard shepherd pilgrim"),
    )


def _has(words: list[str], terms: str) -> bool:
    return any(among(word, terms) for word in words)


def _coloured(words: list[str], nouns: str) -> Tone | None:
    """The colour said of one of the nouns; a colour belongs to the noun nearest to it, sooner one that follows it."""
    every = f"{HAIR} {BEARD} {WEAR} {HATS} eyes eye skin skinned"
    found: list[tuple[int, str]] = []
    for place, word in enumerate(words):
        name = next((name for name, terms in COLOUR_WORDS.items() if among(word, terms)), None)
        near = range(max(0, place - 3), min(len(words), place + 4))
        costs = [(abs(at - place) * 2 + (at < place), at) for at in near if among(words[at], every)]
        if name and costs and among(words[min(costs)[1]], nouns):
            found.append((min(costs)[0], name))
    if not found:
        return None
    name = min(found)[1]
    return TONES["auburn"].shifted(0.04, 1.1) if name == "red" and nouns.startswith("hair") else TONES[name]


def _bare_hair_word(words: list[str]) -> Tone | None:
    """Hair named by one word: a blonde, a redhead."""
    names = ("blond", "auburn")
    return next((TONES[name] for name in names if _has(words, COLOUR_WORDS[name])), None)


def _age(words: list[str]) -> Age:
    if _has(words, "child boy girl kid toddler baby kind junge madchen enfant garcon fille nino nina bambin* menin*"):
        return "child"
    old = (
        "old elderly aged ancient wrinkled grandmother grandfather elder alt alte alter vieux vieille viejo vieja "
        "anziano anziana vecchio vecchia velho velha idos*"
    )
    return "old" if _has(words, old) else "adult"


def _woman(words: list[str], rng: np.random.Generator) -> bool:
    guess = bool(rng.random() < 0.5)
    if _has(
        words,
        "woman girl lady queen princess she her mother grandmother wife sister daughter goddess female witch "
        "frau madchen konigin femme fille reine mujer nina reina donna ragazza regina mulher menina rainha nun",
    ):
        return True
    if _has(
        words,
        "man boy gentleman king prince he his father grandfather husband brother son god male wizard monk mann "
        "junge konig homme garcon roi hombre nino rey uomo ragazzo re homem menino rei beard bearded",
    ):
        return False
    return guess


def _beard(words: list[str], woman: bool, age: Age, rng: np.random.Generator) -> float:
    """How long the beard is: 0 for none, 1 for a long one."""
    drawn = float(rng.random())
    if _has(words, BEARD):
        if _has(words, "shaved shaven beardless clean"):
            return 0.0
        return 1.0 if _has(words, "long great flowing lang* longue larga lunga longa") or age == "old" else 0.45
    if woman or age == "child" or _has(words, "shaved shaven beardless"):
        return 0.0
    return 0.35 if drawn < 0.3 else 0.0


def _garment(words: list[str], woman: bool, rng: np.random.Generator) -> Garment:
    drawn = float(rng.random())
    if _has(words, "armour armor knight warrior soldier mail ritter armure armadura armatura"):
        return "armour"
    if _has(words, "robe robes toga tunic monk priest wizard kimono cloak cape king pharaoh prophet kutte robe*"):
        return "robe"
    if _has(words, "dress gown skirt sari kleid vestido abito vestito"):
        return "dress"
    if _has(words, "suit jacket shirt tie uniform sweater anzug costume traje giacca terno"):
        return "suit"
    if _has(words, "coat mantel manteau abrigo cappotto casaco"):
        return "coat"
    if woman:
        return "dress" if drawn < 0.6 else "coat"
    return "coat" if drawn < 0.5 else "suit" if drawn < 0.8 else "robe"


def _hair(words: list[str], woman: bool, rng: np.random.Generator) -> Hair:
    drawn = float(rng.random())
    if _has(words, "bald hairless kahl* glatz* chauve calvo calva careca"):
        return "bald"
    if _has(words, "bun ponytail knot dutt chignon mono coque"):
        return "bun"
    if _has(words, "curly curls curled locken lockig* boucl* rizad* ricci* cachead* afro"):
        return "curly"
    if "long" in words and _has(words, HAIR):
        return "long"
    if "short" in words and _has(words, HAIR):
        return "short"
    if woman:
        return "long" if drawn < 0.55 else "bun" if drawn < 0.8 else "curly"
    return "short" if drawn < 0.75 else "curly" if drawn < 0.9 else "long"


def _headwear(words: list[str], rng: np.random.Generator, age: Age) -> Headwear:
    drawn = float(rng.random())
    kinds: tuple[tuple[Headwear, str], ...] = (
        (
            "crown",
            "crown crowned king queen prince princess tiara konig* krone roi reine rey reina re regina rei rainha",
        ),
        ("helmet", "helmet knight helm casque casco elmo capacete"),
        ("hood", "hood hooded kapuze capuche capucha cappuccio capuz"),
        ("turban", "turban"),
        ("scarf", "headscarf veil shawl hijab kopftuch voile velo nun"),
        ("cap", "cap beret beanie mutze casquette gorra berretto bone"),
        ("hat", "hat hut chapeau sombrero cappello chapeu fedora"),
    )
    for kind, terms in kinds:
        if _has(words, terms):
            return kind
    return "hat" if not words and drawn < 0.12 and age == "adult" else "none"


def _headwear_tone(headwear: Headwear, garment: Tone) -> Tone:
    fixed = {"crown": Tone(0.8, 0.14, 88), "helmet": Tone(0.66, 0.02, 250), "turban": Tone(0.9, 0.03, 85)}
    return fixed.get(headwear, garment.shifted(-0.08, 0.9))


def _skin(words: list[str], rng: np.random.Generator) -> Tone:
    drawn = int(rng.integers(5))
    if _has(words, "pale fair freckled blass"):
        return Tone(0.87, 0.045, 60)
    if _has(words, "dark african black") and _has(words, "skin skinned african"):
        return Tone(0.42, 0.065, 50)
    if _has(words, "tanned brown bronze olive") and _has(words, "skin skinned tanned olive"):
        return Tone(0.62, 0.08, 58)
    tones = ((0.84, 0.055, 62), (0.78, 0.068, 60), (0.7, 0.078, 60), (0.58, 0.08, 56), (0.46, 0.068, 50))
    return Tone(*tones[drawn])


def _own_hair(rng: np.random.Generator, age: Age) -> Tone:
    names = ("black", "black", "brown", "brown", "auburn", "blond")
    tone = TONES[names[int(rng.integers(len(names)))]]
    return TONES["grey"].shifted(0.1) if age == "old" else tone
