"""The app database's tables. Dagster's own event log is elsewhere and nothing here copies it."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of all tables."""


class ProjectRow(Base):
    """A request for a film. Whoever inserts one by SQL need give no more than `id` and `text`."""

    __tablename__ = "projects"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), server_default="local", index=True)
    kind: Mapped[str] = mapped_column(String(32), server_default="story")
    title: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    preferences: Mapped[dict] = mapped_column(JSON, server_default="{}")
    overlay: Mapped[dict] = mapped_column(JSON, server_default="{}")
    takes: Mapped[dict] = mapped_column(JSON, server_default="{}")
    approval: Mapped[str] = mapped_column(String(16), server_default="not_needed")
    revision: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now(), index=True)


class UserModelsRow(Base):
    """The models that a user prefers."""

    __tablename__ = "user_models"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    models: Mapped[dict] = mapped_column(JSON)


class RevisionRow(Base):
    """A project's row as it was at each revision. Written by the database itself, whoever changes the row."""

    __tablename__ = "revisions"
    __table_args__ = (Index("ix_revisions_project", "project_id", "revision"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    project_id: Mapped[str] = mapped_column(String(32))
    revision: Mapped[int] = mapped_column(Integer)
    title: Mapped[str | None] = mapped_column(Text)
    preferences: Mapped[dict] = mapped_column(JSON)
    overlay: Mapped[dict] = mapped_column(JSON)
    takes: Mapped[dict] = mapped_column(JSON)
    approval: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ChangeRow(Base):
    """Something happened to a project that the sensor has to look at. The ids are its cursor."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    project_id: Mapped[str] = mapped_column(String(32))


class AccountRow(Base):
    """An account at a service. `secret` is sealed; None where the environment holds it, or none is needed.

    Times here and below are seconds since 1970 by the database's own clock.
    """

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


class SourceRow(Base):
    """A video of the footage library. Its files are kept by the content hashes `video` and `sidecar`."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), server_default="local", index=True)
    name: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    video: Mapped[str] = mapped_column(String(64), index=True)
    sidecar: Mapped[str | None] = mapped_column(String(64))
    tags: Mapped[list] = mapped_column(JSON, server_default="[]")
    collection: Mapped[str | None] = mapped_column(String(64))
    models: Mapped[dict] = mapped_column(JSON, server_default="{}")
    revision: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class SourceChangeRow(Base):
    """A source was added or changed. The ids are the library sensor's cursor."""

    __tablename__ = "source_changes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    source_id: Mapped[str] = mapped_column(String(32))


class PublicationRow(Base):
    """A film that we put somewhere, or were about to. What is not in here is not ours to take away."""

    __tablename__ = "publications"

    destination: Mapped[str] = mapped_column(String(500), primary_key=True)
    video_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
    put_at: Mapped[float] = mapped_column(Float)


class GeneratedVideoRow(Base):
    """A finished film as people look for it, by its project's id. `words` is what its text is searched in.

    `fingerprint` names the version of `final_video` that all of it is about.
    """

    __tablename__ = "generated_videos"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    fingerprint: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    requirements: Mapped[str] = mapped_column(Text)
    script: Mapped[dict] = mapped_column(JSON)
    sources: Mapped[list] = mapped_column(JSON)
    audio: Mapped[list] = mapped_column(JSON)
    seconds: Mapped[float] = mapped_column(Float, index=True)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    bytes: Mapped[int] = mapped_column(BigInteger)
    tags: Mapped[list] = mapped_column(JSON)
    details: Mapped[dict] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now(), index=True)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
