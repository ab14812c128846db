"""What is seen of a picture, as pixels and as words? At the size of a phone's notification, too."""

import io
import os
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from tests.support.machine.components import missing, require

PHONE_PX = 400


def image_of(png: bytes) -> Image.Image:
    """Return a picture in RGB."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def shrunken(png: bytes, width_px: int = PHONE_PX) -> Image.Image:
    """Return a picture as small as a phone shows it."""
    image = image_of(png)
    return image.resize((width_px, image.height * width_px // image.width), Image.Resampling.LANCZOS)


def pixels_of(image: Image.Image) -> NDArray[np.uint8]:
    """Return rows of pixels of three colours."""
    return np.asarray(image)


def read_by_machine(png: bytes, language: str, folder: Path) -> str:
    """Return the words that tesseract reads in a picture of 400 px width, enlarged three times.

    The test is skipped where tesseract is not installed.

    Args:
        png: The picture.
        language: "en" or "nl".
        folder: Where a file may be written.
    """
    tesseract = require("tesseract")
    code = {"en": "eng", "nl": "nld"}[language]
    known = subprocess.run([tesseract, "--list-langs"], check=True, capture_output=True, text=True, timeout=60)
    if code not in known.stdout.split():
        missing(f"tesseract-ocr-{code} is not installed")
    small = ImageOps.invert(shrunken(png).convert("L"))
    file = folder / "enlarged.png"
    small.resize((small.width * 3, small.height * 3), Image.Resampling.BICUBIC).save(file)
    done = subprocess.run(
        [tesseract, str(file), "-", "-l", code, "--psm", "11"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout
