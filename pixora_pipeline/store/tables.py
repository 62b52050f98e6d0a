"""The app database's tables. Dagster's own event log is elsewhere and nothing here copies it."""

from sqlalchemy import JSON, DateTime, Integer, String, Text, func
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
    revision: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[DateTime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[DateTime] = mapped_column(DateTime(timezone=True), server_default=func.now(), index=True)
