"""The generated_videos table as values: kept exact, listed, searched. The same on SQLite and on Postgres."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Text, cast, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.generated_video import GeneratedVideo, KeptVideo, SceneAudio, VideoWish
from pixora_pipeline.store.tables import GeneratedVideoRow, ProjectRow
from pixora_pipeline.store.transactions import in_transaction

_TABLE = GeneratedVideoRow.__table__
_ESCAPE = "\\"
_FILMS_HEARD = 20
"""Films that are enough to know a voice by."""


class GeneratedVideos:
    """The films of everybody whose project there is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, video: GeneratedVideo) -> None:
        """Write a record in the place of the one before. One of the same version is left as it is."""
        row = {**video.model_dump(mode="json"), "words": _words_of(video)}

        def write(connection: Connection) -> None:
            insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(_TABLE)
            changed = {name: insert.excluded[name] for name in row if name != "id"} | {"updated_at": func.now()}
            other = _TABLE.c.fingerprint != insert.excluded.fingerprint
            connection.execute(
                insert.values(**row).on_conflict_do_update(index_elements=["id"], set_=changed, where=other)
            )

        in_transaction(self._engine, write)

    def forget(self, id: str) -> None:
        """Take a record out."""
        in_transaction(self._engine, lambda connection: connection.execute(delete(_TABLE).where(_TABLE.c.id == id)))

    def get(self, id: str) -> KeptVideo:
        """The record with that id. Raises `NotFound`."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_TABLE).where(_TABLE.c.id == id)).one_or_none()
        if row is None:
            raise NotFound(f"There is no film {id!r}. `pixora videos` shows those there are.")
        return _video(row)

    def fingerprints(self) -> dict[str, str]:
        """Which version each record is about."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_TABLE.c.id, _TABLE.c.fingerprint)).all()
        return {row.id: row.fingerprint for row in rows}

    def told_by(self, model: str, voice: str) -> list[tuple[str, SceneAudio]]:
        """What that voice of a model, by its id, said in the newest films: each scene's words, and how they sounded."""
        provider, _, name = model.partition("/")
        named = cast(_TABLE.c.audio, Text).like(_anywhere(json.dumps(voice)), escape=_ESCAPE)
        newest = select(_TABLE.c.script, _TABLE.c.audio).where(named).order_by(_TABLE.c.updated_at.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(newest.limit(_FILMS_HEARD)).all()
        return [
            (words, audio)
            for row in rows
            for words, audio in _heard(row)
            if (audio.provider, audio.model, audio.voice) == (provider, name, voice)
        ]

    def search(self, wish: VideoWish) -> list[KeptVideo]:
        """The records that meet a wish, the newest first."""
        wanted = select(_TABLE).where(_TABLE.c.id.in_(select(ProjectRow.id)))
        for word in plain(wish.text).split():
            wanted = wanted.where(_TABLE.c.words.like(_anywhere(word), escape=_ESCAPE))
        for tag in wish.tags:
            # Tags stand in the JSON in quotes: a whole tag is found, and no part of one.
            wanted = wanted.where(cast(_TABLE.c.tags, Text).like(_anywhere(json.dumps(tag_form(tag))), escape=_ESCAPE))
        if wish.min_seconds is not None:
            wanted = wanted.where(_TABLE.c.seconds >= wish.min_seconds)
        if wish.max_seconds is not None:
            wanted = wanted.where(_TABLE.c.seconds <= wish.max_seconds)
        newest = wanted.order_by(_TABLE.c.created_at.desc(), _TABLE.c.id).limit(wish.limit)
        with self._engine.connect() as connection:
            return [_video(row) for row in connection.execute(newest)]


def _heard(row: Any) -> Iterator[tuple[str, SceneAudio]]:
    words = {scene["slot"]: scene["narration"] for scene in row.script["scenes"]}
    for audio in map(SceneAudio.model_validate, row.audio):
        yield words.get(audio.slot, ""), audio


def plain(text: str) -> str:
    """A text as it is compared: neither case nor form of its letters matters."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def tag_form(text: str) -> str:
    """A tag as all tags are written: in small letters."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _words_of(video: GeneratedVideo) -> str:
    scenes = (f"{scene.title} {scene.narration}" for scene in video.script.scenes)
    return plain(" ".join((video.title, video.description, video.requirements, *video.tags, *scenes)))


def _anywhere(text: str) -> str:
    for letter in (_ESCAPE, "%", "_"):
        text = text.replace(letter, _ESCAPE + letter)
    return f"%{text}%"


def _video(row: Any) -> KeptVideo:
    return KeptVideo.model_validate({name: getattr(row, name) for name in KeptVideo.model_fields})
