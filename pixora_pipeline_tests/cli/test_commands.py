"""Commands as people type them: what they print where, what they make, and how they end."""

import json
from pathlib import Path

import av
import pytest

from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.cli.conftest import Desk
from pixora_pipeline_tests.cli.keyboard import Outcome, as_process
from pixora_pipeline_tests.conftest import STORY, Bench

PROMPT = "Tell a story about a lighthouse"


def files_below(root: Path) -> dict[str, int]:
    """Every file and when it was written."""
    return {str(path.relative_to(root)): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A first film, as a stranger's shell makes it."""
    folder = tmp_path_factory.mktemp("first")
    pixora = as_process(folder / "home", folder)
    return folder, pixora("make", PROMPT, "--resolution", "240p", "--seconds", "20", "--json")


def test_a_prompt_becomes_a_film_with_subtitles_beside_it(first: tuple[Path, Outcome]) -> None:
    folder, outcome = first
    assert outcome.code == 0, outcome.err
    report = outcome.json
    assert report["film"] == "out/tell-a-story-about-a.mp4"
    with av.open(str(folder / report["film"])) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle", "data"]
        assert abs(container.duration / 1e6 - report["seconds"]) < 0.2
    assert (folder / report["subtitles"]).read_text("utf-8").startswith("1\n00:00:0")
    beside = {f"tell-a-story-about-a.{kind}" for kind in ("mp4", "srt", "vtt", "poster.jpg")}
    assert files_below(folder / "out").keys() == beside


def test_the_report_is_the_only_thing_on_stdout(first: tuple[Path, Outcome]) -> None:
    _, outcome = first
    assert isinstance(outcome.json, dict)
    assert outcome.json["project"] not in outcome.err
    assert "Traceback" not in outcome.err
    assert "Film" in outcome.err  # progress goes there
    assert all(check["passed"] for check in outcome.json["checks"])
    assert outcome.json["hosted_estimate"]["total_usd"] > 0


def test_the_same_request_again_finds_the_same_project_and_makes_nothing(
    studio: Desk, film: tuple[Bench, Project]
) -> None:
    bench, project = film
    (studio.folder / "boat.md").write_text(STORY, "utf-8")
    before, rows = files_below(bench.studio.store.root), len(bench.studio.projects.newest())
    outcome = studio.pixora("make", "boat.md", "--resolution", "240p", "--json")
    assert (outcome.code, outcome.json["project"]) == (0, project.id)
    assert files_below(bench.studio.store.root) == before
    assert len(bench.studio.projects.newest()) == rows
    made = bench.stored(project, "final_video").path.read_bytes()
    assert (studio.folder / "out" / "boat.mp4").read_bytes() == made


def test_a_project_is_delivered_by_its_id(studio: Desk, film: tuple[Bench, Project]) -> None:
    bench, project = film
    outcome = studio.pixora("make", project.id, "-o", "films/boat.mp4")
    assert (outcome.code, outcome.out) == (0, "")
    assert "films/boat.mp4" in outcome.told
    stored = bench.stored(project, "final_video")
    assert (studio.folder / "films" / "boat.mp4").read_bytes() == stored.path.read_bytes()
    assert (studio.folder / "films" / "boat.srt").read_bytes() == (stored.folder / "film.srt").read_bytes()


def test_show_tells_the_script_and_every_artifact(studio: Desk, film: tuple[Bench, Project]) -> None:
    bench, project = film
    outcome = studio.pixora("show", project.id)
    assert (outcome.code, outcome.out) == (0, "")
    for word in ("The Red Boat", project.id, "completed", "1-4", "final_video", "embedded/artist@"):
        assert word in outcome.told, word
    shown = studio.pixora("show", project.id, "--json").json
    assert (shown["project"]["id"], shown["title"], shown["status"]) == (project.id, "The Red Boat", "completed")
    assert {each["status"] for each in shown["artifacts"]} == {"current"}
    assert all(Path(each["path"]).is_file() for each in shown["artifacts"])
    assert [scene["slot"] for scene in shown["script"]["scenes"]] == list(bench.slots(project))


def test_list_names_every_project(studio: Desk, film: tuple[Bench, Project]) -> None:
    _, project = film
    outcome = studio.pixora("list")
    assert (outcome.code, outcome.out) == (0, "")
    assert project.id in outcome.told
    listed = {each["project"]["id"]: each for each in studio.pixora("list", "--json").json}
    assert (listed[project.id]["title"], listed[project.id]["status"]) == ("The Red Boat", "completed")


def test_list_says_how_to_begin_where_there_is_nothing(desk: Desk) -> None:
    outcome = desk.pixora("list")
    assert (outcome.code, outcome.out) == (0, "")
    assert "No projects yet. Begin one: pixora make" in outcome.told
    assert desk.pixora("list", "--json").json == []


def test_doctor_tries_everything_and_all_of_it_works(desk: Desk) -> None:
    outcome = desk.pixora("doctor", "--json")
    assert outcome.code == 0
    assert outcome.json["works"] is True
    checks = {check["name"]: check for check in outcome.json["checks"]}
    assert checks.keys() >= {"home", "script", "pictures", "voice", "music", "ffmpeg", "dagster"}
    assert "en-us" in checks["voice"]["message"]
    assert "ink" in checks["pictures"]["message"]


def test_doctor_tells_what_is_wrong_and_goes_on(desk: Desk) -> None:
    desk.home.write_text("a file where the home should be")
    outcome = desk.pixora("doctor")
    assert (outcome.code, outcome.out) == (1, "")
    assert "✗ home" in outcome.told
    assert "PIXORA_HOME" in outcome.told
    assert "✓ music" in outcome.told


@pytest.mark.parametrize("command", ["show", "make"])
def test_an_unknown_project_is_not_found(desk: Desk, command: str) -> None:
    outcome = desk.pixora(command, "p-zzzzzzzzzz")
    assert (outcome.code, outcome.out) == (3, "")
    assert "There is no project 'p-zzzzzzzzzz'. `pixora list` shows those there are." in outcome.told


CHINESE = "从前有一座灯塔，守塔人每天晚上点亮灯火。"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([""], 2, "The prompt is empty"),
        (["too short"], 2, "The prompt has 9 characters"),
        (["missing.md"], 3, "There is no file 'missing.md'"),
        (["given"], 2, "given is not a file"),
        (["given/empty.md"], 2, "given/empty.md is empty"),
        (["given/picture.md"], 2, "given/picture.md is not text"),
        ([CHINESE], 2, "--language zh"),
        ([PROMPT, "--voice", "nobody"], 2, "There is no voice 'nobody'"),
        ([PROMPT, "--language", "tlh"], 2, "'tlh'"),
        ([PROMPT, "--style", "cubist"], 2, "--style is 'cubist'"),
        ([PROMPT, "--kind", "opera"], 2, "--kind is 'opera'"),
        ([PROMPT, "--aspect", "3:1"], 2, "--aspect is '3:1'"),
        ([PROMPT, "--resolution", "8k"], 2, "--resolution is '8k'"),
        ([PROMPT, "--fps", "29"], 2, "--fps is 29; choose one of 24, 25, 30, 60"),
        ([PROMPT, "--captions", "comic"], 2, "--captions is 'comic'"),
        ([PROMPT + " \U0001e900", "--captions", "box"], 2, "No font on this machine can set '\U0001e900'"),
        ([PROMPT, "--loudness", "-5"], 2, "--loudness is -5; choose -28 to -12"),
        ([PROMPT, "--ducking", "nan"], 2, "--ducking is nan; choose 0 to 24"),
        ([PROMPT, "--fade-out", "11"], 2, "--fade-out is 11; choose 0 to 10"),
        ([PROMPT, "--seconds", "5"], 2, "--seconds is 5"),
        ([PROMPT, "--seconds", "nan"], 2, "--seconds is nan"),
        ([PROMPT, "--seconds", "soon"], 2, "--seconds"),
        ([PROMPT, "--title", ""], 2, "--title has 0 characters"),
        ([PROMPT, "-o", "given"], 2, "given is a folder"),
        ([PROMPT, "-o", "film.mkv"], 2, "film.mkv does not end in .mp4"),
        ([PROMPT, "-o", "given/empty.md/film.mp4"], 2, "can't be made"),
        ([PROMPT, "--loud"], 2, "--loud"),
        ([], 2, "INPUT"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_request_ends_in_a_sentence_and_writes_nothing(
    desk: Desk, arguments: list[str], code: int, told: str
) -> None:
    (desk.folder / "given").mkdir()
    (desk.folder / "given" / "empty.md").write_text(" \n")
    (desk.folder / "given" / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    before = files_below(desk.folder.parent)
    outcome = desk.pixora("make", *arguments, "--json")
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.told
    assert "Traceback" not in outcome.err
    assert files_below(desk.folder.parent) == before
    assert not desk.home.exists()
    assert [path.name for path in desk.folder.iterdir()] == ["given"]


@pytest.mark.parametrize(("option", "choices"), [("--transition", "wipe, slide, push"), ("--camera", "rise, dive")])
def test_an_edit_that_there_is_not_is_answered_with_the_choices(desk: Desk, option: str, choices: str) -> None:
    outcome = desk.pixora("edit", "p-zzzzzzzzzz", "--scene", "2", option, "star")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{option} is 'star'; choose one of auto, " in outcome.told
    assert choices in outcome.told


def test_an_unknown_command_is_refused(desk: Desk) -> None:
    assert desk.pixora("paint").code == 2


def test_a_row_that_cannot_be_read_hides_no_other_from_list(desk: Desk) -> None:
    from sqlalchemy import text

    from pixora_pipeline.settings import settings
    from pixora_pipeline.store.database import open_database

    with open_database(settings().database).begin() as connection:
        for id, wishes in (("p-aaaaaaaaaa", '{"aspect": "3:1"}'), ("p-bbbbbbbbbb", "{}"), ("my-film", "{}")):
            row = {"id": id, "text": PROMPT, "preferences": wishes}
            connection.execute(
                text("INSERT INTO projects (id, text, preferences) VALUES (:id, :text, :preferences)"), row
            )
    outcome = desk.pixora("list", "--json")
    assert outcome.code == 0
    assert [each["project"]["id"] for each in outcome.json] == ["p-bbbbbbbbbb"]
    assert "p-aaaaaaaaaa" in outcome.told
    assert "my-film" in outcome.told


def test_a_home_that_cannot_be_used_is_told(desk: Desk) -> None:
    desk.home.write_text("a file")
    outcome = desk.pixora("make", PROMPT)
    assert outcome.code == 75
    assert "PIXORA_HOME" in outcome.told
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "many"), ("WORKERS", "0"), ("WORKERS", "-1"), ("WEBSERVER_PORT", "http"), ("WEBSERVER_PORT", "99999")],
)
def test_a_setting_that_cannot_be_had_is_told_by_its_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PIXORA_{name}", value)
    # No `make`: it would begin the process that all later tests' workers come from, with that setting.
    outcome = desk.pixora("list")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"PIXORA_{name} is '{value}'" in outcome.told
    assert not desk.home.exists()


def test_json_keeps_letters_as_they_are(studio: Desk, film: tuple[Bench, Project]) -> None:
    out = studio.pixora("show", film[1].id, "--json").out
    assert json.loads(out)["project"]["text"] == STORY
    assert out.endswith("}\n")
