"""The last touches: what each style does to the finished painting, then vignette and grain."""

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.canvas import Relief
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.stage import Stage

_SHEETS = 8.0  # lightness steps of the cut-paper style
_BAND = 256
"""Rows that are worked on at a time where a whole 4K picture of every field would take a gigabyte."""

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)[:, None, None]


def relief_of(style: str) -> Relief:
    """How layers stand off each other while a style is painted."""
    return Relief(0.02, 0.42) if style == "paper" else Relief()


def finish(stage: Stage, style: str) -> None:
    """Apply the style's treatment to the picture."""
    treatment = {
        "painted": _painted,
        "paper": _paper,
        "ink": _ink,
        "poster": _poster,
        "watercolour": _watercolour,
        "engraving": _engraving,
    }.get(style)
    if treatment:
        treatment(stage)
    if style not in ("ink", "watercolour", "engraving"):
        _vignette(stage, 0.3 if style in ("auto", "night") else 0.18)
    _grain(stage, {"auto": 0.0105, "night": 0.012, "paper": 0.007, "poster": 0.01}.get(style, 0.008))


def _vignette(stage: Stage, strength: float) -> None:
    x = np.linspace(-1, 1, 200, dtype=np.float32)[None]
    y = np.linspace(-1, 1, 200, dtype=np.float32)[:, None]
    shade = 1 - strength * smoothstep(0.55, 1.5, np.sqrt(x * x + y * y))
    stage.canvas.pixels *= enlarged(shade, (stage.height, stage.width))


