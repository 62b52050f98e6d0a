"""scene_footage: the stretches that a filmed scene shows, cut out of their sources as they are.

Cut out, a scene needs its sources no more: one that leaves the library later takes nothing from films that are made.
"""

from pixora_pipeline.assets.work import Made, Work, noticed
from pixora_pipeline.errors import Defect, PixoraError, UserError
from pixora_pipeline.model.compilation import (
    ClipPlan,
    CompilationBrief,
    CutFootage,
    FootageBrief,
    Notice,
    PlannedClip,
)
from pixora_pipeline.model.script import ScriptBreakdown, scene_number
from pixora_pipeline.planning.recipe import Recipe, Source
from pixora_pipeline.store.sidecar import Provenance


def brief_footage(source: Source) -> FootageBrief:
    """Which clips a scene shows, by the script; what may stand in, by the plan."""
    scene = source.value("script_breakdown", ScriptBreakdown).scene(source.slot or "")
    if scene is None:
        raise Defect(f"The script has no scene {source.slot}, and its footage was asked for.")
    plan = source.value("clip_plan", ClipPlan)
    planned = {(c.source, c.start, c.end): (c, s) for s in plan.segments for c in s.clips}
    found = [planned[key] for clip in scene.clips if (key := (clip.source, clip.start, clip.end)) in planned]
    if not found:
        raise UserError(f"Scene {source.slot} shows no footage of the plan. Take the edit back, or give it clips.")
    return FootageBrief(
        clips=tuple(clip for clip, _ in found),
        spares=found[0][1].spares,
        fit=source.value("project_brief/footage", CompilationBrief).fit,
    )


def cut_footage(work: Work) -> Made:
    """Cut every clip out; one that can't be is replaced by a spare, and the facts say so."""
    brief = work.value("scene_brief/footage", FootageBrief)
    spares, cuts, notices = list(brief.spares), [], []
    for number, clip in enumerate(brief.clips, 1):
        wanted: PlannedClip | None = clip
        while wanted:
            try:
                cuts.append(_cut(work, wanted, f"clip-{number}.mkv"))
                break
            except PixoraError as error:
                wanted = spares.pop(0) if spares else None
                notices.append(_replaced(work, clip, wanted, error))
    if not cuts:
        raise UserError(f"None of the clips of scene {work.slot} can be read: {notices[-1].message}")
    return Made(
        [cut.file for cut in cuts],
        facts={
            "cuts": [cut.model_dump(mode="json") for cut in cuts],
            "fit": brief.fit,
            **noticed(notices),
        },
        provenance=Provenance(
            model="cut@1",
            parameters={
                "clips": [f"{clip.name} {clip.start:.1f}-{clip.end:.1f} s" for clip in brief.clips],
                "notices": [notice.message for notice in notices],
            },
        ),
    )


def _cut(work: Work, clip: PlannedClip, file: str) -> CutFootage:
    from pixora_pipeline.footage.cutting import cut_out

    video = work.studio.videos.path(clip.video)
    cut = work.workers.run(cut_out, video, clip.name, clip.start, clip.end, work.file(file))
    return CutFootage(file=file, source=clip.source, name=clip.name, start=cut.start, end=cut.end, focus=clip.focus)


def _replaced(work: Work, clip: PlannedClip, by: PlannedClip | None, error: PixoraError) -> Notice:
    instead = f"“{by.name}” is shown instead" if by else "it is left out"
    scene = scene_number(work.slot)
    return Notice(kind="clip replaced", message=f"Scene {scene}: “{clip.name}” can't be shown, {instead}. {error}")


RECIPES = (
    Recipe(
        name="scene_brief/footage",
        scope="scene",
        group="script",
        description="Which clips this scene shows.",
        version="1",
        derive=brief_footage,
        only=("filmed",),
        inputs=("script_breakdown", "clip_plan", "project_brief/footage"),
        kinds=("json",),
    ),
    Recipe(
        name="scene_footage",
        scope="scene",
        group="pictures",
        description="The footage of this scene, cut out of its sources.",
        version="4",
        make=cut_footage,
        only=("filmed",),
        inputs=("scene_brief/footage",),
        kinds=("video",),
    ),
)
