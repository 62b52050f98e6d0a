"""A preview shows the film as it will be, small, and leaves everything else as it was."""

import av

from pixora_pipeline.assets.graph import PREVIEW_WAVES
from pixora_pipeline.assets.preview import preview_format
from pixora_pipeline.assets.recorded import address_of, read_partition
from pixora_pipeline.assets.watching import WATCHED
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Project
from pixora_pipeline.runner import make_current
from pixora_pipeline.store.artifacts import Stored
from pixora_pipeline_tests.conftest import Bench


def preview_of(bench: Bench, project: Project) -> Stored:
    make_current(bench.studio, bench.instance, project, PREVIEW_WAVES)
    record = read_partition(bench.instance, "preview_video", project.id)
    assert record
    stored = bench.studio.store.find(address_of(project.id, ("preview_video", None), record.fingerprint))
    assert stored
    return stored


def parts(bench: Bench, kind: str) -> set[str]:
    return {path.parent.name for path in (bench.studio.settings.store / kind).glob("*/*/sidecar.json")}


def test_it_is_the_film_at_a_part_of_its_size(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    film, preview = bench.stored(project, "final_video"), preview_of(bench, project)
    with av.open(str(preview.path)) as container:
        video = container.streams.video[0]
        assert (video.width, video.height, video.average_rate) == (212, 120, 30)
    facts, wanted = ({k: v for k, v in each.sidecar.facts.items() if k != WATCHED} for each in (preview, film))
    assert facts == wanted
    assert [finding.message for finding in preview.sidecar.findings if not finding.passed] == []
    for name in ("film.srt", "film.vtt"):
        assert (preview.folder / name).read_bytes() == (film.folder / name).read_bytes()


def test_it_disturbs_nothing_and_uses_what_there_is(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    records, sounds = bench.records(project), parts(bench, "sound")
    preview_of(bench, project)
    assert bench.records(project) == records
    assert bench.plan(project).steps == ()
    assert parts(bench, "sound") == sounds


def test_an_edited_scene_alone_is_encoded_again(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    preview_of(bench, project)
    before = parts(bench, "preview_clip")
    overlay = Overlay(scenes={"s02": SceneEdit(camera="rise")})
    changed = bench.studio.projects.change(project, overlay=overlay)
    preview_of(bench, changed)
    assert len(parts(bench, "preview_clip") - before) == 1
    # The film itself still shows the scene as it was.
    assert ("scene_clip", "s02") in bench.plan(changed).places


def test_its_size_is_a_quarter_but_never_too_small_to_see() -> None:
    assert preview_format(FilmFormat(1920, 1080)) == FilmFormat(480, 270)
    assert preview_format(FilmFormat(1080, 1920, 60, 30)) == FilmFormat(270, 480, 60, 30)
    assert preview_format(FilmFormat(426, 240)) == FilmFormat(212, 120)
