"""Secrets at rest: AES-256-GCM under a master key that is a file of the home (mode 0600) or an environment variable.

A sealed secret reads `v1.<key id>.<nonce and ciphertext>` and opens only for the account it was sealed for.
"""

import base64
import binascii
import os
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.model.content import hash_value

_VERSION, _NONCE, _KEY = "v1", 12, 32


@dataclass(frozen=True)
class MasterKey:
    """One key, by an id that may be shown."""

    secret: SecretStr

    @property
    def raw(self) -> bytes:
        """Its 32 bytes."""
        return base64.urlsafe_b64decode(self.secret.get_secret_value())

    @property
    def id(self) -> str:
        """A name that tells nothing of it."""
        return hash_value(["master key", self.secret.get_secret_value()])[:8]


class Keyring:
    """The master keys: the first seals, all open. `given` (base64, comma-separated) takes the place of the file."""

    def __init__(self, file: Path, given: SecretStr | None = None) -> None:
        self.file = file
        self._given = given

    def seal(self, secret: SecretStr, owner: str) -> str:
        """The secret for storing."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key, nonce = self._keys()[0], os.urandom(_NONCE)
        closed = AESGCM(key.raw).encrypt(nonce, secret.get_secret_value().encode(), owner.encode())
        return f"{_VERSION}.{key.id}.{base64.urlsafe_b64encode(nonce + closed).decode()}"

    def open(self, sealed: str, owner: str) -> SecretStr:
        """The secret itself. Raises `UserError` when the master key is not here or the row is not that owner's."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        _, id, body = sealed.split(".")
        key = next((each for each in self._keys() if each.id == id), None)
        if key is None:
            raise UserError(
                f"The key of {owner} is sealed with the master key {id}, which is not in {self.file}. Copy that file "
                "from where the key was added, set PIXORA_MASTER_KEY, or add the key again."
            )
        closed = base64.urlsafe_b64decode(body)
        try:
            plain = AESGCM(key.raw).decrypt(closed[:_NONCE], closed[_NONCE:], owner.encode())
        except InvalidTag:
            raise UserError(f"The stored key of {owner} was changed or belongs to another. Add it again.") from None
        return SecretStr(plain.decode())

    def begin_rotation(self) -> None:
        """Put a new key first; the old ones still open what they sealed. Raises `UserError` where keys are given."""
        if self._given:
            raise UserError("The master key comes from PIXORA_MASTER_KEY: put a new one before it there, with a comma.")
        self._write([_new_key(), *self._keys()])

    def end_rotation(self) -> None:
        """Forget all keys but the first: everything is sealed with it now."""
        self._write(self._keys()[:1])

    def _keys(self) -> list[MasterKey]:
        # Read each time: another process may have rotated them.
        if self._given:
            return _parse(self._given.get_secret_value().split(","), "PIXORA_MASTER_KEY")
        for _ in range(2):
            try:
                return _parse(self.file.read_text("ascii").split(), str(self.file))
            except FileNotFoundError:
                self._make()
        raise TryAgain(f"{self.file} vanishes as it is made. Is something cleaning up there?")

    def _make(self) -> None:
        draft = self._draft([_new_key()])
        with suppress(FileExistsError):  # another process was first, and its key is the one
            os.link(draft, self.file)
        draft.unlink()

    def _write(self, keys: Sequence[MasterKey]) -> None:
        self._draft(keys).replace(self.file)

    def _draft(self, keys: Sequence[MasterKey]) -> Path:
        draft = self.file.with_name(f".{self.file.name}.{uuid.uuid4().hex}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write("".join(f"{key.secret.get_secret_value()}\n" for key in keys))
                file.flush()
                os.fsync(descriptor)
        except OSError as error:
            raise TryAgain(
                f"{draft} can't be written ({error.strerror}). Set PIXORA_HOME to a folder of yours."
            ) from None
        return draft


def _new_key() -> MasterKey:
    return MasterKey(SecretStr(base64.urlsafe_b64encode(os.urandom(_KEY)).decode()))


def _parse(lines: Sequence[str], place: str) -> list[MasterKey]:
    keys = [MasterKey(SecretStr(line.strip())) for line in lines if line.strip()]
    try:
        whole = bool(keys) and all(len(key.raw) == _KEY for key in keys)
    except (binascii.Error, ValueError):
        whole = False
    if not whole:
        raise UserError(f"{place} holds no master key: 32 bytes in URL-safe base64 are one. Restore it, or remove it.")
    return keys
