"""The app database's tables. Dagster's own event log is elsewhere and nothing here copies it."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, Index, Integer, String, Text, func
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
