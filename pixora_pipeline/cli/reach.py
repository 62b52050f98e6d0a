"""What `pixora doctor` says of services: reached, key taken, models known. Nothing that it asks costs anything."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pixora_pipeline.cli.models import capability_of, chosen_in
from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.catalogue import Offer, offer
from pixora_pipeline.providers.outcomes import told_safely
from pixora_pipeline.providers.reach import Models, models_of, reachable_accounts
from pixora_pipeline.providers.services import Service, find_service

Check = Callable[[Path], str]


def service_checks() -> Iterator[tuple[str, Check]]:
    """A check for each account there is to call with, and one for the place in S3."""
    from pixora_pipeline.assets.studio import Studio

    studio = Studio()
    chosen = chosen_in(studio.user_models.of())
    meant = [offer(capability_of(what), model) for what, model in chosen if model != "embedded"]
    for name, credential in reachable_accounts(studio.accounts, {each.provider for each in meant}):
        if service := find_service(name):
            wanted = [each for each in meant if each.provider == name]
            yield f"{name}/{credential.alias}", lambda _, of=(service, credential, wanted): _tell(*of)
    if studio.settings.storage_url:
        yield "storage", lambda _: _storage(studio.settings)


def _tell(service: Service, credential: Credential, wanted: list[Offer]) -> str:
    paths = {each.id: each.options.get("path", each.model) for each in wanted}
    try:
        found = models_of(service, credential, paths.values())
    except Exception as raised:
        error = told_safely(raised, service.name, credential)
    else:
        key = "" if credential.alias == "keyless" else ", its key is accepted"
        return ". ".join([f"reached{key}", *(_said_of(each, paths[each.id], found) for each in wanted)])
    raise error


def _said_of(each: Offer, path: str, found: Models) -> str:
    if each.status(date.today()) == "gone" or (found.ids is not None and path not in found.ids):
        instead = f"choose {each.successor}" if each.successor else "pixora models lists others"
        raise UserError(f"{each.provider} has no model {each.model} (any more), which you prefer: {instead}.")
    until = found.until.get(path) or each.shutdown
    then = f"; then choose {each.successor}" if each.successor else ""
    return f"{each.model} is there" + (f" until {until}{then}" if until else "")


def _storage(settings) -> str:
    from pixora_pipeline.store.s3 import S3Place, s3_client, talking_to_s3

    place = S3Place.of(settings.storage_url)
    with talking_to_s3(place):
        s3_client(settings).list_objects_v2(Bucket=place.bucket, Prefix=place.prefix, MaxKeys=1)
    return f"{place} can be read"
