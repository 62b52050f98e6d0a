"""Whatever somebody gives us as a video comes into a film in the film's own format, or is refused in one sentence."""

import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.media.footage_clip import make_footage_clip
from pixora_pipeline.media.footage_sound import write_reel_sound
from pixora_pipeline.media.probe import probe
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline_tests.media.material import ffmpeg_complaints

FMT = FilmFormat(width=64, height=112, fps=30, handle=3)
PICTURE = "testsrc2=size={size}:rate={rate}:duration={seconds}"


def ffmpeg(*arguments: object) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def video(to: Path, *options: object, size: str = "64x48", rate: object = 30, seconds: float = 1.0) -> Path:
    """A test picture, coded as the options say."""
    ffmpeg("-f", "lavfi", "-i", PICTURE.format(size=size, rate=rate, seconds=seconds), *options, f"file:{to}")
    return to


def with_sound(to: Path, source: str, *options: object) -> Path:
    """The same with a sound."""
    picture = PICTURE.format(size="64x48", rate=30, seconds=1)
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", source, "-t", 1, *options, f"file:{to}")
    return to


def in_the_film(given: Path, folder: Path) -> None:
    """Take it in as a project does, and hold the clip to the film's format."""
    facts = probe_source(given)
    cut = cut_out(given, given.name, 0.0, min(facts.seconds, 0.6), folder / "cut.mkv")
    reel = Reel((Cut(folder / "cut.mkv", cut.start, cut.end),), 18)
    write_reel_sound(reel, FMT, folder / "own.wav")
    made = make_footage_clip(reel, None, None, FMT, folder / "clip.mp4")
    found = probe(folder / "clip.mp4").video
    assert found and (found.width, found.height, found.fps, found.frames) == (64, 112, 30, made.frames)
    assert found.pixel_format == "yuv420p"
    assert ffmpeg_complaints(folder / "clip.mp4") == ""


X264 = ("-c:v", "libx264", "-preset", "ultrafast")
SHAPES: dict[str, Callable[[Path], Path]] = {
    "odd size": lambda f: video(f / "v.mp4", *X264, "-pix_fmt", "yuv444p", size="63x47"),
    "one line of pixels over the least": lambda f: video(f / "v.mkv", "-c:v", "ffv1", size="17x16"),
    "a strip": lambda f: video(f / "v.mkv", "-c:v", "ffv1", size="1600x16"),
    "grey": lambda f: video(f / "v.mp4", *X264, "-pix_fmt", "gray"),
    "with transparency": lambda f: video(f / "v.mov", "-c:v", "prores_ks", "-profile:v", 4, "-pix_fmt", "yuva444p10le"),
    "an old camera's": lambda f: video(f / "v.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj422p"),
    "no times of its own": lambda f: video(f / "v.avi", "-c:v", "mpeg4", "-bf", 2),
    "a lie about its length": lambda f: lying(f / "v.mp4"),
    "sixty pictures": lambda f: video(f / "v.mkv", *X264, *["-map", 0] * 60, seconds=0.7),
    "ten bits in HDR": lambda f: video(
        f / "v.mp4", *X264, "-pix_fmt", "yuv420p10le", "-color_trc", "smpte2084", "-color_primaries", "bt2020",
        "-colorspace", "bt2020nc",
    ),
    "AV1": lambda f: video(f / "v.mp4", "-c:v", "libaom-av1", "-cpu-used", 8),
    "VP9 with transparency": lambda f: video(f / "v.webm", "-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p"),
    "twelve bits": lambda f: video(
        f / "v.mkv", "-c:v", "libx265", "-pix_fmt", "yuv422p12le", "-x265-params", "log-level=0"
    ),
    "turned by 45 degrees": lambda f: turned(f, 45),
    "two sizes, one after the other": lambda f: two_sizes(f),
    "five thousand chapters": lambda f: chaptered(f),
    "an archive at its end": lambda f: with_archive(f),
    "a track of sound that holds none": lambda f: soundless(f / "v.mkv"),
    "a sound of 384 kHz": lambda f: with_sound(f / "v.mkv", "sine=sample_rate=384000", *X264, "-c:a", "pcm_s16le"),
    "three channels": lambda f: with_sound(f / "v.mkv", "aevalsrc=0.1|0.1|0.1", *X264, "-c:a", "pcm_s16le"),
    "one frame a second": lambda f: video(f / "v.mp4", *X264, rate=1, seconds=3),
    "240 frames a second": lambda f: video(f / "v.mp4", *X264, rate=240),
    "a strange rate": lambda f: video(f / "v.mp4", *X264, rate="24000/1001"),
    "interlaced": lambda f: video(f / "v.ts", "-c:v", "mpeg2video", "-vf", "setfield=tff", "-flags", "+ilme+ildct"),
    "pixels that are not square": lambda f: video(f / "v.mp4", *X264, "-vf", "setsar=3/2"),
    "times that begin below zero": lambda f: video(
        f / "v.mkv", *X264, "-vf", "setpts=PTS-0.3/TB", "-avoid_negative_ts", "disabled"
    ),
    "times that begin at a day": lambda f: video(f / "v.ts", *X264, "-output_ts_offset", 86_400),
    "a name of another kind": lambda f: video(f / "v.mp4", *X264).rename(f / "v.srt"),
    "a link": lambda f: linked(video(f / "v.mp4", *X264), f / "link.mp4"),
    "six channels": lambda f: with_sound(f / "v.mp4", "anoisesrc", "-af", "pan=5.1|FL=c0|FR=c0|LFE=c0", *X264),
    "sound of 8 kHz": lambda f: with_sound(f / "v.mkv", "sine=sample_rate=8000", *X264, "-c:a", "pcm_mulaw"),
    "eleven sounds": lambda f: with_sound(f / "v.mkv", "sine", *X264, "-map", 0, *["-map", 1] * 11),
    "no sound, lying on its side": lambda f: turned(f),
    "sound longer than the picture": lambda f: longer_sound(f / "v.mkv"),
    "fragmented": lambda f: video(f / "v.mp4", *X264, "-movflags", "+frag_keyframe+empty_moov+default_base_moof"),
    "a cover before the picture": lambda f: with_cover(f),
    "fonts and subtitles that act": lambda f: with_attachments(f),
}  # fmt: skip


