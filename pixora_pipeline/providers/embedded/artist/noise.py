"""Fractal noise in one and two dimensions, smooth and seeded. All fields are float32."""

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


def fractal(
    rng: np.random.Generator,
    shape: tuple[int, int],
    cells: tuple[float, float],
    octaves: int = 5,
    gain: float = 0.5,
) -> Field:
    """Noise of `shape` (rows, columns) in about -1..1; its largest features divide the field into `cells`."""
    total, weight = np.zeros(shape, np.float32), 0.0
    for octave in range(octaves):
        rows, columns = (max(1, round(count * 2**octave)) for count in cells)
        if octave and (rows > shape[0] or columns > shape[1]):
            break
        grid = rng.standard_normal((rows + 3, columns + 3)).astype(np.float32)
        total += np.float32(gain**octave) * _stretched(grid, shape, rng)
        weight += gain ** (2 * octave)
    return (total / np.float32(1.6 * weight**0.5)).astype(np.float32)


def _stretched(grid: Field, shape: tuple[int, int], rng: np.random.Generator) -> Field:
    """The grid drawn out to `shape`, from a random fraction of a cell on, so that no lattice shows."""
    rows, columns = grid.shape
    scale_x, scale_y = (columns - 3) / shape[1], (rows - 3) / shape[0]
    offset_x, offset_y = 1 + rng.random(), 1 + rng.random()
    matrix = np.array([[scale_x, 0, offset_x], [0, scale_y, offset_y]], np.float32)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    warped = cv2.warpAffine(grid, matrix, (shape[1], shape[0]), flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(warped, np.float32)


def enlarged(field: NDArray[np.float32], shape: tuple[int, int]) -> Field:
    """The field at `shape`, for what was computed small because it is smooth."""
    return np.asarray(cv2.resize(field, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def profile(
    rng: np.random.Generator, length: int, cells: float, octaves: int = 7, gain: float = 0.5, sharp: float = 0.0
) -> Field:
    """A line of noise in about -1..1 with `cells` hills along it; `sharp` (0..1) turns rounded tops into peaks."""
    total, weight = np.zeros(length, np.float32), 0.0
    for octave in range(octaves):
        count = max(1.0, cells * 2**octave)
        if octave and count > length / 3:
            break
        wave = _line(rng, length, count)
        if sharp:
            wave = (1 - sharp) * wave + sharp * (0.55 - np.abs(wave)) * 1.8
        total += np.float32(gain**octave) * wave
        weight += gain ** (2 * octave)
    return (total / np.float32(1.5 * weight**0.5)).astype(np.float32)


def _line(rng: np.random.Generator, length: int, count: float) -> Field:
    values = rng.standard_normal(int(count) + 4)
    at = np.linspace(0, count, length) + 1 + rng.random()
    whole = np.floor(at).astype(int)
    part = at - whole
    part = part * part * (3 - 2 * part)
    return (values[whole] * (1 - part) + values[np.minimum(whole + 1, len(values) - 1)] * part).astype(np.float32)


def smoothstep(low: float, high: float, field: Field) -> Field:
    """0 below `low`, 1 above `high`, smooth between."""
    share = np.clip((field - np.float32(low)) / np.float32(high - low), 0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)
