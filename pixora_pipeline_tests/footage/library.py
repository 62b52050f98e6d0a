"""A small library in a bench: seven short videos, known words, made once for all tests that only look."""

from pathlib import Path

from pixora_pipeline.assets.intake import add_video
from pixora_pipeline.model.footage import VideoSource
from pixora_pipeline.runner import make_findable
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.material import Take, film

TAKES = (
    (
        "neck rolls",
        ("Let us begin with gentle neck rolls.", "Drop your chin to your chest and roll slowly."),
        ("Bring your shoulders up to your ears and let them fall.",),
    ),
    (
        "core basics",
        ("Come down onto your forearms and hold a plank.", "Keep your hips level and squeeze your belly."),
        ("Turn over for the dead bug.", "Lower the opposite arm and leg."),
    ),
    ("sweaty intervals", ("Ten star jumps as fast as you can!", "Squeeze your belly and land softly.")),
    (
        "hips and spine",
        ("On all fours, arch and round your back.", "This is the cat cow."),
        ("Circle your hips wide, hands on your waist.",),
    ),
    ("bridges", ("Now the bird dog, reach the opposite arm and leg long.", "Keep your belly tight.")),
    ("evening stretch", ("Sit back on your heels in child's pose and breathe out.",)),
)


def make_takes(folder: Path) -> list[Path]:
    """Write the videos."""
    return [film(Take(name, shots, first_picture=at), folder) for at, (name, *shots) in enumerate(TAKES)]


def fill(bench: Bench, videos: list[Path], **wishes) -> list[VideoSource]:
    """Take them into a bench's library."""
    chosen = {"tags": None, "collection": None} | wishes
    added = [add_video(bench.studio, bench.instance, video, **chosen) for video in videos]
    for source in added:
        make_findable(bench.studio, bench.instance, source.id)
    return added
