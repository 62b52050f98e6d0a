"""A wave reports in order, and is at work meanwhile."""

import threading
from pathlib import Path

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.wave import Wave
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.planning.layout import Layout
from pixora_pipeline.planning.recipe import Recipe, graph_of
from pixora_pipeline.planning.records import Records
from pixora_pipeline.settings import Settings

ID = "p-aaaaaaaaaa"


def test_what_has_become_possible_is_begun_before_what_it_reads_is_reported(tmp_path: Path) -> None:
    begun = threading.Event()

    def words(work: Work) -> Made:
        work.file("words.txt").write_text("Once.")
        return Made(["words.txt"])

    def voice(work: Work) -> Made:
        begun.set()
        return words(work)

    about = {"scope": "project", "group": "any", "description": "", "version": "1"}
    graph = graph_of(Recipe("words", make=words, **about), Recipe("voice", make=voice, inputs=("words",), **about))
    studio = Studio(Settings(home=tmp_path))
    project = studio.projects.add(ID, "A text of a few words.")
    wave = Wave(graph, studio, project, Records(), [("words", None), ("voice", None)], Layout(project.kind))
    outcomes = wave.run()
    assert next(outcomes).place == ("words", None)
    # Nobody has asked for more yet.
    assert begun.wait(30)
    assert [each.place for each in outcomes] == [("voice", None)]
