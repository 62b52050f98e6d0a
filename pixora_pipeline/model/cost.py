"""What something cost, as far as that is known."""

from pixora_pipeline.model.value import Value


class Cost(Value):
    """The sum over paid requests, in US dollars.

    `usd` is what is known, `unknown` how many requests nobody knows the price of, `reserved` what those under way are
    expected to cost. `requests` counts what was sent and may have been charged, `lost` those of them without an answer:
    they are counted at their expected price.
    """

    usd: float = 0.0
    unknown: int = 0
    reserved: float = 0.0
    requests: int = 0
    lost: int = 0

    @property
    def total(self) -> float | None:
        """What it cost in all; None when that is not known."""
        return None if self.unknown else round(self.usd, 6)

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(**{name: getattr(self, name) + getattr(other, name) for name in Cost.model_fields})
