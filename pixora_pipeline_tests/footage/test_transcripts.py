"""Words come from the file beside a video or from its own track, cleaned; they keep their times."""

from itertools import pairwise
from pathlib import Path

import pytest

from pixora_pipeline.footage.looking import describe_scenes, find_shots
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.footage.scenes import LONGEST_SCENE_SECONDS, scene_spans
from pixora_pipeline.footage.transcripts import read_transcript, sidecar_of
from pixora_pipeline.model.footage import Line, Shot, SourceFacts
from pixora_pipeline_tests.footage.material import Take, film

FACTS = SourceFacts(
    container="mp4", codec="h264", seconds=60, width=64, height=64, fps=30, rotation=0, size=1, has_sound=True,
    subtitle_streams=0,
)  # fmt: skip


def read(tmp_path: Path, text: str, name: str = "a.srt") -> tuple[Line, ...]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_transcript(tmp_path / "a.mp4", file, FACTS).lines


def test_the_sidecar_is_read(three_shots: tuple[Path, Take]) -> None:
    video, take = three_shots
    transcript = read_transcript(video, sidecar_of(video), probe_source(video))
    assert transcript.origin == "sidecar"
    assert [line.text for line in transcript.lines] == [line.text for line in take.lines]
    assert [line.start for line in transcript.lines] == pytest.approx([line.start for line in take.lines], abs=0.002)


def test_a_track_inside_the_video_is_read(tmp_path: Path) -> None:
    take = Take("track", (("This is a squat.", "Sit back into your heels."),), track=True)
    video = film(take, tmp_path)
    transcript = read_transcript(video, sidecar_of(video), probe_source(video))
    assert transcript.origin == "subtitle track"
    assert [line.text for line in transcript.lines] == [line.text for line in take.lines]


def test_a_video_without_words_says_so(tmp_path: Path) -> None:
    transcript = read_transcript(tmp_path / "a.mp4", None, FACTS)
    assert transcript.lines == ()
    assert "no words are written down" in transcript.note


def test_the_language_may_stand_in_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    (tmp_path / "a.en.vtt").touch()
    (tmp_path / "ab.srt").touch()
    assert sidecar_of(tmp_path / "a.mp4") == tmp_path / "a.en.vtt"


def test_web_subtitles_are_read(tmp_path: Path) -> None:
    lines = read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ann>Breathe <i>in</i>.\n", "a.vtt")
    assert lines == (Line(start=1.0, end=2.5, text="Breathe in."),)


def test_markup_times_and_control_letters_are_cleaned(tmp_path: Path) -> None:
    text = """1
00:00:50,000 --> 00:02:00,000
{\\an8}<font color="red">Last</font>\u202e one

2
00:00:01,000 --> 00:00:03,000
First

3
00:00:02,500 --> 00:00:04,000
Second

4
00:00:09,000 --> 00:00:08,000
Backwards
"""
    assert read(tmp_path, text) == (
        Line(start=1.0, end=3.0, text="First"),
        Line(start=3.0, end=4.0, text="Second"),
        Line(start=50.0, end=60.0, text="Last one"),
    )


def test_shots_are_cut_where_the_picture_changes(three_shots: tuple[Path, Take], tmp_path: Path) -> None:
    video, take = three_shots
    found = find_shots(video, probe_source(video), tmp_path / "seen.npz").shots
    assert [shot.start for shot in found][1:] == pytest.approx(take.cuts, abs=0.1)
    assert found[0].start == 0.0


def test_scenes_say_what_is_seen_and_what_is_said(three_shots: tuple[Path, Take], tmp_path: Path) -> None:
    video, take = three_shots
    facts, seen = probe_source(video), tmp_path / "seen.npz"
    shots, transcript = find_shots(video, facts, seen).shots, read_transcript(video, sidecar_of(video), facts)
    scenes = describe_scenes(video, facts, shots, transcript, seen).scenes
    assert [scene.words for scene in scenes] == [" ".join(said) for said in take.shots]
    assert len({scene.look for scene in scenes}) == 3
    assert all(scene.motion > 0.004 for scene in scenes)


def test_a_long_take_is_parted_at_sentences() -> None:
    lines = [Line(start=5 * n, end=5 * n + 4, text="And on." if n % 2 else "and then") for n in range(24)]
    spans = scene_spans([Shot(start=0, end=120)], lines)
    assert (spans[0].start, spans[-1].end) == (0, 120)
    assert all(one.end == other.start for one, other in pairwise(spans))
    assert max(span.seconds for span in spans) <= LONGEST_SCENE_SECONDS
    ends = {line.end for line in lines if line.text.endswith(".")}
    assert all(span.end in ends for span in spans[:-1])
