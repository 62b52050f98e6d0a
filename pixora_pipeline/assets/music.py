"""music: one piece that follows the moods of the film."""

from pixora_pipeline.assets.makers import have_composed
from pixora_pipeline.assets.stand_ins import made_in_turn
from pixora_pipeline.assets.thumbnails import keep_waveform
from pixora_pipeline.assets.work import Made, Work, provenance_of
from pixora_pipeline.model.briefs import CueSheet, MusicBrief
from pixora_pipeline.model.content import seed_from
from pixora_pipeline.model.requests import MusicRequest, MusicSection
from pixora_pipeline.planning.recipe import Recipe

MUSIC = "music.wav"


def make_music(work: Work) -> Made:
    """Have the cues composed as one piece."""
    cues, brief = work.value("script_breakdown/cues", CueSheet), work.value("project_brief/music", MusicBrief)
    sections = tuple(MusicSection(mood=brief.mood or cue.mood, seconds=cue.seconds) for cue in cues.cues)
    request = MusicRequest(
        sections=sections,
        prompt="" if brief.mood else " ".join(cue.prompt for cue in cues.cues),
        seed=seed_from("music", [section.model_dump() for section in sections], work.take),
    )
    return made_in_turn(work, "music", brief.model, lambda model: _composed(work, model, request))


def _composed(work: Work, model: str, request: MusicRequest) -> Made:
    music, orders = have_composed(work, model, request, work.file(MUSIC))
    moods = [section.mood for section in request.sections]
    return Made(
        [MUSIC, *keep_waveform(work, work.file(MUSIC))],
        facts=music.model_dump(mode="json"),
        provenance=provenance_of("music", model, *orders, seed=request.seed, moods=moods),
    )


RECIPES = (
    Recipe(
        name="music",
        scope="project",
        group="sound",
        description="The music of the film, stretch by stretch in its mood.",
        version="1",
        make=make_music,
        retakes=True,
        capability="music",
        inputs=("script_breakdown/cues", "project_brief/music"),
        kinds=("audio",),
    ),
)
