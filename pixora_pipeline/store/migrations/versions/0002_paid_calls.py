"""Accounts at services and their uses; the journal of paid calls."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _create_accounts()
    _create_uses()
    op.create_table(
        "services",
        sa.Column("service", sa.String(32), primary_key=True),
        _count("failures"),
        _number("opened_until"),
    )
    _create_calls()
    _create_attempts()


def downgrade() -> None:
    """Drop them."""
    for table in ("call_attempts", "calls", "services", "account_hours", "account_uses", "accounts"):
        op.drop_table(table)


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        _serial(),
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("alias", sa.String(64), nullable=False),
        sa.Column("source", sa.String(16), nullable=False, server_default="stored"),
        sa.Column("secret", sa.Text),
        sa.Column("base_url", sa.Text),
        sa.Column("options", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("per_minute", sa.Integer),
        sa.Column("per_day", sa.Integer),
        sa.Column("at_once", sa.Integer),
        sa.Column("state", sa.String(16), nullable=False, server_default="ready"),
        sa.Column("reason", sa.Text),
        _number("resting_until"),
        _count("strikes"),
        _number("proven_at"),
        _number("last_used_at"),
        sa.UniqueConstraint("service", "alias"),
    )


def _create_uses() -> None:
    op.create_table(
        "account_uses",
        _serial(),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("taken_at", sa.Float, nullable=False),
        sa.Column("seen_by", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float),
    )
    op.create_index("ix_account_uses", "account_uses", ["account_id", "seen_by"])
    op.create_table(
        "account_hours",
        sa.Column("account_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        *(_count(name) for name in ("requests", "answered", "limited", "failed")),
        _number("seconds"),
    )


def _create_calls() -> None:
    op.create_table(
        "calls",
        _serial(),
        sa.Column("identity", sa.String(64), nullable=False, unique=True),
        sa.Column("project_id", sa.String(32)),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("part", sa.String(200), nullable=False),
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("capability", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, server_default="open"),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("reason", sa.Text),
        sa.Column("holder", sa.String(200)),
        _number("held_until"),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("answered_at", sa.Float),
    )
    op.create_index("ix_calls_project", "calls", ["project_id", "key"])
    op.create_index("ix_calls_key", "calls", ["key"])
    op.create_index("ix_calls_answered_at", "calls", ["answered_at"])


def _create_attempts() -> None:
    op.create_table(
        "call_attempts",
        _serial(),
        sa.Column("call_id", sa.Integer, nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("job_id", sa.String(200)),
        sa.Column("expected_usd", sa.Float),
        sa.Column("usd", sa.Float),
        sa.Column("usage", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("reason", sa.Text),
        sa.Column("began_at", sa.Float, nullable=False),
        sa.Column("ended_at", sa.Float),
    )
    op.create_index("ix_call_attempts_call_id", "call_attempts", ["call_id"])


def _serial() -> sa.Column:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Float, nullable=False, server_default="0")
