"""The app database's tables: requests, sources and films. Dagster's own event log is elsewhere, and not copied here."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, DateTime, Float, Index, Integer, String, Text, func
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
    """A film that we put somewhere, or were about to. What is not in here is not ours to take away.

    `put_at` is in seconds since 1970 by the database's own clock.
    """

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
