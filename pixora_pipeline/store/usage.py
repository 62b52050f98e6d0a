"""How much each account was used, how it fared, and what that cost."""

from sqlalchemy import Engine, func, select

from pixora_pipeline.model.cost import Cost
from pixora_pipeline.model.value import Value
from pixora_pipeline.store.account_tables import AccountRow, AttemptRow, CallRow, HourRow, UseRow
from pixora_pipeline.store.accounts import Account, as_account
from pixora_pipeline.store.spending import cost_of_row
from pixora_pipeline.store.transactions import clock

_DAY_OF_HOURS = 24


class Counts(Value):
    """Requests by how they ended. `limited` were refused for coming too often."""

    requests: int = 0
    answered: int = 0
    limited: int = 0
    failed: int = 0


class Usage(Value):
    """An account: how it stands, its last 24 hours and all its time. `seconds` is what an answer took on average.

    `rests_for` is in seconds; `under_way` counts requests that are out.
    """

    account: Account
    rests_for: float
    under_way: int
    day: Counts
    ever: Counts
    seconds: float | None
    cost: Cost


def usage(engine: Engine, service: str | None = None) -> list[Usage]:
    """Every account, or every one of a service."""
    accounts = select(AccountRow.__table__).order_by(AccountRow.service, AccountRow.id)
    with engine.connect() as connection:
        now = clock(connection)
        rows = connection.execute(accounts.where(AccountRow.service == service) if service else accounts).all()
        hours = connection.execute(select(HourRow.__table__)).all()
        out = select(UseRow.account_id, func.count()).where(UseRow.expires_at > now).group_by(UseRow.account_id)
        under_way = {row[0]: row[1] for row in connection.execute(out)}
        columns = (CallRow.service, CallRow.key, AttemptRow.account, AttemptRow.state, AttemptRow.usd)
        paid = select(*columns, AttemptRow.expected_usd).join(AttemptRow, AttemptRow.call_id == CallRow.id)
        attempts = connection.execute(paid).all()
    this_hour = int(now // 3600)
    told = []
    for row in rows:
        ever = [hour for hour in hours if hour.account_id == row.id]
        day = [hour for hour in ever if hour.hour > this_hour - _DAY_OF_HOURS]
        mine = [each for each in attempts if (each.service, each.account) == (row.service, row.alias)]
        requests = sum(hour.requests for hour in ever)
        told.append(
            Usage(
                account=as_account(row),
                rests_for=max(0.0, round(row.resting_until - now, 1)),
                under_way=under_way.get(row.id, 0),
                day=_counts(day),
                ever=_counts(ever),
                seconds=round(sum(hour.seconds for hour in ever) / requests, 3) if requests else None,
                cost=sum((cost_of_row(each) for each in mine), Cost()),
            )
        )
    return told


def _counts(hours: list) -> Counts:
    return Counts(**{name: sum(getattr(hour, name) for hour in hours) for name in Counts.model_fields})