def linked(to: Path, link: Path) -> Path:
    link.symlink_to(to)
    return link


def turned(folder: Path, degrees: int = 90) -> Path:
    plain, flagged = video(folder / "plain.mp4", *X264), folder / "v.mp4"
    ffmpeg("-display_rotation", degrees, "-i", plain, "-c", "copy", flagged)
    return flagged


def two_sizes(folder: Path) -> Path:
    """As a recorder writes it when it is told to film larger from now on."""
    both = folder / "v.ts"
    small = video(folder / "small.ts", *X264, size="64x48", seconds=0.5)
    large = video(folder / "large.ts", *X264, "-output_ts_offset", 0.5, size="96x64", seconds=0.5)
    both.write_bytes(small.read_bytes() + large.read_bytes())
    return both


def chaptered(folder: Path) -> Path:
    told, to = folder / "chapters.txt", folder / "v.mkv"
    rows = (f"[CHAPTER]\nTIMEBASE=1/9000\nSTART={n}\nEND={n + 1}\ntitle={{\\an8}}\\={n}\n" for n in range(5000))
    told.write_text(";FFMETADATA1\n" + "".join(rows))
    ffmpeg("-i", video(folder / "plain.mp4", *X264), "-i", told, "-map_chapters", 1, "-c", "copy", to)
    return to


def with_archive(folder: Path) -> Path:
    both = video(folder / "v.mp4", *X264)
    archive(folder / "x.zip")
    both.write_bytes(both.read_bytes() + (folder / "x.zip").read_bytes())
    return both


def soundless(to: Path) -> Path:
    picture = PICTURE.format(size="64x48", rate=30, seconds=1)
    sine = ("-itsoffset", 3600, "-f", "lavfi", "-i", "sine=duration=1")
    # It would begin when the film is long over.
    ffmpeg("-f", "lavfi", "-i", picture, *sine, "-t", 1, *X264, "-c:a", "aac", to)
    return to


def longer_sound(to: Path) -> Path:
    picture = PICTURE.format(size="64x48", rate=30, seconds=1)
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=duration=4", *X264, "-c:a", "flac", to)
    return to


def with_cover(folder: Path) -> Path:
    """A song's cover stands first among the streams, as music services write it."""
    cover, plain, both = folder / "cover.png", video(folder / "plain.mp4", *X264), folder / "v.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=300x300", "-frames:v", 1, cover)
    ffmpeg("-i", cover, "-i", plain, "-map", 0, "-map", 1, "-c", "copy", "-disposition:v:0", "attached_pic", both)
    return both


