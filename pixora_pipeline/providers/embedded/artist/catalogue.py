"""Every family of composition by its name."""

from collections.abc import Callable

from pixora_pipeline.providers.embedded.artist.compositions import (
    abstract,
    beacons,
    books,
    bridges,
    castles,
    caves,
    city,
    clockwork,
    country,
    doorway,
    gatherings,
    growth,
    heavens,
    heights,
    hours,
    interior,
    islands,
    lone,
    networks,
    orbits,
    scales,
    temples,
    underwater,
    volcanoes,
    waters,
    woods,
)
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage

Composition = Callable[[Stage], Composed]

SHELTERED = frozenset(
    {
        *("interior", "cave", "door", "machine", "book", "hourglass", "balance"),
        *("network", "orbits", "growth", "abstract", "underwater", "space"),
    }
)
"""Where it does not rain: inside, under water and in the sky of ideas. A room has its weather outside its window."""

COMPOSITIONS: dict[str, Composition] = {
    "mountains": heights.mountains,
    "desert": heights.desert,
    "forest": woods.forest,
    "sea": waters.sea,
    "lake": waters.lake,
    "river": country.river,
    "road": country.road,
    "field": country.field,
    "village": country.village,
    "city": city.city,
    "coast": beacons.beacon,
    "island": islands.island,
    "bridge": bridges.bridge,
    "night": heavens.night,
    "space": heavens.space,
    "interior": interior.interior,
    "door": doorway.door,
    "crowd": gatherings.crowd,
    "battle": gatherings.battle,
    "cave": caves.cave,
    "underwater": underwater.underwater,
    "volcano": volcanoes.volcano,
    "tree": lone.tree,
    "network": networks.network,
    "orbits": orbits.orbits,
    "balance": scales.balance,
    "growth": growth.growth,
    "abstract": abstract.abstract,
    "machine": clockwork.machine,
    "book": books.book,
    "hourglass": hours.hourglass,
    "castle": castles.castle,
    "temple": temples.temple,
}
