"""Thumbnails: each shows what the film shows then, and every moment has one."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pysubs2
from PIL import Image

from pixora_pipeline.media.storyboard import write_storyboard
from pixora_pipeline_tests.media.material import SMALL, SmallFilm, decoded_luma


def test_each_thumbnail_shows_the_film_at_its_time(small_film: SmallFilm, tmp_path: Path) -> None:
    sheet, cues = tmp_path / "thumbnails.jpg", tmp_path / "thumbnails.vtt"
    count = write_storyboard(small_film.path, sheet, cues)
    shown = decoded_luma(small_film.path)
    events = pysubs2.load(str(cues))
    assert len(events) == count >= 2
    with Image.open(sheet) as whole:
        for event in events:
            name, *place = re.fullmatch(r"(.+)#xywh=(\d+),(\d+),(\d+),(\d+)", event.text).groups()
            left, top, width, height = map(int, place)
            assert (name, width, height) == ("thumbnails.jpg", 160, 90)
            grey = np.asarray(whole.crop((left, top, left + width, top + height)).convert("L"), float).mean()
            # It comes up from black: the first is of what is seen then.
            seen = max(event.start / 1000, SMALL.seconds(SMALL.handle))
            time, luma = min(shown, key=lambda frame: abs(frame[0] - seen))
            assert abs(grey - (luma - 16) * 255 / 219) < 3, time


def test_every_moment_of_the_film_has_a_thumbnail(small_film: SmallFilm, tmp_path: Path) -> None:
    write_storyboard(small_film.path, tmp_path / "sheet.jpg", tmp_path / "sheet.vtt")
    events = pysubs2.load(str(tmp_path / "sheet.vtt")).events
    assert events[0].start == 0
    assert all(earlier.end == later.start for earlier, later in pairwise(events))
    assert abs(events[-1].end / 1000 - small_film.timeline.frames / 30) < 0.01


def test_the_first_thumbnail_is_not_the_black_that_a_film_comes_up_from(small_film: SmallFilm, tmp_path: Path) -> None:
    write_storyboard(small_film.path, tmp_path / "sheet.jpg", tmp_path / "sheet.vtt")
    with Image.open(tmp_path / "sheet.jpg") as whole:
        assert np.asarray(whole.crop((0, 0, 160, 90)).convert("L"), float).mean() > 10
    assert decoded_luma(small_film.path)[0][1] < 20, "its first frame is"
