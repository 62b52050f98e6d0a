"""A compilation's tags: its scenes' names, what was asked for and is in it, and its part of the library."""

from pixora_pipeline.model.compilation import CompilationBrief
from pixora_pipeline.model.script import ScriptBreakdown


def tags_of(script: ScriptBreakdown, brief: CompilationBrief) -> tuple[str, ...]:
    """The tags, each once, as all tags are written."""
    from pixora_pipeline.footage.titles import stands_above
    from pixora_pipeline.footage.wishes import LEVELS, read_wishes
    from pixora_pipeline.store.generated_videos import tag_form

    titles = [scene.title for scene in script.scenes]
    told = " ".join(f"{scene.title}. {scene.narration}" for scene in script.scenes)
    wishes = read_wishes(brief.requirements, brief.context, brief.seconds, brief.collection)
    asked = [topic for topic in (*wishes.topics, *wishes.background) if topic not in LEVELS]
    there = [topic for topic in asked if stands_above(topic, told)]
    return tuple(dict.fromkeys(map(tag_form, filter(None, (*titles, *there, brief.collection, *brief.tags)))))
