"""How a call stands in the journal: its entry, the name of each attempt, and what is told whoever has to settle it."""

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.cost import place_of
from pixora_pipeline.providers.calls import Call, Credential
from pixora_pipeline.providers.faults import Unsettled
from pixora_pipeline.store.claims import Attempt, Entry
from pixora_pipeline.store.journal import Journal

IDEMPOTENCY_KEY = "idempotency_key"
"""The option of a credential that names the attempt, for services that carry out a request of one name only once."""


def entry_of(call: Call) -> Entry:
    """The entry of a call. Its identity is by what it is for and what it asks."""
    asked = [call.service, call.model, call.capability, call.request]
    return Entry(
        identity=hash_value([call.project, call.key, call.part, *asked]),
        project_id=call.project,
        **call.model_dump(include={"key", "part", "service", "model", "capability"}),
    )


def named(call: Call, credential: Credential, attempt: Attempt, repeatable: bool) -> Credential:
    """The credential with the attempt's name among its options, where the service is repeatable."""
    if not repeatable:
        return credential
    name = {IDEMPOTENCY_KEY: hash_value([entry_of(call).identity, attempt.number])}
    return credential.model_copy(update={"options": credential.options | name})


def park(journal: Journal, call: Call, number: int, what: str) -> Unsettled:
    """Have a call wait for a person, and the error that says so."""
    place = place_of(call.key, call.project)
    reason = (
        f"{call.service} {what} for {place}, so it may have been paid already. Look at your account there, then: "
        f"pixora calls again {number}"
    )
    journal.park(number, reason)
    return Unsettled(reason)
