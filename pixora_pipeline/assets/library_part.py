"""The part of the library that somebody names: a collection, tags. What is misspelt is told, not searched in vain."""

from collections.abc import Iterable, Sequence

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.enumeration import first_of
from pixora_pipeline.model.footage import VideoSource

_MOST_NAMED = 8


def check_part(sources: Sequence[VideoSource], collection: str | None, tags: Sequence[str]) -> None:
    """Raise `UserError` where no video is in the collection, or has one of the tags. An empty library is let pass."""
    if not sources:
        return
    collections = [source.collection for source in sources if source.collection]
    if collection and collection not in collections:
        raise UserError(f"No video is in the collection {collection!r}. {_there('Collections', collections)}")
    tagged = [tag for source in sources for tag in source.tags]
    if tags and not set(tags) & set(tagged):
        raise UserError(f"No video has the tag {' or '.join(map(repr, tags))}. {_there('Tags', tagged)}")


def _there(what: str, names: Iterable[str]) -> str:
    known = sorted(set(names))
    if not known:
        return f"There are no {what.lower()} yet: `pixora footage tag SOURCE`."
    return f"{what} there are: {first_of(known, _MOST_NAMED)}."
