"""Footage comes into a film frame by frame, sample by sample: the moment that was asked for, upright, fitted."""

import gc
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.footage_clip import make_footage_clip
from pixora_pipeline.media.footage_sound import write_reel_sound
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline_tests.media.material import decoded_sound, ffmpeg_complaints, tone, write_wav
from pixora_pipeline_tests.media.numbered import BLACK, WHITE, Source, luma_of, make_source, numbers, read_number

TALL = FilmFormat(width=108, height=192, fps=30, handle=6)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds with a keyframe at the start only, and a steady tone."""
    to = tmp_path_factory.mktemp("source") / "numbered.mp4"
    return make_source(to, Source(frames=300, keyint=300), tone(10.0, 500.0))


def seen(reel: Reel, fmt: FilmFormat) -> list[int]:
    return [read_number(luma_of(frame)) for frame in reel.open(fmt).run(range(reel.frames))]


@pytest.mark.parametrize("first", [0, 1, 29, 30, 47, 158, 249])
def test_a_cut_begins_with_the_very_frame_of_its_moment(source: Path, first: int) -> None:
    reel = Reel((Cut(source, first / 30, first / 30 + 1),), 20)
    assert seen(reel, TALL) == list(range(first, first + 20))


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
@pytest.mark.parametrize("rate", ["30", "30000/1001", "25", "60"])
def test_each_frame_is_the_one_a_player_shows_at_its_moment(fps: int, rate: str, tmp_path: Path) -> None:
    shot = make_source(tmp_path / "s.mp4", Source(rate=Fraction(rate), frames=90, layout=None))
    fmt = FilmFormat(width=108, height=192, fps=fps, handle=6)
    expected = [
        int((Fraction(1, 2) + Fraction(at, fps) + Fraction(1, 1000)) * Fraction(rate)) for at in range(fps // 2)
    ]
    assert seen(Reel((Cut(shot, 0.5, 1.1),), fps // 2), fmt) == expected


def test_a_variable_frame_rate_is_shown_at_its_own_times(tmp_path: Path) -> None:
    times = (0, 1, 2, 9, 10, 30, 31, 45, 59, 60, 61, 62)
    shot = make_source(tmp_path / "s.mkv", Source(times=times, layout=None))
    assert seen(Reel((Cut(shot, 0.1, 2.0),), 57), TALL) == [
        max(at for at in times if at <= now) for now in range(3, 60)
    ]


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts", "mov"])
def test_any_container_is_cut_at_the_same_frame(container: str, tmp_path: Path) -> None:
    # With sound, a transport stream would begin with that, one frame before the picture.
    shot = make_source(tmp_path / f"s.{container}", Source(keyint=40, frames=150, layout=None))
    assert seen(Reel((Cut(shot, 3.0, 4.0),), 5), TALL) == [90, 91, 92, 93, 94]


def test_frames_can_be_asked_for_in_any_order_and_written_on(source: Path) -> None:
    frames = Reel((Cut(source, 1.0, 1.5), Cut(source, 8.0, 8.5)), 30).open(TALL)
    for index, number in ((3, 33), (4, 34), (20, 245), (3, 33)):
        luma = luma_of(frames.frame(index))
        assert read_number(luma) == number
        luma.setflags(write=True)
        luma[:] = 0


def test_a_source_that_is_done_with_is_closed_at_once(source: Path) -> None:
    gc.disable()
    try:
        frames = Reel((Cut(source, 1.0, 2.0),), 30).open(TALL)
        frames.frame(3)
        assert str(source) in open_files()
        del frames
        assert str(source) not in open_files()
    finally:
        gc.enable()


def open_files() -> set[str]:
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(str(entry.readlink()))
    return found


def test_footage_shorter_than_its_scene_begins_again_and_says_so(source: Path, tmp_path: Path) -> None:
    reel = Reel((Cut(source, 1.0, 1.5), Cut(source, 4.0, 4.2)), 66)
    facts = make_footage_clip(reel, None, None, TALL, tmp_path / "c.mp4")
    turn = [*range(30, 45), *range(120, 126)]
    assert numbers(tmp_path / "c.mp4") == (turn * 4)[6:60]
    assert (facts.frames, facts.loops) == (54, 3)
    assert ffmpeg_complaints(tmp_path / "c.mp4") == ""
    assert Reel(reel.cuts, 21).loops(TALL) == 0 and Reel(reel.cuts, 22).loops(TALL) == 1


def picture_of(shot: Path, reel_fit: str, fmt: FilmFormat, focus: tuple[float, float] = (0.5, 0.5)) -> np.ndarray:
    reel = Reel((Cut(shot, 0.1, 0.2, focus),), 1, reel_fit)
    return luma_of(next(iter(reel.open(fmt).run(range(1))))).astype(int)


def halves(to: Path, **kinds: object) -> Path:
    """A picture that is black on its left and white on its right."""
    picture = np.full((180, 320), 16, np.uint8)
    picture[:, 160:] = 235
    with av.open(str(to), "w") as container:
        video = container.add_stream("libx264", rate=30, options={"crf": "10"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        video.codec_context.sample_aspect_ratio = kinds.get("pixel_aspect", Fraction(1))
        if "rotation" in kinds:
            video.set_display_rotation(kinds["rotation"])
        for _ in range(10):
            planes = np.concatenate([picture, np.full((90, 320), 128, np.uint8)])
            container.mux(video.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        container.mux(video.encode(None))
    return to


def test_a_crop_keeps_its_focus_in_view_and_stays_inside(tmp_path: Path) -> None:
    shot = halves(tmp_path / "h.mp4")
    assert picture_of(shot, "crop", TALL, (0.0, 0.5)).max() < 30
    assert picture_of(shot, "crop", TALL, (1.0, 0.5)).min() > 220
    middle = picture_of(shot, "crop", TALL)
    assert middle[:, :44].max() < 40 and middle[:, -44:].min() > 210


def test_a_padded_picture_is_whole_in_the_middle_of_black(tmp_path: Path) -> None:
    shown = picture_of(halves(tmp_path / "h.mp4"), "pad", TALL)
    lit = shown[:, 60:].mean(axis=1) > 200
    assert np.flatnonzero(lit)[[0, -1]].tolist() == pytest.approx([66, 125], abs=2)
    assert shown[:60].max() < 20 and shown[-60:].max() < 20
    assert shown[96, :48].max() < 40


@pytest.mark.parametrize(("rotation", "bright"), [(90, "top"), (-90, "bottom"), (180, "left")])
def test_a_turned_picture_is_shown_upright(rotation: int, bright: str, tmp_path: Path) -> None:
    shown = picture_of(halves(tmp_path / "h.mp4", rotation=rotation), "pad", FilmFormat(180, 180, 30, 6))
    parts = {"top": shown[20:80, 80:100], "bottom": shown[100:160, 80:100], "left": shown[80:100, 20:80]}
    assert {name for name, part in parts.items() if part.min() > 200} == {bright}


def test_pixels_that_are_not_square_are_stretched(tmp_path: Path) -> None:
    shot = halves(tmp_path / "h.mp4", pixel_aspect=Fraction(9, 16))
    assert picture_of(shot, "pad", FilmFormat(180, 180, 30, 6))[:, 100:].min() > 200


def test_full_range_and_ten_bits_come_out_like_the_rest(tmp_path: Path) -> None:
    for name, kind in (("plain", "yuv420p"), ("full", "yuvj420p"), ("ten", "yuv420p10le"), ("fine", "yuv444p")):
        shot = make_source(tmp_path / f"{name}.mp4", Source(frames=5, pixel_format=kind, layout=None))
        shown = picture_of(shot, "crop", TALL)
        assert (shown.min(), shown.max()) == pytest.approx((BLACK, WHITE), abs=4), name


@pytest.mark.parametrize(("transfer", "white"), [(16, 0.58), (18, 0.75)])
def test_white_in_hdr_is_white_in_the_film(transfer: int, white: float, tmp_path: Path) -> None:
    """PQ and HLG put the white of paper at those shares of full scale; taken for SDR it would look grey."""
    with av.open(str(tmp_path / "hdr.mp4"), "w") as container:
        video = container.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p10le"
        context = video.codec_context
        context.color_trc, context.color_primaries, context.colorspace, context.color_range = transfer, 9, 9, 1
        luma = np.full((180, 320), 64 + 876 * white, np.uint16)
        planes = np.concatenate([luma, np.full((90, 320), 512, np.uint16)])
        for _ in range(10):
            container.mux(video.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p10le")))
        container.mux(video.encode(None))
    assert picture_of(tmp_path / "hdr.mp4", "crop", TALL).mean() == pytest.approx(235, abs=5)


def test_what_is_not_needed_is_not_decoded(tmp_path: Path) -> None:
    shot = make_source(tmp_path / "s.mp4", Source(frames=240, keyint=30, layout=None))
    with av.open(str(shot)) as container:
        first = [packet for packet in islice(container.demux(video=0), 120) if packet.size]
    broken = bytearray(shot.read_bytes())
    for packet in first:
        broken[packet.pos : packet.pos + packet.size] = bytes(packet.size)
    (tmp_path / "broken.mp4").write_bytes(broken)
    assert seen(Reel((Cut(tmp_path / "broken.mp4", 6.0, 7.0),), 30), TALL) == list(range(180, 210))
    with pytest.raises(UserError, match=r"broken\.mp4"):
        seen(Reel((Cut(tmp_path / "broken.mp4", 1.0, 2.0),), 30), TALL)


@pytest.mark.parametrize(("rate", "layout"), [(48_000, "stereo"), (44_100, "mono"), (48_000, "5.1"), (22_050, "mono")])
def test_original_sound_stays_under_its_pictures(rate: int, layout: str, tmp_path: Path) -> None:
    sound = np.zeros(rate * 6)
    sound[rate * 4 :] = 0.3 * np.sin(2 * np.pi * 997 * np.arange(rate * 2) / rate)
    shot = make_source(tmp_path / "s.mp4", Source(frames=180, sample_rate=rate, layout=layout), sound)
    reel = Reel((Cut(shot, 1.0, 2.0), Cut(shot, 3.5, 5.5)), 90)
    assert write_reel_sound(reel, TALL, tmp_path / "o.wav").heard
    heard = np.abs(read_wav(tmp_path / "o.wav")[:, 0].astype(int))
    assert len(heard) == 90 * 1600
    assert int(np.argmax(heard > 1500)) == pytest.approx(1.5 * SAMPLE_RATE, abs=0.005 * SAMPLE_RATE)
    assert heard[-48:].max() < 2000, "it goes with the scene's last picture"


def test_the_sound_of_a_steady_tone_is_unbroken_within_a_cut(source: Path, tmp_path: Path) -> None:
    write_reel_sound(Reel((Cut(source, 3.21, 6.21),), 90), TALL, tmp_path / "o.wav")
    heard = read_wav(tmp_path / "o.wav")[12_000:-12_000, 0] / 32768
    levels = np.sqrt((heard[: len(heard) // 960 * 960].reshape(-1, 960) ** 2).mean(axis=1))
    assert levels.min() > 0.97 * levels.max()
    assert np.abs(np.diff(heard)).max() < 1.1 * 0.3 * 2 * np.pi * 500 / SAMPLE_RATE


def test_muted_footage_leaves_only_the_voice_and_silent_footage_is_silence(source: Path, tmp_path: Path) -> None:
    reel = Reel((Cut(source, 1.0, 3.0),), 60)
    voice = write_wav(tmp_path / "v.wav", tone(0.5))
    facts = make_footage_clip(reel, voice, None, TALL, tmp_path / "muted.mp4")
    muted = np.abs(decoded_sound(tmp_path / "muted.mp4"))
    assert facts.voice_start == pytest.approx(0.2)
    assert muted[:9000].max() < 0.01 and muted[40_000:].max() < 0.01
    write_reel_sound(reel, TALL, tmp_path / "o.wav", gain=0.5)
    make_footage_clip(reel, voice, tmp_path / "o.wav", TALL, tmp_path / "kept.mp4")
    assert np.abs(decoded_sound(tmp_path / "kept.mp4"))[2000:9000].max() == pytest.approx(0.15 * 2**0.5, abs=0.02)
    silent = make_source(tmp_path / "silent.mp4", Source(layout=None))
    assert not write_reel_sound(Reel((Cut(silent, 0, 2),), 60), TALL, tmp_path / "s.wav").heard
    assert not read_wav(tmp_path / "s.wav").any()


@pytest.mark.parametrize(
    "content", [b"", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", b"ffconcat version 1.0\nfile 'x'\n", b"?"]
)
def test_what_is_no_video_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "holiday.mp4").write_bytes(content)
    with pytest.raises(UserError, match=r"holiday\.mp4"):
        seen(Reel((Cut(tmp_path / "holiday.mp4", 0, 1),), 20), TALL)


def test_impossible_cuts_are_refused_in_words(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no picture at 10\.\d\d s"):
        seen(Reel((Cut(source, 9.5, 12.0),), 60), TALL)
    with pytest.raises(UserError, match="no picture at"):
        seen(Reel((Cut(source, 60.0, 61.0),), 20), TALL)
    with pytest.raises(UserError, match="start < end"):
        Cut(source, 2.0, 2.0)
    with pytest.raises(UserError, match="at least one piece"):
        Reel((), 60)
    with pytest.raises(UserError, match="nothing left"):
        make_footage_clip(Reel((Cut(source, 0, 1),), 12), None, None, TALL, tmp_path / "c.mp4")
    only_sound = write_wav(tmp_path / "sound.wav", tone(1))
    with pytest.raises(UserError, match=r"sound\.wav"):
        seen(Reel((Cut(only_sound, 0, 1),), 20), TALL)
