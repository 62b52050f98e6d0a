"""What people should know about how an artifact came about, in one sentence: who stood in, what was put otherwise."""

from pixora_pipeline.store.sidecar import Provenance


def remark_on(made_by: Provenance) -> str | None:
    """The sentence, None where everything went as it was asked for."""
    told = made_by.parameters
    if "instead_of" in told:
        return f"By {made_by.provider}/{made_by.model} instead of {told['instead_of']}: {told['because']}"
    if "drawn_from" in told:
        return f"Refused as it was described ({told['refused']}); drawn from: {told['drawn_from']}"
    if people := told.get("drawn_otherwise"):
        return " ".join(f"{name} was refused as described; drawn from: {words}" for name, words in people.items())
    return None
