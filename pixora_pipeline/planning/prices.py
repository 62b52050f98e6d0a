"""What a film costs. Prices are data with a date and a source; the embedded providers cost nothing."""

from importlib.resources import files
from tomllib import loads

from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value

_CHARACTERS_PER_TOKEN = 4


class Price(Value):
    """The price of one unit of a hosted model."""

    what: str
    model: str
    unit: str
    usd: float
    date: str
    source: str


class EstimateLine(Value):
    """The share of one kind of work."""

    what: str
    model: str
    units: float
    usd: float


class Estimate(Value):
    """What the same film would cost with hosted models."""

    total_usd: float
    lines: tuple[EstimateLine, ...]


def read_prices() -> dict[str, Price]:
    """The reference prices by kind of work."""
    data = loads(files(__package__).joinpath("prices.toml").read_text("utf-8"))
    return {what: Price(what=what, **entry) for what, entry in data.items()}


def hosted_estimate(script: ScriptBreakdown, text: str) -> Estimate:
    """The film at the reference prices: the script, the voices, the music; of drawn scenes a picture and its motion."""
    prices, units = read_prices(), _units(script, text)
    lines = tuple(
        EstimateLine(
            what=what, model=prices[what].model, units=units[what], usd=round(prices[what].usd * units[what], 4)
        )
        for what in units
    )
    return Estimate(total_usd=round(sum(line.usd for line in lines), 4), lines=lines)


def _units(script: ScriptBreakdown, text: str) -> dict[str, float]:
    seconds = sum(scene.estimated_seconds for scene in script.scenes)
    spoken = sum(len(scene.narration) for scene in script.scenes)
    drawn = [scene for scene in script.scenes if scene.pictured == "drawn"]
    units = {
        "script": (len(text) + len(script.model_dump_json())) / _CHARACTERS_PER_TOKEN / 1e6,
        "pictures": len(drawn) + len(script.characters) if drawn else 0,
        "voice": spoken / 1e6,
        "music": seconds,
        "motion": sum(scene.estimated_seconds for scene in drawn),
    }
    return {what: count for what, count in units.items() if count}
