"""Whether a compilation is as long as it was asked to be, once it is spoken; where its voices took longer, it says so.

A plan counts on a narrator's usual pace where a voice was not heard before. How fast a service's voice speaks is known
when it has spoken.
"""

from pixora_pipeline.assets.assembling import Laid, filmed_scenes
from pixora_pipeline.assets.brief import voice_of
from pixora_pipeline.assets.compilation import KIND, brief_of
from pixora_pipeline.assets.work import Work
from pixora_pipeline.media.timing import scene_frames
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.results import Speech
from pixora_pipeline.providers.catalogue import offer

PLAN = "clip_plan"
_SHARE, _SECONDS = 0.05, 3.0
"""How far off a film may be without a word: that share of its length, or so many seconds."""
_STEP = 5


def told_length(work: Work, laid: Laid) -> list[Notice]:
    """That the film is longer than was asked for, where its voices are why."""
    if work.project.kind != KIND:
        return []
    from pixora_pipeline.footage.wishes import SHORTEST, read_wishes

    brief = brief_of(work.project)
    asked = read_wishes(brief.requirements, brief.context, brief.seconds, brief.collection).seconds
    lasts = laid.plan.frames / laid.fmt.fps
    over, late = lasts - asked, sum(_late(work, laid, slot) for slot in filmed_scenes(laid))
    if over <= max(_SHARE * asked, _SECONDS) or late < over / 2:
        return []
    less = round(asked * asked / lasts / _STEP) * _STEP
    remedy = f"--seconds {less} or another --voice" if less >= SHORTEST else "another --voice"
    message = (
        f"The film lasts {lasts:.0f} s, and {asked:.0f} s were asked for: its voices take {late:.0f} s longer than the "
        f"clips they tell of. With {remedy} it would be nearer to that{_by_its_pace(work, laid)}."
    )
    return [Notice(kind="too long", message=message)]


def _by_its_pace(work: Work, laid: Laid) -> str:
    """That it can be planned anew, where the voice that was chosen is a service's and has spoken."""
    provenances = [work.input("voice_over", slot).sidecar.provenance for slot in filmed_scenes(laid)]
    voice = voice_of(work.project).model
    if offer("speech", voice).embedded or voice not in {f"{each.provider}/{each.model}" for each in provenances}:
        return ""
    return f"; `pixora take {work.project.id} {PLAN}` plans it anew by the pace at which this voice was heard"


def _late(work: Work, laid: Laid, slot: str) -> float:
    """How much longer a scene's voice takes, its pauses counted, than its clips last."""
    cuts = work.input("scene_footage", slot).sidecar.facts["cuts"]
    voice = scene_frames(work.facts("voice_over", Speech, slot).seconds, 0.0, laid.fmt) / laid.fmt.fps
    return max(0.0, voice - sum(cut["end"] - cut["start"] for cut in cuts))
