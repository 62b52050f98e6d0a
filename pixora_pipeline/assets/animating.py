"""A scene's Manim script by a model: written, held to Manim and tried, mended at most three times, else replaced.

Every turn is a paid request of its own. What replaces a script is the built-in animation of the same figure, and the
artifact says so.
"""

from dataclasses import dataclass

from pixora_pipeline.animation.latex import TexFormula
from pixora_pipeline.animation.playing import SHORTER_SIDE
from pixora_pipeline.assets.work import Made, Work, provenance_of, total_usage
from pixora_pipeline.model.briefs import AnimationBrief, SpokenBrief
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.frame import frame_size
from pixora_pipeline.model.requests import AnimationRequest
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.providers.catalogue import engage
from pixora_pipeline.providers.faults import BadOutput, Refused
from pixora_pipeline.providers.order import Order
from pixora_pipeline.store.sidecar import Provenance

MOST_REPAIRS = 3
SCRIPT, TEMPLATES = "scene.py", "templates@1"
_TRIED_AT = "240p"


@dataclass(frozen=True)
class Attempt:
    """A script that holds, or why there is none; `repairs` is how often it was sent back."""

    script: str | None
    repairs: int
    why: str = ""
    formulas: tuple[TexFormula, ...] = ()


def have_written(work: Work, model: str) -> Made:
    """The scene's script by that model, or the built-in one. Raises `UserError` where its code may not be run."""
    brief, spoken = work.value("scene_brief/animation", AnimationBrief), work.value("scene_brief/spoken", SpokenBrief)
    work.workers.animators.check_allowed()
    width, height = frame_size(brief.aspect, _TRIED_AT)
    unit = SHORTER_SIDE / min(width, height)
    request = AnimationRequest(
        figure=brief.figure, style=brief.style, width=width * unit, height=height * unit, **spoken.model_dump()
    )
    order = work.order()
    attempt = _attempt(work, model, order, request, (width, height), brief.fps)
    if attempt.script is None:
        return _replaced(work, model, order, request, attempt)
    work.file(SCRIPT).write_text(attempt.script, encoding="utf-8")
    formulas = _set_formulas(work, attempt, request, (width, height), brief.fps)
    set_by = {"set_by_latex": len(formulas)} if formulas else {}
    return Made(
        [SCRIPT, *formulas],
        facts={"generated": True},
        provenance=provenance_of("animation", model, order, repairs=attempt.repairs, **set_by),
    )


def _attempt(
    work: Work, model: str, order: Order, request: AnimationRequest, size: tuple[int, int], fps: int
) -> Attempt:
    writer, repairs = engage("animation", model, order), 0
    try:
        script = writer.write(request)
        while (trial := work.workers.animators.try_out(script, size, fps, request.seconds)).faults:
            if repairs == MOST_REPAIRS:
                return Attempt(None, repairs, f"after {repairs} repairs it is still wrong: {trial.faults[0]}")
            repairs += 1
            script = writer.mend(request, script, [str(fault) for fault in trial.faults], repairs)
    except (Refused, BadOutput) as fault:
        return Attempt(None, repairs, str(fault))
    return Attempt(script, repairs, formulas=trial.formulas)


def _set_formulas(
    work: Work, attempt: Attempt, request: AnimationRequest, size: tuple[int, int], fps: int
) -> list[str]:
    """The files of formulas that LaTeX has set, where it is installed and the scene stands as well with them."""
    animators = work.workers.animators
    files = animators.set_by_latex(attempt.formulas, work.folder)
    if files and animators.try_out(str(attempt.script), size, fps, request.seconds, files).faults:
        for file in files:
            file.unlink()
        return []
    return [file.name for file in files]


def _replaced(work: Work, model: str, order: Order, request: AnimationRequest, attempt: Attempt) -> Made:
    work.file(SCRIPT).write_text(engage("animation", "embedded").write(request), encoding="utf-8")
    notice = replaced_notice(work, model, attempt.why)
    accounts = dict.fromkeys(receipt.account for receipt in order.receipts if receipt.account)
    made_by = Provenance(
        provider="embedded",
        model=TEMPLATES,
        cost_usd=order.cost_usd,
        account=", ".join(accounts) or None,
        usage=total_usage(order.receipts),
        parameters={"tried": model, "repairs": attempt.repairs, "fallback": notice.message},
    )
    return Made([SCRIPT], facts={"notices": [notice.model_dump(mode="json")]}, provenance=made_by)


def replaced_notice(work: Work, model: str, why: str) -> Notice:
    """What people are told where a model's animation was not used."""
    scene = scene_number(work.slot)
    told = f"Scene {scene} shows the built-in animation instead of the one by {model}: {why}"
    return Notice(kind="animation replaced", message=told)
