"""Bringing frames of any source into the film's shape: upright, cropped or padded, scaled once, BT.709, 8 bits.

The filters get nothing but numbers and words of our own.
"""

from dataclasses import dataclass
from fractions import Fraction

import av
from av.filter import Graph

from pixora_pipeline.media.recolouring import WEIGHTS, recolouring
from pixora_pipeline.media.reel import Fit
from pixora_pipeline.media.resizing import Place, resized
from pixora_pipeline.media.timing import FilmFormat

Step = tuple[str, str]

MATRICES = {1: "bt709", 4: "fcc", 5: "bt470", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
TRANSFERS = {16: "smpte2084", 18: "arib-std-b67"}
"""Those of HDR, by ffmpeg's numbers: their brightness has to be mapped, or the picture looks pale."""

PLAIN_FORMATS = ("yuv420p", "yuvj420p")
FULL_RANGE = 2
HD_LINES = 720
"""From this height on, a picture that does not say so has BT.709 colours; below, BT.601."""


@dataclass(frozen=True)
class Shape:
    """All of a frame that decides how it is fitted."""

    width: int
    height: int
    format: str
    matrix: str
    full_range: bool
    transfer: str | None
    rotation: int
    interlaced: bool


def shape_of(frame: av.VideoFrame) -> Shape:
    """The frame's shape; what it does not say is what players take for granted."""
    name = frame.format.name
    return Shape(
        width=frame.width,
        height=frame.height,
        format=name,
        matrix=MATRICES.get(int(frame.colorspace), "bt709" if frame.height >= HD_LINES else "smpte170m"),
        full_range=int(frame.color_range) == FULL_RANGE or name.startswith("yuvj"),
        transfer=TRANSFERS.get(int(frame.color_trc)),
        rotation=round(frame.rotation / 90) * 90 % 360,
        interlaced=bool(frame.interlaced_frame),
    )


class Fitter:
    """Fits the frames of one cut, one by one."""

    def __init__(self, fit: Fit, focus: tuple[float, float], pixel_aspect: Fraction, fmt: FilmFormat) -> None:
        self.fit, self.focus, self.pixel_aspect, self.fmt = fit, focus, pixel_aspect, fmt
        self.shape: Shape | None = None
        self.graph: Graph | None = None
        self.last: tuple[av.VideoFrame, av.VideoFrame] | None = None

    def fitted(self, frame: av.VideoFrame) -> av.VideoFrame:
        """The frame in the film's size, yuv420p. The same frame again is not scaled again."""
        if self.last is None or self.last[0] is not frame:
            self.last = (frame, self._run(frame))
        return self.last[1]

    def _run(self, frame: av.VideoFrame) -> av.VideoFrame:
        shape = shape_of(frame)
        if is_plain(shape, self.pixel_aspect):
            colours = recolouring(shape.matrix, shape.full_range)
            return resized(frame, _place(shape, self.fit, self.focus, self.fmt), self.fmt, colours)
        if self.graph is None or shape != self.shape:
            self.shape = shape
            self.graph = _graph(frame, steps(shape, self.fit, self.focus, self.pixel_aspect, self.fmt))
        self.graph.push(frame)
        return self.graph.pull()


def is_plain(shape: Shape, pixel_aspect: Fraction) -> bool:
    """Whether nothing has to be done to such a frame but to crop and resize it, and to change its colours' codes."""
    known = shape.format in PLAIN_FORMATS and shape.matrix in WEIGHTS and shape.transfer is None
    even = shape.width % 2 == 0 and shape.height % 2 == 0
    return known and even and pixel_aspect == 1 and not shape.rotation and not shape.interlaced


def _place(shape: Shape, fit: Fit, focus: tuple[float, float], fmt: FilmFormat) -> Place:
    if fit == "crop":
        width, height, left, top = _cropped(shape.width, shape.height, 1.0, focus, fmt)
        return Place(left, top, width, height, fmt.width, fmt.height)
    return Place(0, 0, shape.width, shape.height, *_shown(shape.width / shape.height, fmt))


def steps(
    shape: Shape, fit: Fit, focus: tuple[float, float], pixel_aspect: Fraction, fmt: FilmFormat
) -> tuple[Step, ...]:
    """The filters that fit a frame of that shape, in order."""
    turned = shape.rotation in (90, 270)
    width, height = (shape.height, shape.width) if turned else (shape.width, shape.height)
    aspect = 1 / pixel_aspect if turned else pixel_aspect
    found = [*_upright(shape.rotation)]
    across, down = fmt.width, fmt.height
    if fit == "crop":
        found.append(_crop(width, height, float(aspect), focus, fmt))
    else:
        across, down = _shown(width * float(aspect) / height, fmt)
    if shape.interlaced:
        # One field is a whole picture of half the lines; both together would show combs where something moves.
        found.append(("field", "top"))
    found.append(("scale", f"{across}:{down}:{_colours(shape)}"))
    if (across, down) != (fmt.width, fmt.height):
        found.append(("pad", f"{fmt.width}:{fmt.height}:{_half(fmt.width - across)}:{_half(fmt.height - down)}:black"))
    return (*found, ("setsar", "1"), ("format", "yuv420p"))


def _upright(rotation: int) -> tuple[Step, ...]:
    """`rotation` is how far, in degrees against the clock, a player is to turn the picture."""
    turns: dict[int, tuple[Step, ...]] = {
        90: (("transpose", "cclock"),),
        180: (("hflip", ""), ("vflip", "")),
        270: (("transpose", "clock"),),
    }
    return turns.get(rotation, ())


def _shown(aspect: float, fmt: FilmFormat) -> tuple[int, int]:
    """How large a picture of that aspect can be shown whole."""
    return _even(min(fmt.width, fmt.height * aspect)), _even(min(fmt.height, fmt.width / aspect))


def _crop(width: int, height: int, pixel_aspect: float, focus: tuple[float, float], fmt: FilmFormat) -> Step:
    return ("crop", ":".join(map(str, _cropped(width, height, pixel_aspect, focus, fmt))))


def _cropped(
    width: int, height: int, pixel_aspect: float, focus: tuple[float, float], fmt: FilmFormat
) -> tuple[int, int, int, int]:
    """Width, height, left and top of what is seen of a picture that fills the frame."""
    shape = fmt.aspect / pixel_aspect
    across, down = _even(min(width, height * shape)), _even(min(height, width / shape))
    across, down = min(across, width), min(down, height)
    left = min(max(focus[0] * width - across / 2, 0), width - across)
    top = min(max(focus[1] * height - down / 2, 0), height - down)
    return across, down, int(left) // 2 * 2, int(top) // 2 * 2


def _colours(shape: Shape) -> str:
    changed = shape.full_range or shape.transfer or shape.matrix != "bt709" or "yuv" not in shape.format
    # Without these, a change of colours darkens a picture by a step or two; where none is needed, they only cost.
    exact = "+accurate_rnd+full_chroma_inp+full_chroma_int+bitexact" if changed else ""
    found = f"flags=bicubic{exact}:out_color_matrix=bt709:out_range=tv"
    if "yuv" in shape.format or shape.format.startswith("nv"):
        found += f":in_color_matrix={shape.matrix}:in_range={'pc' if shape.full_range else 'tv'}"
    if shape.transfer:
        found += f":in_transfer={shape.transfer}:in_primaries=bt2020:out_transfer=bt709:out_primaries=bt709"
    return found


def _graph(frame: av.VideoFrame, chain: tuple[Step, ...]) -> Graph:
    graph = Graph()
    graph.threads = 1
    last = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base)
    for name, arguments in (*chain, ("buffersink", "")):
        added = graph.add(name, arguments or None)
        last.link_to(added)
        last = added
    graph.configure()
    return graph


def _even(pixels: float) -> int:
    return max(2, 2 * round(pixels / 2))


def _half(room: int) -> int:
    return room // 4 * 2
