"""Names for content: hashes that are equal exactly when the content is."""

import hashlib
import json
from pathlib import Path

from pydantic import JsonValue


def canonical_json(value: JsonValue) -> str:
    """JSON with sorted keys and no spare space: equal values give equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_value(value: JsonValue) -> str:
    """32 hexadecimal digits that name a JSON value."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def hash_text(text: str) -> str:
    """The name of a text's UTF-8 bytes: that of a file which holds it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def hash_file(path: Path) -> str:
    """32 hexadecimal digits that name a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def seed_from(*parts: JsonValue) -> int:
    """A seed of 31 bits that depends on all parts and on nothing else."""
    return int(hash_value(list(parts))[:8], 16) & 0x7FFF_FFFF
