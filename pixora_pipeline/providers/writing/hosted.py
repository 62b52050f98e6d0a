"""A hosted text model as a writer, whatever wire it is on: the question, one repair turn, one longer answer."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, JsonValue, ValidationError

from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadAnswer, Refused
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.protocols import Output
from pixora_pipeline.providers.writing.draft import DraftScript, question_for, script_of

USUAL_LENGTH, LONGEST = 16_000, 64_000
"""Tokens of an answer: what is asked for first, and what once more where that was too short."""

_CHARACTERS_PER_TOKEN = 4
_ANSWER_TOKENS = 2500
_PICTURE_TOKENS = 400.0
_MOST_ERRORS = 8


class Turn(Value):
    """One side's words in a conversation, and the pictures (JPEG or PNG) that it shows with them."""

    role: Literal["user", "assistant"]
    text: str
    pictures: tuple[Path, ...] = ()

    def told(self) -> JsonValue:
        """The turn as the journal keeps it: pictures by what is in them."""
        shown = {"pictures": [hash_file(each) for each in self.pictures]} if self.pictures else {}
        return {"role": self.role, "text": self.text, **shown}


class Reply(Value):
    """What the model said: `cut` when it ran out of room, `refusal` when it would not."""

    text: str
    cut: bool = False
    refusal: str | None = None
    usage: dict[str, float]


class HostedText(Hosted):
    """What the adapters of text models share. An adapter says how one conversation is sent."""

    @abstractmethod
    def send(
        self, credential: Credential, instructions: str, turns: list[Turn], output: type[BaseModel], limit: int
    ) -> Reply:
        """Have the model answer in JSON of that shape. Raises a `Fault`."""

    def write(self, request: ScriptRequest) -> ScriptBreakdown:
        """The script."""
        instructions = files(__package__).joinpath("script.md").read_text("utf-8")
        return script_of(self.answer(instructions, question_for(request), DraftScript, "script"), request)

    def answer(
        self,
        instructions: str,
        question: str,
        output: type[Output],
        part: str = "answer",
        *,
        pictures: Sequence[Path] = (),
        check: Callable[[Output], str | None] | None = None,
    ) -> Output:
        """The answer as a value of that type; one that does not fit is sent back once. Raises a `Fault`.

        `check` may say what is wrong with an answer that fits; the second answer is taken as it is.
        """
        asked = Turn(role="user", text=question, pictures=tuple(pictures))
        return self.converse(instructions, [asked], output, part, check)

    def converse(
        self,
        instructions: str,
        turns: list[Turn],
        output: type[Output],
        part: str,
        check: Callable[[Output], str | None] | None = None,
    ) -> Output:
        """The same, at the end of a conversation."""
        turns = list(turns)
        said = self._said(instructions, turns, output, part)
        try:
            answer = output.model_validate_json(said)
            complaint = check(answer) if check else None
        except ValidationError as error:
            complaint = _complaint(error)
        else:
            if complaint is None:
                return answer
        turns += [Turn(role="assistant", text=said or "(nothing)"), Turn(role="user", text=complaint)]
        return output.model_validate_json(self._said(instructions, turns, output, f"{part}, repaired", last=True))

    def _said(
        self, instructions: str, turns: list[Turn], output: type[BaseModel], part: str, *, last: bool = False
    ) -> str:
        body = self._ask(instructions, turns, output, part, USUAL_LENGTH, last)
        if body["cut"]:
            body = self._ask(instructions, turns, output, f"{part}, longer", LONGEST, last)
        if body["cut"]:
            raise BadAnswer(self.offer.provider, f"the answer is longer than {LONGEST} tokens: give a shorter text")
        return body["text"]

    def _ask(
        self, instructions: str, turns: list[Turn], output: type[BaseModel], part: str, limit: int, last: bool
    ) -> Any:
        def send(credential: Credential) -> Answer:
            reply = self.send(credential, instructions, turns, output, limit)
            if reply.refusal is not None:
                raise Refused(self.offer.provider, reply.refusal, usd=self.cost(reply.usage), usage=reply.usage)
            if last and not reply.cut:
                self._check(reply, output)
            return self.answered({"text": reply.text, "cut": reply.cut}, reply.usage)

        request: dict[str, JsonValue] = {
            "model": self.offer.model,
            "instructions": instructions,
            "turns": [turn.told() for turn in turns],
            "output": output.model_json_schema(),
            "limit": limit,
        }
        length = len(instructions) + sum(len(turn.text) for turn in turns)
        shown = _PICTURE_TOKENS * sum(len(turn.pictures) for turn in turns)
        units = {"input": length / _CHARACTERS_PER_TOKEN + shown, "output": float(_ANSWER_TOKENS)}
        return self.order.once(self.asked(part, request, units), send)

    def _check(self, reply: Reply, output: type[BaseModel]) -> None:
        # Here and not later: what is kept as the answer is not asked for again.
        try:
            output.model_validate_json(reply.text)
        except ValidationError as error:
            said = f"{self.offer.model} twice gave no valid answer ({_faults(error)[0]})"
            fault = BadAnswer(self.offer.provider, said, usd=self.cost(reply.usage), usage=reply.usage)
        else:
            return
        raise fault


def _complaint(error: ValidationError) -> str:
    return "That does not fit the shape asked for:\n" + "\n".join(_faults(error)) + "\nGive the whole answer again."


def _faults(error: ValidationError) -> list[str]:
    places = ((".".join(map(str, each["loc"])) or "the whole", each["msg"]) for each in error.errors())
    return [f"{place}: {message}" for place, message in places][:_MOST_ERRORS]
