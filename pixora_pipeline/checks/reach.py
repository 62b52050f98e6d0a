"""Whether a link plays, asked as a stranger would: without a key, and for the first byte alone."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from pixora_pipeline.checks.names import REACHABLE
from pixora_pipeline.model.finding import Finding

_PATIENCE = 20.0


def check_reach(url: str, size: int) -> Finding:
    """The finding on a link to a film of so many bytes. What a signed link is signed with is not told."""
    parts = urlsplit(url)
    told = parts._replace(query="", fragment="").geturl()
    found = _in_folder(unquote(parts.path), size) if parts.scheme == "file" else _in_web(url, size)
    message = f"{told} can be had." if found is None else f"{told} {found}"
    return Finding(name=REACHABLE, passed=found is None, message=message, measured=found or "there", limit="there")


def _in_folder(path: str, size: int) -> str | None:
    there = Path(path).stat().st_size if Path(path).is_file() else None
    return None if there == size else "is not there."


def _in_web(url: str, size: int) -> str | None:
    import httpx

    try:
        answer = httpx.get(url, headers={"Range": "bytes=0-0"}, timeout=_PATIENCE, follow_redirects=True)
    except httpx.HTTPError as error:
        return f"can't be reached ({type(error).__name__})."
    if answer.status_code in (401, 403):
        return (
            f"answers {answer.status_code} without a key: let the bucket's policy allow everybody s3:GetObject there, "
            "or set PIXORA_PUBLISH_LINKS to signed."
        )
    if answer.status_code not in (200, 206):
        return f"answers {answer.status_code}."
    length = answer.headers.get("content-range", "").rpartition("/")[2] or answer.headers.get("content-length", "")
    return None if length in (str(size), "", "*") else f"is {length} bytes, and the film is {size}."
