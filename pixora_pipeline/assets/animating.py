"""A scene's Manim script by a model: written, held to Manim and tried, mended at most three times, else replaced.

Every turn is a paid request of its own. What replaces a script is one by the model that stands in, if there is one, and
then the built-in animation of the same figure; the artifact says so.
"""

from dataclasses import dataclass

from pixora_pipeline.animation.latex import TexFormula
from pixora_pipeline.animation.playing import SHORTER_SIDE
from pixora_pipeline.assets.stand_ins import have_in_turn, telling_who
from pixora_pipeline.assets.work import Made, Work, noticed, provenance_of
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.briefs import AnimationBrief, SpokenBrief
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.frame import frame_size
from pixora_pipeline.model.requests import AnimationRequest
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.providers.catalogue import engage, offer
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.order import Order

MOST_REPAIRS = 3
SCRIPT, TEMPLATES = "scene.py", "templates@1"
_TRIED_AT = "240p"


@dataclass
class Attempt:
    """A model at work on the script: how often it was sent back, and why there is none in the end."""

    model: str
    order: Order
    repairs: int = 0
    why: str = ""
    formulas: tuple[TexFormula, ...] = ()


class NeverRight(BadOutput):
    """A script that is wrong after all repairs."""

    sentence = "{detail}."


def have_written(work: Work, model: str) -> Made:
    """The scene's script by that model, or the built-in one. Raises `UserError` where its code may not be run."""
    brief, spoken = work.value("scene_brief/animation", AnimationBrief), work.value("scene_brief/spoken", SpokenBrief)
    work.workers.animators.check_allowed()
    width, height = frame_size(brief.aspect, _TRIED_AT)
    unit = SHORTER_SIDE / min(width, height)
    request = AnimationRequest(
        figure=brief.figure, style=brief.style, width=width * unit, height=height * unit, **spoken.model_dump()
    )
    tried: list[Attempt] = []

    def write(each: str) -> Made:
        if offer("animation", each).embedded:
            return _built_in(work, request, tried)
        tried.append(Attempt(each, work.order()))
        try:
            return _written(work, tried[-1], request, (width, height), brief.fps)
        except PixoraError as fault:
            tried[-1].why = str(fault)
            raise

    made, stood_in = have_in_turn(work, "animation", model, write)
    # What is built in has its own notice.
    return made if stood_in and offer("animation", stood_in.id).embedded else telling_who(work, made, stood_in)


def _written(work: Work, attempt: Attempt, request: AnimationRequest, size: tuple[int, int], fps: int) -> Made:
    script = _script(work, attempt, request, size, fps)
    work.file(SCRIPT).write_text(script, encoding="utf-8")
    formulas = _set_formulas(work, script, attempt, request, size, fps)
    set_by = {"set_by_latex": len(formulas)} if formulas else {}
    made_by = provenance_of("animation", attempt.model, attempt.order, repairs=attempt.repairs, **set_by)
    return Made([SCRIPT, *formulas], facts={"generated": True}, provenance=made_by)


def _script(work: Work, attempt: Attempt, request: AnimationRequest, size: tuple[int, int], fps: int) -> str:
    writer = engage("animation", attempt.model, attempt.order)
    script: str = writer.write(request)
    while (trial := work.workers.animators.try_out(script, size, fps, request.seconds)).faults:
        if attempt.repairs == MOST_REPAIRS:
            said = f"after {attempt.repairs} repairs it is still wrong: {trial.faults[0]}"
            raise NeverRight(offer("animation", attempt.model).provider, said)
        attempt.repairs += 1
        script = writer.mend(request, script, [str(fault) for fault in trial.faults], attempt.repairs)
    attempt.formulas = trial.formulas
    return script


def _set_formulas(
    work: Work, script: str, attempt: Attempt, request: AnimationRequest, size: tuple[int, int], fps: int
) -> list[str]:
    """The files of formulas that LaTeX has set, where it is installed and the scene stands as well with them."""
    animators = work.workers.animators
    files = animators.set_by_latex(attempt.formulas, work.folder)
    if files and animators.try_out(script, size, fps, request.seconds, files).faults:
        for file in files:
            file.unlink()
        return []
    return [file.name for file in files]


def _built_in(work: Work, request: AnimationRequest, tried: list[Attempt]) -> Made:
    work.file(SCRIPT).write_text(engage("animation", "embedded").write(request), encoding="utf-8")
    models = " and ".join(dict.fromkeys(each.model for each in tried))
    notice = replaced_notice(work, models, tried[-1].why)
    orders = [each.order for each in tried]
    told = {"tried": models, "repairs": tried[-1].repairs, "fallback": notice.message}
    made_by = provenance_of("animation", "embedded", *orders, **told).model_copy(update={"model": TEMPLATES})
    return Made([SCRIPT], facts=noticed([notice]), provenance=made_by)


def replaced_notice(work: Work, model: str, why: str) -> Notice:
    """What people are told where a model's animation was not used."""
    scene = scene_number(work.slot)
    told = f"Scene {scene} shows the built-in animation instead of the one by {model}: {why}"
    return Notice(kind="animation replaced", message=told)
