"""Holds the typeface of the picture, in two weights, and how wide its signs are; `make font` writes all of it.

It is IBM Plex Sans, cut down to the signs of English and Dutch and renamed: its licence (OFL.txt, beside it) reserves
the name Plex for the unmodified typeface.
"""

from pathlib import Path

# The file of each weight.
FILES = {weight: Path(__file__).with_name(f"hersteld-{weight}.ttf") for weight in (400, 700)}
