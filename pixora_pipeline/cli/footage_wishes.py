"""The options of a compilation, checked together."""

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import FootageWishes

LONGEST_REQUIREMENTS = 1000
_LONGEST_CONTEXT = 300


def footage_wishes(kind: str, text: str, context: str, collection: str | None, tags: str, fit: str) -> FootageWishes:
    """What these options stand for. Raises `UserError` for the first that can't be met."""
    if kind != "compilation":
        given = {"--context": context, "--collection": collection, "--tags": tags}
        if named := [option for option, value in given.items() if value]:
            raise UserError(f"{named[0]} is for a compilation: add --kind compilation, or leave it out.")
        return FootageWishes()
    from pixora_pipeline.assets.intake import check_collection, check_tags

    if len(text.strip()) > LONGEST_REQUIREMENTS:
        raise UserError(
            f"The requirements have {len(text.strip())} characters; the most is {LONGEST_REQUIREMENTS}. Be brief."
        )
    if len(context) > _LONGEST_CONTEXT:
        raise UserError(f"--context has {len(context)} characters; the most is {_LONGEST_CONTEXT}.")
    if fit not in ("crop", "pad"):
        raise UserError(f"--fit is {fit!r}; choose one of crop, pad.")
    place = check_collection(collection) if collection else None
    return FootageWishes(context=context.strip(), collection=place, tags=check_tags(tags), fit=fit)
