"""A broadcast whose sound has a coding that nobody here can name is taken in silent, and says so where it is added."""

import random
from pathlib import Path

import pytest

from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline_tests.cli.keyboard import in_process, living_in
from pixora_pipeline_tests.footage.test_odd_sound import beeping
from pixora_pipeline_tests.media.checksum import check_sum

SOUND_PID, TABLE_PID = 0x101, 0x1000
MPEG_H, PRIVATE, AAC = 0x2D, 0x06, 0x0F
TOLD = "One of its tracks is of a coding that nothing here knows: if that is its sound, it is taken in as silent."


def of_coding(named: int, to: Path) -> Path:
    """A broadcast whose sound is noise that is called so."""
    data, drawn = bytearray(beeping(to, "aac").read_bytes()), random.Random(1)
    for at in range(0, len(data), 188):
        pid, begins = (data[at + 1] & 0x1F) << 8 | data[at + 2], data[at + 1] & 0x40
        body = at + 4 + (1 + data[at + 4] if data[at + 3] & 0x20 else 0)
        if pid == SOUND_PID:
            body += 9 + data[body + 8] if begins else 0
            data[body : at + 188] = drawn.randbytes(at + 188 - body)
        elif pid == TABLE_PID and begins:
            rename(data, body + 1 + data[body], named)
    to.write_bytes(data)
    return to


def rename(data: bytearray, table: int, named: int) -> None:
    end = table + 3 + ((data[table + 1] & 0xF) << 8 | data[table + 2]) - 4
    entry = table + 12 + ((data[table + 10] & 0xF) << 8 | data[table + 11])
    while entry < end:
        if data[entry] == AAC:
            data[entry] = named
        entry += 5 + ((data[entry + 3] & 0xF) << 8 | data[entry + 4])
    data[end : end + 4] = check_sum(data[table:end], 0xFFFFFFFF).to_bytes(4, "big")


@pytest.mark.parametrize("named", [MPEG_H, PRIVATE])
def test_it_is_told_and_its_pictures_can_be_used(named: int, tmp_path: Path) -> None:
    video = of_coding(named, tmp_path / "v.ts")
    facts = probe_source(video)
    assert facts.unread and not facts.has_sound and facts.sound_told.startswith(TOLD)
    cut_out(video, "v", 1.0, 3.5, tmp_path / "cut.mkv")


def test_a_video_without_sound_says_nothing_of_tracks(tmp_path: Path) -> None:
    facts = probe_source(beeping(tmp_path / "v.ts", "aac", "-an"))
    assert not facts.has_sound and facts.sound_told is None
    assert "unread" not in facts.model_dump()


def test_people_are_told_when_it_is_added_and_when_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    video = of_coding(MPEG_H, tmp_path / "evening news.ts")
    with living_in(tmp_path / "home", monkeypatch):
        run = in_process(capsys, monkeypatch)
        added = run("footage", "add", str(video))
        (listed,) = run("footage", "list", "--json").json
        shown = run("footage", "show", listed["id"])
    assert added.code == 0 and TOLD in added.told
    assert TOLD in shown.told and listed["sound"].startswith(TOLD)
    assert "It has no sound that can be read" in listed["note"]
