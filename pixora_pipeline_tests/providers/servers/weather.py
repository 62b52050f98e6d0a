"""Bad days: some share of all requests to the services of a street goes wrong, in the ways that real ones do."""

import json
import random
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock

from starlette.responses import Response

from pixora_pipeline_tests.providers.servers import anthropic_format, aws_format, openai_format, replicate_format
from pixora_pipeline_tests.providers.servers.replicate_format import ReplicateFormat
from pixora_pipeline_tests.providers.servers.service import LoopbackService, Misfortune, Seen
from pixora_pipeline_tests.providers.servers.street import Street

BURST = 3
"""How many requests in a row a failing service fails."""

Weather = Callable[[Seen], Misfortune | None]

_CUT = Misfortune(cut_after=60, name="cut stream")
_SLOW = Misfortune(hang=1.0, slow=True, name="slow")
_DOWN = Misfortune(500, {"error": {"message": "boom"}}, name="500 burst")
_AFTER = Misfortune(spoil=lambda _: Response(b"{}", 500, media_type="application/json"), name="500 after it was done")
_HALF = Misfortune(spoil=lambda whole: _shorter(whole, len(whole.body) // 2), name="half media")
_SILENCE = Misfortune(spoil=lambda whole: Response(bytes(8), 200, media_type="audio/pcm"), name="half media")


def darken(street: Street, rate: float, seed: int, without: str = "") -> None:
    """Have that share of all requests go wrong, differently for each seed, in all ways but the one of that name."""
    for number, service in enumerate(street.services):
        service.weather = _weather(service, rate, random.Random(seed * 100 + number), without)


def _weather(service: LoopbackService, rate: float, chance: random.Random, without: str) -> Weather:
    lock, burst = Lock(), deque[Misfortune]()

    def befall(seen: Seen) -> Misfortune | None:
        with lock:
            if burst:
                return burst.popleft()
            if chance.random() >= rate:
                return None
            misfortune = chance.choice([each for each in _kinds(service, seen) if each.name != without])
            if misfortune is _DOWN:
                burst.extend([_DOWN] * (BURST - 1))
            return misfortune

    return befall


def _kinds(service: LoopbackService, seen: Seen) -> Sequence[Misfortune]:
    if seen.method == "GET":
        return (_DOWN, _CUT, _SLOW, _HALF) if "/delivery/" in seen.path else (_DOWN, _SLOW)
    if seen.path.startswith("/openai/v1/images"):
        return (_limited_openai(), _DOWN, _CUT, _SLOW, _REJECTED, _HALF)
    if seen.path.startswith("/openai"):
        return (_limited_openai(), _DOWN, _CUT, _SLOW, _BAD_CHAT, _REFUSED_CHAT)
    if seen.path.startswith("/anthropic"):
        overloaded = anthropic_format.error(529, "overloaded_error", "Overloaded")
        return (_limited_anthropic(), _named(overloaded, "500 burst"), _CUT, _SLOW, _BAD_MESSAGE, _REFUSED_MESSAGE)
    if seen.path.startswith("/aws"):
        throttled = aws_format.error(400, "ThrottlingException", "Rate exceeded")
        return (_named(throttled, "429"), _DOWN, _CUT, _SLOW, _SILENCE)
    limited = replicate_format.error(429, "Request was throttled.", retry_after="0.2")
    return (_named(limited, "429"), _DOWN, _AFTER, _CUT, _SLOW, _ending(service, seen))


def _ending(service: LoopbackService, seen: Seen) -> Misfortune:
    """The job itself goes wrong: it fails, or takes long. Its beginning is answered as always."""
    assert isinstance(service, ReplicateFormat)
    name, end = random.Random(seen.body).choice(
        [("failed job", {"status": "failed", "error": "CUDA out of memory"}), ("slow job", {"looks": 20})]
    )
    return Misfortune(spoil=lambda whole: _to_end(service, whole, end), slow=True, name=name)


def _to_end(service: ReplicateFormat, whole: Response, end: dict) -> Response:
    service.predictions[json.loads(whole.body)["id"]]["end"] = end
    return whole


def _limited_openai() -> Misfortune:
    return _named(openai_format.error(429, "rate_limit_exceeded", "slow down", retry_after="0.2"), "429")


def _limited_anthropic() -> Misfortune:
    return _named(anthropic_format.error(429, "rate_limit_error", "slow down", retry_after="0.2"), "429")


def _named(misfortune: Misfortune, name: str) -> Misfortune:
    return Misfortune(misfortune.status, misfortune.body, misfortune.headers, name=name)


def _shorter(whole: Response, length: int) -> Response:
    """Half a file, as a cache may give it: with a length that is its own. JSON has its pictures halved."""
    body = bytes(whole.body)
    if whole.media_type != "application/json":
        return Response(body[:length], media_type=whole.media_type)
    answer = json.loads(body)
    for picture in answer["data"]:
        picture["b64_json"] = picture["b64_json"][: len(picture["b64_json"]) // 8 * 4]
    return Response(json.dumps(answer), media_type="application/json")


def _told(change: Callable[[dict], None]) -> Callable[[Response], Response]:
    def spoil(whole: Response) -> Response:
        answer = json.loads(whole.body)
        change(answer)
        return Response(json.dumps(answer), media_type="application/json")

    return spoil


def _say(content: str | None, refusal: str | None) -> Callable[[dict], None]:
    return lambda answer: answer["choices"][0]["message"].update(content=content, refusal=refusal)


_BAD_CHAT = Misfortune(spoil=_told(_say('{"title": "Half', None)), name="bad JSON")
_REFUSED_CHAT = Misfortune(spoil=_told(_say(None, "I can't help with that.")), name="refusal")
_BAD_MESSAGE = Misfortune(spoil=_told(lambda a: a["content"][0].update(text='{"title": "Half')), name="bad JSON")
_REFUSED_MESSAGE = Misfortune(spoil=_told(lambda a: a.update(stop_reason="refusal")), name="refusal")
_REJECTED = _named(openai_format.error(400, "moderation_blocked", "Your request was rejected."), "refusal")
