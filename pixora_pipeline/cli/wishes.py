"""The options of a film, checked together before a project is made of them."""

from collections.abc import Mapping

from pydantic import ValidationError

from pixora_pipeline.animation.installed import check_installed
from pixora_pipeline.assets.brief import writer_of
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.captions import CAPTION_STYLES
from pixora_pipeline.model.frame import ASPECTS, FRAME_RATES, RESOLUTIONS
from pixora_pipeline.model.project import KINDS, NARRATE, SECONDS_LIMITS, Models, Preferences
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.providers.embedded.artist.styles import STYLES
from pixora_pipeline.providers.voices import check_voice_reads, has_listed_voices, language_of, voice_for

_LONGEST_TITLE = 300


def check_wishes(text: str, kind: str, title: str | None, **options) -> Preferences:
    """The preferences these options stand for. Raises `UserError` for the first that can't be met."""
    models = options.get("models", Models())
    check_kind(kind, models.text)
    _one_of("--aspect", options["aspect"], ASPECTS)
    _one_of("--resolution", options["resolution"], RESOLUTIONS)
    check_fps(options.get("fps", 30))
    check_captions(options.get("captions", "none"), text)
    check_style(options["style"])
    if title is not None:
        _check_title(title)
    options["sound"] = check_sound(SoundWishes(), options.pop("sound", {}))
    options["voice"], options["language"] = check_voice(options["voice"], text, options["language"], models.speech)
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


def check_kind(kind: str, writer: str) -> None:
    """Raise `UserError` unless films of that kind are made, and can be made here, with that writer."""
    _one_of("--kind", kind, KINDS)
    if kind == "explainer":
        check_installed()
    writer_of(kind, writer)


def check_narrate(kind: str, narrate: str) -> str:
    """Which explanation is spoken, if there is one. Raises `UserError`."""
    _one_of("--narrate", narrate, NARRATE)
    if narrate != NARRATE[0] and kind != "explainer":
        raise UserError("--narrate is for an explainer: add --kind explainer, or leave it out.")
    return narrate


def check_style(style: str) -> str:
    """The style, if there is one of that name. Raises `UserError`."""
    _one_of("--style", style, STYLES)
    return style


def check_fps(fps: int) -> int:
    """The frames a second, if films are made at that speed. Raises `UserError`."""
    _one_of("--fps", fps, FRAME_RATES)
    return fps


def check_captions(style: str, text: str) -> str:
    """The style of burned captions, if there is one of that name and a font for the text. Raises `UserError`."""
    _one_of("--captions", style, CAPTION_STYLES)
    if style != "none":
        from pixora_pipeline.media.captions import check_captions_can_be_set

        check_captions_can_be_set(style, text)
    return style


def check_sound(sound: SoundWishes, changes: Mapping[str, float | None]) -> SoundWishes:
    """The sound with those changes that are not None. Raises `UserError` for the first that can't be had."""
    given = {name: value for name, value in changes.items() if value is not None}
    try:
        return SoundWishes.model_validate({**sound.model_dump(), **given})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        limits = SoundWishes.model_fields[name].metadata
        least = next(each.ge for each in limits if hasattr(each, "ge"))
        most = next(each.le for each in limits if hasattr(each, "le"))
        option = "--footage-sound" if name == "footage" else f"--{name.replace('_', '-')}"
        raise UserError(f"{option} is {given[name]:g}; choose {least:g} to {most:g}.") from None


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


def _one_of(option: str, given: str | int, choices: tuple[str | int, ...]) -> None:
    if given not in choices:
        raise UserError(f"{option} is {given!r}; choose one of {', '.join(map(str, choices))}.")
