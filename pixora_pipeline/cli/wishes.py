"""The options of a film, checked together before a project is made of them."""

from pydantic import ValidationError

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.frame import ASPECTS, RESOLUTIONS
from pixora_pipeline.model.project import KINDS, SECONDS_LIMITS, Preferences
from pixora_pipeline.providers.embedded.artist.styles import STYLES
from pixora_pipeline.providers.voices import check_voice_reads, has_listed_voices, language_of, voice_for

_LONGEST_TITLE = 300


def check_wishes(text: str, kind: str, title: str | None, **options) -> Preferences:
    """The preferences these options stand for. Raises `UserError` for the first that can't be met."""
    _one_of("--kind", kind, KINDS)
    _one_of("--aspect", options["aspect"], ASPECTS)
    _one_of("--resolution", options["resolution"], RESOLUTIONS)
    check_style(options["style"])
    if title is not None:
        _check_title(title)
    speech = options["models"].speech if "models" in options else "embedded"
    options["voice"], options["language"] = check_voice(options["voice"], text, options["language"], speech)
    check_budget(options.get("budget_usd"))
    try:
        return Preferences(**options)
    except ValidationError:
        least, most = SECONDS_LIMITS
        raise UserError(f"--seconds is {options['seconds']:g}; a film may last {least} to {most} seconds.") from None


def _check_title(title: str) -> None:
    if any(0xD800 <= ord(letter) < 0xE000 for letter in title):
        raise UserError("--title is not valid UTF-8 text.")
    if not 0 < len(title.strip()) <= _LONGEST_TITLE:
        raise UserError(f"--title has {len(title.strip())} characters; it needs 1 to {_LONGEST_TITLE}.")


def check_style(style: str) -> str:
    """The style, if there is one of that name. Raises `UserError`."""
    _one_of("--style", style, STYLES)
    return style


def check_budget(budget: float | None) -> float | None:
    """The budget, if it is one. Raises `UserError`."""
    if budget is not None and not 0 <= budget < float("inf"):
        raise UserError(f"--budget is {budget:g}; give US dollars, 0 or more.")
    return budget


def check_voice(voice: str | None, text: str, language: str | None, model: str = "embedded") -> tuple[str | None, str]:
    """The voice and the language of a text; a voice that can't read its letters is refused. Raises `UserError`."""
    spoken = language or (language_of(model, voice) if voice else "en")
    # Asked for even where a voice is given: a language that nobody speaks is refused.
    usual = voice_for(model, spoken) if voice is None or has_listed_voices(model) else None
    speaker = check_voice_reads(model, voice or usual or "", text)
    return (speaker if voice else None), spoken


def _one_of(option: str, given: str, choices: tuple[str, ...]) -> None:
    if given not in choices:
        raise UserError(f"{option} is {given!r}; choose one of {', '.join(choices)}.")
