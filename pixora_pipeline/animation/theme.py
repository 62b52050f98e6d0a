"""The colours of an animated film. Data; a theme goes with a style of pictures, so that mixed films hold together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Hex colours: the ground, a raised panel on it, words, quiet words, and four accents told apart by everybody."""

    ground: str
    panel: str
    ink: str
    quiet: str
    accents: tuple[str, str, str, str]

    def accent(self, number: int) -> str:
        """An accent by number, from 0, round and round."""
        return self.accents[number % len(self.accents)]


NIGHT = Theme("#11152a", "#1d2340", "#f4f1e8", "#a9b0c9", ("#ffc857", "#5cc8ff", "#ff7a70", "#8be28b"))
PAPER = Theme("#f6f1e4", "#e9e1cc", "#22262f", "#5d6270", ("#b5530f", "#17608f", "#a3243b", "#2c6e3f"))
SLATE = Theme("#20302c", "#2c403a", "#f2efe4", "#b3c2ba", ("#f6c667", "#86d3e0", "#f29a86", "#b6dd8d"))
MONO = Theme("#0d0d0f", "#1c1d21", "#f5f5f5", "#a7a8ad", ("#ffd23f", "#4cc9f0", "#f08a9b", "#9be564"))

_BY_STYLE = {"paper": PAPER, "watercolour": PAPER, "ink": MONO, "noir": MONO, "painted": NIGHT, "chalk": SLATE}


def theme_for(style: str) -> Theme:
    """The theme that goes with a style of pictures."""
    return _BY_STYLE.get(style, NIGHT)
