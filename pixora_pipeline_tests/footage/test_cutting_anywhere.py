"""What is cut out of a source shows the stretch that was asked for, whatever its container knows of its key frames."""

from pathlib import Path

import av
import pytest

from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline_tests.footage.test_hostile_inputs import X264, video


def brightness_at(file: Path, second: float) -> float:
    with av.open(str(file)) as container:
        frames = (frame for frame in container.decode(video=0) if frame.time is not None)
        return float(next(frame for frame in frames if frame.time >= second - 0.02).to_ndarray(format="gray").mean())


@pytest.fixture(scope="module", params=["mp4", "mkv", "ts", "avi", "b.mp4", "b.mkv"])
def brighter_by_the_second(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Black at first, each of twenty seconds ten shades brighter; a key frame every six seconds."""
    to = tmp_path_factory.mktemp("shades") / f"shades.{request.param}"
    shades = "geq=lum='20+10*floor(T)':cb=128:cr=128"
    # What waits for later pictures is decoded in another order than it is shown.
    bidirectional = ("-bf", 3, "-b_strategy", 0) if request.param[0] == "b" else ()
    return video(to, "-vf", shades, *X264, *bidirectional, "-g", 60, "-sc_threshold", 0, rate=10, seconds=20)


@pytest.mark.parametrize(("start", "end"), [(0.0, 2.0), (4.5, 7.5), (11.4, 13.4), (16.5, 19.5)])
def test_a_stretch_is_the_one_asked_for(brighter_by_the_second: Path, tmp_path: Path, start: float, end: float) -> None:
    cut = cut_out(brighter_by_the_second, "shades", start, end, tmp_path / "cut.mkv")
    assert cut.end - cut.start == pytest.approx(end - start, abs=0.11), "give or take a picture"
    shown = [brightness_at(tmp_path / "cut.mkv", cut.start + at) for at in (0.0, end - start - 0.3)]
    wanted = [brightness_at(brighter_by_the_second, _clock(brighter_by_the_second) + at) for at in (start, end - 0.3)]
    assert shown == pytest.approx(wanted, abs=2)


def _clock(file: Path) -> float:
    with av.open(str(file)) as container:
        return (container.start_time or 0) / av.time_base
