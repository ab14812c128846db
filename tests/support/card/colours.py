"""How do colours look to different eyes? Luminance and contrast (WCAG 2.2), colour vision, difference of colours."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# On linear RGB, at severity 1. Source: Machado, Oliveira and Fernandes, 2009.
COLOUR_VISION: dict[str, Floats] = {
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = np.array([0.9505, 1.0, 1.089])


def linear(rgb: ArrayLike) -> Floats:
    """Return sRGB of 0 to 255 as linear RGB of 0 to 1; the last axis holds the three."""
    share = np.asarray(rgb, dtype=np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def luminance(rgb: ArrayLike) -> Floats:
    """Return the relative luminance of sRGB colours, 0 to 1."""
    lights: Floats = linear(rgb) @ _XYZ[1]
    return lights


def contrast(one: float, other: float) -> float:
    """Return the contrast of two luminances, 1 to 21."""
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)


def seen_with(kind: str, rgb: ArrayLike) -> Floats:
    """Return linear RGB as someone with that colour vision sees it."""
    return np.clip(linear(rgb) @ COLOUR_VISION[kind].T, 0, 1)


def difference(one: Floats, other: Floats) -> float:
    """Return the difference of two colours of linear RGB (CIE 1976)."""
    return float(np.linalg.norm(_lab(one) - _lab(other)))


def rgb_of(colour: str) -> tuple[int, int, int]:
    """Return "#18222B" as three numbers of 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _lab(rgb: Floats) -> Floats:
    parts = _XYZ @ rgb / _WHITE
    x, y, z = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
