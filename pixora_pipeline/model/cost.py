"""What something cost, as far as that is known, and by what key it is found.

A key is `project/place/fingerprint`, such as `p-x/scene_image@s03/0f3a...`, with whatever tells parts of the same work
apart behind it: the place says whose cost it is.
"""

import re

from pixora_pipeline.model.value import Value

_FINGERPRINT = re.compile(r"/[0-9a-f]{32}(/|$)")


def work_key(project: str, place: str, fingerprint: str) -> str:
    """The key of the calls that a version of an artifact was made with."""
    return f"{project}/{place}/{fingerprint}"


def place_of(key: str, project: str | None) -> str:
    """The artifact that a key belongs to: `scene_image@s03`."""
    return _FINGERPRINT.split(key.removeprefix(f"{project}/"), maxsplit=1)[0]


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
