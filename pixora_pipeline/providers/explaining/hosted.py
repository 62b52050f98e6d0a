"""A text model as an explainer: the first explanation, and the refined one with its figures."""

from importlib.resources import files
from typing import Annotated, get_args

from pydantic import AfterValidator

from pixora_pipeline.errors import UserError
from pixora_pipeline.model import figures
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.animating.library import figures_told
from pixora_pipeline.providers.embedded.explainer.document import Section, read_sections
from pixora_pipeline.providers.writing.draft import question_for
from pixora_pipeline.providers.writing.hosted import HostedText


def _sections(markdown: str) -> list[Section]:
    try:
        sections = read_sections(markdown)[1]
    except UserError as error:
        raise ValueError(str(error)) from error
    if not any(block.kind == "prose" for section in sections for block in section.blocks):
        raise ValueError("there is no prose under any heading")
    return sections


def _told(markdown: str) -> str:
    _sections(markdown)
    return markdown


def _shown(markdown: str) -> str:
    for section in _sections(markdown):
        kinds = [block.kind for block in section.blocks]
        if "figure" not in kinds or "prose" not in kinds:
            raise ValueError(f"the section {section.heading!r} needs prose and a figure")
    return markdown


class Explanation(Value):
    """What the model answers first."""

    markdown: Annotated[str, AfterValidator(_told)]


class Refinement(Value):
    """What the model answers then: every section with its figure."""

    markdown: Annotated[str, AfterValidator(_shown)]


class HostedExplainer:
    """Asks a text model."""

    def __init__(self, model: HostedText) -> None:
        self.model = model

    def explain(self, request: ScriptRequest) -> str:
        """The first explanation. Raises a `Fault`."""
        return self.model.answer(_read("initial.md"), question_for(request), Explanation, "explanation").markdown

    def refine(self, request: ScriptRequest, explanation: str) -> str:
        """The refined one, each section with its figure. Raises a `Fault`."""
        names = ", ".join(str(get_args(each.model_fields["template"].annotation)[0]) for each in _FIGURES)
        instructions = _read("refined.md").replace("NAMES", names).replace("FIGURES", figures_told())
        question = f"Language: {request.language}\n\n{explanation}"
        return self.model.answer(instructions, question, Refinement, "refinement").markdown


_FIGURES = get_args(get_args(figures.Figure)[0])


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
