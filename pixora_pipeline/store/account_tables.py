"""The tables of paid work: accounts at services, how each has been used, and the calls made with them.

Times are seconds since 1970 by the database's own clock.
"""

from sqlalchemy import JSON, Float, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pixora_pipeline.store.tables import Base


class AccountRow(Base):
    """An account at a service. `secret` is sealed; None where the environment holds it, or none is needed."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("service", "alias"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    service: Mapped[str] = mapped_column(String(32))
    alias: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(16), server_default="stored")
    secret: Mapped[str | None] = mapped_column(Text)
    base_url: Mapped[str | None] = mapped_column(Text)
    options: Mapped[dict] = mapped_column(JSON, server_default="{}")
    per_minute: Mapped[int | None] = mapped_column(Integer)
    per_day: Mapped[int | None] = mapped_column(Integer)
    at_once: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16), server_default="ready")
    reason: Mapped[str | None] = mapped_column(Text)
    resting_until: Mapped[float] = mapped_column(Float, server_default="0")
    strikes: Mapped[int] = mapped_column(Integer, server_default="0")
    proven_at: Mapped[float] = mapped_column(Float, server_default="0")
    last_used_at: Mapped[float] = mapped_column(Float, server_default="0")


class UseRow(Base):
    """One use of an account: a lease while `expires_at` lies ahead, and for a day what its limits are counted by."""

    __tablename__ = "account_uses"
    __table_args__ = (Index("ix_account_uses", "account_id", "seen_by"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(Integer)
    holder: Mapped[str] = mapped_column(String(200))
    taken_at: Mapped[float] = mapped_column(Float)
    seen_by: Mapped[float] = mapped_column(Float)
    expires_at: Mapped[float | None] = mapped_column(Float)


class HourRow(Base):
    """How an account fared in one hour. What it cost is in the journal."""

    __tablename__ = "account_hours"

    account_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    hour: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    requests: Mapped[int] = mapped_column(Integer, server_default="0")
    answered: Mapped[int] = mapped_column(Integer, server_default="0")
    limited: Mapped[int] = mapped_column(Integer, server_default="0")
    failed: Mapped[int] = mapped_column(Integer, server_default="0")
    seconds: Mapped[float] = mapped_column(Float, server_default="0")


class ServiceRow(Base):
    """A service's breaker. Its row is also the lock under which accounts are chosen."""

    __tablename__ = "services"

    service: Mapped[str] = mapped_column(String(32), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, server_default="0")
    opened_until: Mapped[float] = mapped_column(Float, server_default="0")


class CallRow(Base):
    """A paid request by what it is for and what it asks. Whoever holds it is the only one to send it."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_project", "project_id", "key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    identity: Mapped[str] = mapped_column(String(64), unique=True)
    project_id: Mapped[str | None] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(200), index=True)
    part: Mapped[str] = mapped_column(String(200))
    service: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(200))
    capability: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), server_default="open")
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[str | None] = mapped_column(Text)
    holder: Mapped[str | None] = mapped_column(String(200))
    held_until: Mapped[float] = mapped_column(Float, server_default="0")
    created_at: Mapped[float] = mapped_column(Float)
    answered_at: Mapped[float | None] = mapped_column(Float, index=True)


class AttemptRow(Base):
    """One sending of a call, written before it is sent: sent, running, succeeded, failed, lost or given_up.

    `expected_usd` and `usd` are None where they are unknown.
    """

    __tablename__ = "call_attempts"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    call_id: Mapped[int] = mapped_column(Integer, index=True)
    account: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    job_id: Mapped[str | None] = mapped_column(String(200))
    expected_usd: Mapped[float | None] = mapped_column(Float)
    usd: Mapped[float | None] = mapped_column(Float)
    usage: Mapped[dict] = mapped_column(JSON, server_default="{}")
    reason: Mapped[str | None] = mapped_column(Text)
    began_at: Mapped[float] = mapped_column(Float)
    ended_at: Mapped[float | None] = mapped_column(Float)