def with_attachments(folder: Path) -> Path:
    """ASS that would draw over everything, and a font that is none."""
    words, font, both = folder / "words.ass", folder / "font.ttf", folder / "v.mkv"
    words.write_text(
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: D,Evil,20\n\n"
        "[Events]\nFormat: Start, End, Style, Text\n"
        "Dialogue: 0:00:00.00,0:00:09.00,D,{\\p4\\fscx9999}m 0 0 l 9999 0 9999 9999{\\p0}{\\fnEvil}{\\t(\\frz9e9)}x\n"
    )
    font.write_bytes(b"\x00\x01\x00\x00" + b"\xff" * 4000)
    plain = video(folder / "plain.mp4", *X264)
    ffmpeg("-i", plain, "-i", words, "-c", "copy", "-c:s", "ass", "-attach", font,
           "-metadata:s:t", "mimetype=application/x-truetype-font", both)  # fmt: skip
    return both


@pytest.mark.parametrize("shape", SHAPES)
def test_it_comes_into_the_film_in_the_films_format(shape: str, tmp_path: Path) -> None:
    in_the_film(SHAPES[shape](tmp_path), tmp_path)


def test_a_cover_is_not_taken_for_the_picture(tmp_path: Path) -> None:
    facts = probe_source(with_cover(tmp_path))
    assert (facts.width, facts.height, facts.codec) == (64, 48, "h264")


