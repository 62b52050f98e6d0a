"""What was spent, summed by artifact, scene and project; and the budgets that stop it."""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, Row, or_, select

from pixora_pipeline.model.cost import Cost, place_of
from pixora_pipeline.model.value import Value
from pixora_pipeline.store.account_tables import AttemptRow, CallRow
from pixora_pipeline.store.tables import ProjectRow


class Shortfall(Value):
    """Why a budget does not reach. `wanted` None means that nobody knows what the request costs."""

    project: str
    budget: float
    committed: float
    wanted: float | None


class Spending:
    """Sums over the journal."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_work(self, key: str) -> Cost:
        """What one version of an artifact cost, all parts of the work together."""
        return self._sum(or_(CallRow.key == key, CallRow.key.startswith(f"{key}/", autoescape=True)))

    def of_project(self, project: str) -> Cost:
        """What a project cost so far, all its takes and versions."""
        return self._sum(CallRow.project_id == project)

    def by_place(self, project: str) -> dict[str, Cost]:
        """What each artifact of a project cost, by its place: `music`, `scene_image@s03`."""
        costs: dict[str, Cost] = {}
        for row in self._rows(CallRow.project_id == project):
            place = place_of(row.key, project)
            costs[place] = costs.get(place, Cost()) + cost_of_row(row)
        return costs

    def _sum(self, *wanted) -> Cost:
        return sum((cost_of_row(row) for row in self._rows(*wanted)), Cost())

    def _rows(self, *wanted) -> list[Row]:
        with self._engine.connect() as connection:
            return _rows(connection, *wanted)


def by_scene(costs: dict[str, Cost]) -> dict[str | None, Cost]:
    """The costs by place summed by scene; None is what belongs to the whole film."""
    scenes: dict[str | None, Cost] = {}
    for place, cost in costs.items():
        slot = place.partition("@")[2] or None
        scenes[slot] = scenes.get(slot, Cost()) + cost
    return scenes


def reserve(connection: Connection, call: int, expected_usd: float | None) -> Shortfall | None:
    """Whether the budget of a call's project reaches for one more request; what is under way counts as expected.

    Within the transaction that writes the request: two processes can't both spend the last dollar.
    """
    project = connection.execute(select(CallRow.project_id).where(CallRow.id == call)).scalar()
    locked = select(ProjectRow.preferences).where(ProjectRow.id == project).with_for_update()
    preferences = connection.execute(locked).scalar() if project else None
    budget = preferences.get("budget_usd") if isinstance(preferences, dict) else None
    if budget is None or expected_usd == 0.0:
        return None
    committed = sum(_committed(row) for row in _rows(connection, CallRow.project_id == project))
    if expected_usd is not None and committed + expected_usd <= budget + 1e-9:
        return None
    return Shortfall(project=project, budget=budget, committed=round(committed, 6), wanted=expected_usd)


def _rows(connection: Connection, *wanted) -> list[Row]:
    columns = (CallRow.key, AttemptRow.state, AttemptRow.usd, AttemptRow.expected_usd)
    joined = select(*columns).join(AttemptRow, AttemptRow.call_id == CallRow.id)
    return list(connection.execute(joined.where(*wanted)).all())


def _committed(row: Row) -> float:
    known: Iterable[float | None] = (row.usd, row.expected_usd, 0.0)
    return next(usd for usd in known if usd is not None)


def cost_of_row(row: Row) -> Cost:
    """What one attempt cost."""
    if row.state in ("sent", "running"):
        return Cost(requests=1, reserved=row.expected_usd or 0.0, unknown=int(row.expected_usd is None))
    if row.state == "failed" and row.usd == 0.0:
        return Cost()
    return Cost(
        usd=row.usd or 0.0, unknown=int(row.usd is None), requests=1, lost=int(row.state in ("lost", "given_up"))
    )
