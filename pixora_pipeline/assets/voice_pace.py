"""The pace at which a compilation's voice speaks, as far as it was heard in finished films.

It is looked up when clips are planned and stays in that plan: what is heard later makes no plan stale. Another take of
the plan, or another film, is planned by what is known then.
"""

from pixora_pipeline.assets.brief import voice_of
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.project import Project
from pixora_pipeline.providers.catalogue import offer


def known_pace(studio: Studio, project: Project) -> float:
    """How much more time than narrators the project's voice takes; 1 where that is not known, or it is built in."""
    from pixora_pipeline.footage.voice_pace import pace_of

    voice = voice_of(project)
    if offer("speech", voice.model).embedded:
        return 1.0
    heard = studio.generated_videos.told_by(voice.model, voice.voice)
    spoken = [(words, audio.spoken_seconds) for words, audio in heard if _alike(audio.language, voice.language)]
    return pace_of([(words, seconds) for words, seconds in spoken if seconds], voice.language)


def _alike(one: str, other: str) -> bool:
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