def _grain(stage: Stage, strength: float) -> None:
    """Film grain: one tile, mirrored about, a little coarser than a pixel."""
    tile = stage.rng.standard_normal((512, 512)).astype(np.float32)
    tile = cv2.GaussianBlur(tile, (0, 0), 0.55) * np.float32(strength * 1.7)
    rows, columns = -(-stage.height // 512), -(-stage.width // 512)
    stage.canvas.pixels += np.tile(tile, (rows, columns))[: stage.height, : stage.width]


def _paper_grain(stage: Stage, strength: float) -> None:
    fibre = fractal(
        stage.rng, (stage.height // 2 + 1, stage.width // 2 + 1), (stage.height / 7, stage.width / 7), 2, 0.7
    )
    stage.canvas.pixels *= 1 + np.float32(strength) * enlarged(fibre, (stage.height, stage.width))


def _small(stage: Stage, scale: float) -> np.ndarray:
    """The picture, smaller, as (rows, columns, 3)."""
    size = (max(16, round(stage.width * scale)), max(16, round(stage.height * scale)))
    planes = [cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in stage.canvas.pixels]
    return np.clip(np.stack(planes, axis=2), 0, 1)


def _kuwahara(picture: np.ndarray, radius: int) -> np.ndarray:
    """Each point takes the mean of its calmest quarter: flat strokes with crisp edges, as a loaded brush leaves."""
    size = radius + 1
    grey = picture @ _LUMA[:, 0, 0]
    best, result = np.full(grey.shape, np.inf, np.float32), np.zeros_like(picture)
    for x in (0, radius):
        for y in (0, radius):
            mean = cv2.blur(grey, (size, size), anchor=(x, y))
            spread = cv2.blur(grey * grey, (size, size), anchor=(x, y)) - mean * mean
            colour = cv2.blur(picture, (size, size), anchor=(x, y))
            calmer = spread < best
            best = np.where(calmer, spread, best)
            result = np.where(calmer[..., None], colour, result)
    return result


def _put(stage: Stage, picture: np.ndarray) -> None:
    for channel in range(3):
        plane = np.ascontiguousarray(picture[..., channel], np.float32)
        stage.canvas.pixels[channel] = cv2.resize(plane, (stage.width, stage.height), interpolation=cv2.INTER_CUBIC)


def _flow_texture(stage: Stage, shape: tuple[int, int], length: int) -> np.ndarray:
    """Noise smeared along a slow flow field: bristle marks."""
    angle = fractal(stage.rng, shape, (2, 3), 2) * 1.3
    noise = stage.rng.standard_normal(shape).astype(np.float32)
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    total = np.zeros(shape, np.float32)
    for step in range(-length, length + 1, 2):
        moved = cv2.remap(
            noise, x + step * np.cos(angle), y + step * np.sin(angle), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        total += moved
    return total / np.float32((length + 1) ** 0.5)


def _painted(stage: Stage) -> None:
    small = _small(stage, 900 / max(stage.width, stage.height, 900))
    radius = max(3, round(min(small.shape[:2]) * 0.0085))
    picture = _kuwahara(small, radius)
    bristle = _flow_texture(stage, picture.shape[:2], 14)
    picture = picture * (1 + 0.032 * bristle[..., None])
    grey = picture.mean(axis=2)
    picture = grey[..., None] + (picture - grey[..., None]) * 1.14
    _put(stage, picture.astype(np.float32))


def _paper(stage: Stage) -> None:
    """Sheets of coloured paper cut out and laid on each other, each throwing a soft shadow on the one below."""
    small = _small(stage, 1300 / max(stage.width, stage.height, 1300))
    flat = cv2.medianBlur((small * 255).astype(np.uint8), 9).astype(np.float32) / 255
    lab = cv2.cvtColor(flat, cv2.COLOR_RGB2LAB)
    level = lab[..., 0] / np.float32(100) * _SHEETS
    whole = np.floor(level)
    lab[..., 0] = (whole + 0.5 + 0.25 * (level - whole - 0.5)) / _SHEETS * 100
    picture = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1)
    reach = min(flat.shape[:2]) * 0.008
    shade, light = _cut_edges(whole, reach)
    _put(stage, (picture * (1 - 0.34 * shade[..., None]) + 0.07 * light[..., None]).astype(np.float32))
    _paper_grain(stage, 0.045)


def _cut_edges(level: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Shadows below the edges of higher sheets and the bright cut along their upper side, both 0..1."""
    shade, light = np.zeros(level.shape, np.float32), np.zeros(level.shape, np.float32)
    down = np.array([[1, 0, reach * 0.45], [0, 1, reach]], np.float32)
    up = np.array([[1, 0, 1.2], [0, 1, 1.2]], np.float32)
    size = (level.shape[1], level.shape[0])
    for step in range(1, int(_SHEETS) + 1):
        sheet = (level >= step).astype(np.float32)
        cast = cv2.GaussianBlur(sheet, (0, 0), reach * 0.6)
        cast = cv2.warpAffine(cast, down, size, borderMode=cv2.BORDER_REPLICATE)
        shade = np.maximum(shade, cast * (1 - sheet))
        moved = cv2.warpAffine(sheet, up, size, borderMode=cv2.BORDER_REPLICATE)
        light = np.maximum(light, np.clip(sheet - moved, 0, 1))
    return shade, cv2.GaussianBlur(light, (0, 0), 0.7)


def _ink(stage: Stage) -> None:
    """Sumi wash: tones of ink on warm paper, one colour kept for what is warm and bright."""
    small = _small(stage, 1080 / max(stage.width, stage.height, 1080))
    wash = _kuwahara(small, max(2, round(min(small.shape[:2]) * 0.006)))
    grey = wash @ _LUMA[:, 0, 0]
    low, high = np.percentile(grey, 1), np.percentile(grey, 99)
    tone = np.clip((grey - low) / max(high - low, 0.05), 0, 1)
    tone = tone + 0.05 * fractal(stage.rng, tone.shape, (5, 8), 5)
    tone = np.clip(tone, 0, 1) ** 0.66
    edge = cv2.GaussianBlur(tone, (0, 0), 3) - tone
    tone = np.clip(tone - 0.8 * np.clip(edge, 0, 1), 0, 1)
    paper, ink = np.array([0.955, 0.935, 0.885], np.float32), np.array([0.11, 0.115, 0.14], np.float32)
    picture = ink + (paper - ink) * tone[..., None]
    warm = np.clip((wash[..., 0] - wash[..., 2] - 0.27) * 2.6, 0, 0.75)[..., None]
    seal = np.array([0.75, 0.2, 0.13], np.float32)
    picture = picture + warm * (seal * (0.55 + 0.45 * tone[..., None]) - picture)
    _put(stage, picture.astype(np.float32))
    _paper_grain(stage, 0.05)


def _poster(stage: Stage) -> None:
    """Flat bold colours: smooth, then few steps of lightness, and more of the colour."""
    small = _small(stage, 1400 / max(stage.width, stage.height, 1400))
    flat = cv2.medianBlur((small * 255).astype(np.uint8), 7).astype(np.float32) / 255
    lab = cv2.cvtColor(flat, cv2.COLOR_RGB2LAB)
    steps = 9.0
    lightness = lab[..., 0] / 100 * steps
    whole = np.floor(lightness)
    part = np.clip((lightness - whole - 0.5) * 12 + 0.5, 0, 1)
    lab[..., 0] = (whole + part) / steps * 100
    lab[..., 1:] *= 1.3
    lab[..., 0] = np.clip((lab[..., 0] - 50) * 1.12 + 52, 0, 100)
    picture = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1)
    cream = np.array([1.0, 0.965, 0.88], np.float32)
    _put(stage, picture * cream + 0.03)


def _watercolour(stage: Stage) -> None:
    """Pigment that pools at the edges of washes on bright, rough paper."""
    small = _small(stage, 1000 / max(stage.width, stage.height, 1000))
    shape = small.shape[:2]
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    bleed_x, bleed_y = (fractal(stage.rng, shape, (14, 22), 4, 0.6) * np.float32(shape[0] * 0.009) for _ in range(2))
    bled = cv2.remap(
        small.astype(np.float32), x + bleed_x, y + bleed_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    wash = _kuwahara(bled, max(3, round(min(shape) * 0.009)))
    pool = np.abs(cv2.GaussianBlur(wash, (0, 0), 2.5) - wash).mean(axis=2)
    light = 1 - (1 - wash) * 0.82
    light = light - 1.3 * np.clip(pool, 0, 0.2)[..., None]
    bloom = fractal(stage.rng, shape, (4, 6), 6, 0.62)
    picture = light + (0.05 * bloom)[..., None] * (1.1 - light)
    _put(stage, (picture * np.array([0.985, 0.975, 0.95], np.float32)).astype(np.float32))
    _paper_grain(stage, 0.04)


def _cut(stage: Stage, rows: slice, grey: np.ndarray, bent: np.ndarray) -> None:
    """Those rows of an engraving: its lines lie as the noise bends them."""
    pitch = np.float32(max(stage.unit / 150, 3.4))
    y = np.arange(stage.height, dtype=np.float32)[rows, None]
    x = np.arange(stage.width, dtype=np.float32)[None]
    bend = bent * pitch * 5 + grey * pitch * 1.5
    wave = 0.5 + 0.5 * np.cos((y + bend) * (2 * np.pi / pitch))
    cross = 0.5 + 0.5 * np.cos((x * 0.8 + y * 0.6 + bend) * (2 * np.pi / pitch))
    soft = np.float32(2.2 / pitch)
    lines = smoothstep(-soft, soft, grey * 1.12 - 0.06 - wave)
    hatch = smoothstep(-soft, soft, grey * 2.3 - 0.02 - cross)
    tone = np.minimum(lines, np.maximum(hatch, 0.0))
    paper, ink = np.array([0.945, 0.91, 0.83], np.float32), np.array([0.13, 0.11, 0.13], np.float32)
    part = stage.canvas.pixels[:, rows]
    tint = part * np.float32(0.35) + np.float32(0.65)
    part[:] = ink[:, None, None] + (paper[:, None, None] * tint - ink[:, None, None]) * tone


def _engraving(stage: Stage) -> None:
    """Lines that swell in the shadows, as an engraver cuts them, in dark ink on toned paper."""
    grey = np.clip(sum(plane * weight for plane, weight in zip(stage.canvas.pixels, _LUMA.ravel(), strict=True)), 0, 1)
    grey = cv2.GaussianBlur(grey, (0, 0), stage.unit / 900)
    low, high = np.percentile(grey[::8, ::8], [1, 99])
    bent = enlarged(fractal(stage.rng, (90, 160), (2, 3), 2), grey.shape)
    for top in range(0, stage.height, _BAND):
        rows = slice(top, top + _BAND)
        dark = np.clip((grey[rows] - low) / max(high - low, 0.05), 0, 1) ** 0.62
        _cut(stage, rows, dark, bent[rows])
    _paper_grain(stage, 0.03)
