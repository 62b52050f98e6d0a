"""A recording is fitted to a voice: steps begin on their words, and pictures stand in between."""

from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.media.alignment import align_steps
from pixora_pipeline.media.animation import FASTEST, fit
from pixora_pipeline.media.timing import FilmFormat, scene_frames
from pixora_pipeline.model.results import Animation, Stretch, WordMark

FMT = FilmFormat(width=64, height=36)


def recording(*steps: tuple[str, int]) -> Animation:
    stretches, first = [], 0
    for said, frames in steps:
        stretches.append(Stretch(first=first, frames=frames, hold=0, said=said, begins=True))
        first += frames
    return Animation(width=64, height=36, fps=30, frames=first, stretches=tuple(stretches))


def voice(text: str, pace: float = 0.4) -> list[WordMark]:
    return [WordMark(start=n * pace, end=(n + 0.9) * pace, text=word) for n, word in enumerate(text.split())]


def test_a_step_begins_just_before_its_words_are_heard() -> None:
    words = voice("Bees fly far away from home. Then the dance begins. At last others follow the dancer out.")
    frames = scene_frames(words[-1].end, None, FMT)
    passages = fit(recording(("", 20), ("dance begins", 20), ("others follow", 20)), words, frames, FMT)
    heard = [FMT.lead + words[n].start for n in (8, 12)]
    for passage, second in zip(passages[1:], heard, strict=True):
        assert 0 < second - passage.start / FMT.fps < 0.3


def test_other_words_move_the_steps_and_nothing_else() -> None:
    recorded = recording(("", 20), ("dance", 20))
    short, long = voice("Bees dance well."), voice("Bees, and this is a long way to say it, sometimes dance.")
    one = fit(recorded, short, scene_frames(short[-1].end, 6.0, FMT), FMT)
    other = fit(recorded, long, scene_frames(long[-1].end, 6.0, FMT), FMT)
    assert one[1].start < other[1].start
    assert [(p.first, p.last) for p in one] == [(p.first, p.last) for p in other]


def test_steps_that_are_not_spoken_of_are_spread_evenly() -> None:
    assert align_steps(["", "unheard", "never said"], ["one"] * 9) == [0.0, 3.0, 6.0]


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "dance", "home bees", "zebra"]), st.integers(1, 90)), min_size=1, max_size=8
    ),
    st.lists(st.sampled_from(["bees", "dance", "home", "the", "far"]), max_size=30),
    st.floats(0, 12),
)
def test_every_step_is_shown_in_order_and_whole_where_it_fits(steps, words, least) -> None:
    spoken = voice(" ".join(words)) if words else []
    frames = scene_frames(spoken[-1].end if spoken else 0.0, least, FMT)
    recorded = recording(*steps)
    passages = fit(recorded, spoken, frames, FMT)
    starts = [passage.start for passage in passages]
    assert len(passages) == len(steps)
    assert starts == sorted(starts)
    assert all(1.0 <= passage.pace <= FASTEST for passage in passages)
    room = frames - FMT.handle - 5
    if recorded.frames / FASTEST <= room - len(steps):
        assert passages[-1].at(frames - FMT.handle) == recorded.frames - 1