NAMES = (
    "a:b;[x]drawtext=text='pwned',movie=etc.mp4",
    "%d%s%n$(touch pwned)`id`",
    "-i",
    "concat:a|b",
    "two\nlines\r{\\an8}",
    "\u202e4pm.exe",
    "'\"\\\\'\"",
    "subfile,,start,0,end,1,,:x",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_nothing_but_a_name(name: str, tmp_path: Path) -> None:
    plain = video(tmp_path / "plain.mp4", *X264)
    in_the_film(plain.rename(tmp_path / f"{name}.mp4"), tmp_path)
    assert not (tmp_path / "pwned").exists()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../../etc/cron.d/x", bytes(10_000_000))


def bomb(path: Path) -> None:
    """A picture of 2.5 gigapixels in a few kilobytes: only its header is true."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 << 20))))


def hundred_streams(path: Path) -> None:
    video(path, *X264, "-f", "matroska", *["-map", 0] * 100, size="16x16", seconds=0.6)


def too_fast(path: Path) -> None:
    video(path, *X264, "-f", "mp4", rate=1000)


def too_short(path: Path) -> None:
    video(path, *X264, "-f", "mp4", "-frames:v", 1)


def rare(path: Path) -> None:
    video(path, "-c:v", "msvideo1", "-f", "avi")


def too_large(path: Path) -> None:
    """Its two frames are of one colour: a hundred kilobytes."""
    size = "color=red:size=8192x8192:rate=2:duration=1"
    ffmpeg("-f", "lavfi", "-i", size, *X264, "-pix_fmt", "gray", "-f", "matroska", f"file:{path}")


def too_many_channels(path: Path) -> None:
    channels = "|".join(["0.1"] * 64)
    with_sound(path, f"aevalsrc={channels}", *X264, "-c:a", "pcm_s16le", "-f", "matroska")


def too_small(path: Path) -> None:
    video(path, "-c:v", "ffv1", "-f", "matroska", size="16x2")


def too_long(path: Path) -> None:
    """Its frames are two days apart."""
    video(path, *X264, "-f", "matroska", "-frames:v", 2, "-vf", "setpts=N*172800/TB", "-fps_mode", "passthrough")


def lying(path: Path) -> Path:
    """Its header tells of an hour, and there is a second of it."""
    video(path, *X264, "-f", "mp4")
    data = path.read_bytes()
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        at = data.index(box) + (24 if box == b"tkhd" else 20)
        scale = int.from_bytes(data[at - 4 : at], "big") if box != b"tkhd" else 1000
        data = data[:at] + (3600 * scale).to_bytes(4, "big") + data[at + 4 :]
    path.write_bytes(data)
    return path


def no_index(path: Path) -> None:
    video(path, *X264, "-f", "mp4")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])


def cut_in_two(path: Path) -> None:
    video(path, *X264, "-f", "matroska", seconds=40)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 4])


def text(words: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(words) and None


def patched(*edits: tuple[bytes, int, bytes]) -> Callable[[Path], None]:
    """A sound file but for some bytes, each so far behind a box's name."""

    def write(path: Path) -> None:
        data = bytearray(video(path.with_name("plain.mp4"), *X264).read_bytes())
        for box, behind, new in edits:
            at = data.index(box) + behind
            data[at : at + len(new)] = new
        path.write_bytes(data)

    return write


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (pipe, "is no file but a pipe"),
    "a socket": (listening, "is no file but a socket"),
    "a folder": (lambda path: path.mkdir(), "is no file but a folder"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is no file but a device"),
    "a link to nothing": (lambda path: path.symlink_to("gone.mp4"), "can't be read"),
    "nothing": (lambda path: path.touch(), "is empty"),
    "a playlist": (text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:/etc/passwd\n"), "not a video"),
    "a concatenation": (text("ffconcat version 1.0\nfile /etc/passwd\n"), "not a video"),
    "a session": (text("v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"), "not a video"),
    "a graph": (text("movie=/etc/passwd,drawtext=textfile=/etc/passwd"), "not a video"),
    "an image of images": (text("<svg xmlns:xlink='x'><image xlink:href='file:///etc/passwd'/></svg>"), "not a video"),
    "entities": (text("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><MPD>&b;</MPD>"), "not a video"),
    "an archive": (archive, "not a video"),
    "a picture": (bomb, "not a video"),
    "a hundred streams": (hundred_streams, "64 tracks or more"),
    "1000 frames a second": (too_fast, "1000 frames a second"),
    "one frame": (too_short, "half a second to 12 hours"),
    "64 channels": (too_many_channels, "sound of 64 channels"),
    "two days": (too_long, "half a second to 12 hours"),
    "8192 lines of 8192 pixels": (too_large, "8192 x 8192 pixels; the most is"),
    "two lines of pixels": (too_small, "16 x 2 pixels"),
    "a coding nobody can cut": (rare, "is coded as msvideo1"),
    "a box without an end": (patched((b"mdat", -4, b"\xff\xff\xff\xf0")), "can't be read as a video"),
    "a box smaller than its head": (patched((b"moov", -4, b"\0\0\0\x07")), "can't be read as a video"),
    "four billion frames": (patched((b"stsz", 12, b"\xff" * 4)), "can't be read as a video"),
    "four billion times": (patched((b"stts", 8, b"\xff" * 4)), "can't be read as a video"),
    "noise for a decoder's setting": (patched((b"avcC", 4, bytes(range(100, 126)))), "no picture that can be decoded"),
    "zeros for pictures": (patched((b"mdat", 4, bytes(8000))), "can't be read as a video"),
    "a page before it": (text("<html></html>" + "\0\0\0\x20ftypisom"), "not a video"),
    "a head and a playlist": (text("\0\0\0\x18ftypisom" + "\0" * 12 + "#EXTM3U\nfile:///etc/passwd\n"), "be read"),
    "a thousand segments": (
        lambda path: path.write_bytes(b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67" * 1000),
        "be read",
    ),
    "no index": (no_index, "can't be read as a video"),
    "its first quarter": (cut_in_two, "cut short"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    make, told = HOSTILE[kind]
    make(tmp_path / "holiday.mp4")
    with pytest.raises(UserError, match=told) as refused:
        probe_source(tmp_path / "holiday.mp4")
    sentence = str(refused.value)
    assert "holiday.mp4" in sentence
    assert "\n" not in sentence and "Errno" not in sentence and len(sentence) < 300


def test_sound_that_is_no_number_is_silence(tmp_path: Path) -> None:
    samples = np.full((1, 48_000), np.nan, np.float32)
    samples[:, 24_000:] = 0.25
    samples[:, 30_000] = np.inf
    with av.open(str(tmp_path / "sound.mkv"), "w") as container:
        stream = container.add_stream("pcm_f32le", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples, "flt", "mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, 0, Fraction(1, 48_000)
        container.mux([*stream.encode(frame), *stream.encode(None)])
    plain = video(tmp_path / "plain.mp4", *X264)
    ffmpeg("-i", plain, "-i", tmp_path / "sound.mkv", "-map", 0, "-map", 1, "-c", "copy", tmp_path / "v.mkv")
    reel = Reel((Cut(tmp_path / "v.mkv", 0.0, 1.0),), 30)
    write_reel_sound(reel, FMT, tmp_path / "heard.wav")
    heard = read_wav(tmp_path / "heard.wav")[:, 0] / 32767
    assert not heard[:20_000].any()
    assert heard[31_000:40_000].mean() == pytest.approx(0.25 * 0.5**0.5, abs=0.01)  # one channel as two


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    code = "import sys; from pathlib import Path; from pixora_pipeline.footage.container import container_of\n"
    code += "try: container_of(Path(sys.argv[1]), 'x')\nexcept Exception as error: print(error)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pipe.mp4")], capture_output=True, text=True, timeout=60, check=True
    )
    assert "a pipe" in done.stdout
