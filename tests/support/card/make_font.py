"""`make font`: write the typeface of the picture, and the widths of its signs, into daemon/card/fonts.

It takes IBM Plex Sans from its package in the npm registry, keeps the signs of English and Dutch, and renames it, as
its licence asks of whoever changes it. The same package gives the same bytes.
"""

import base64
import hashlib
import io
import subprocess
import tarfile
import tempfile
import textwrap
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = "@ibm/plex-sans@1.1.0"
INTEGRITY = "sha512-WPgvO6Yfj2w5YbhyAr1tv95RUz4LRJlqN+CmYvBglabXteufP1D1E9BABMde+ZIKdRbFJDoKF5eQzfhpnbgZcQ=="
FOLDER = Path(__file__).parents[3] / "daemon" / "card" / "fonts"
FAMILY = "Hersteld"
STYLES = {400: "Regular", 700: "Bold"}
# ASCII and Latin-1, dashes, curly quotes, the ellipsis, minus, and at most / at least.
SIGNS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”…−≤≥")]
# Names of the typeface in its table of names: of the family, the style, the whole; kept are copyright and licence.
_FAMILY_NAMES, _STYLE_NAMES, _WHOLE_NAMES, _KEPT_NAMES = (1, 16), (2, 17), (3, 4, 6), (0, 5, 13, 14)

_HEAD = '''"""How wide is each sign of the typeface, in thousandths of the size? `make font` writes this table.

A pair of signs may stand a little closer than their widths say (kerning).
"""

'''


def main() -> None:
    """Write both weights, their licence and the table of widths."""
    with package() as archive:
        widths = {}
        for weight, style in STYLES.items():
            font = cut_down(_member(archive, f"package/fonts/complete/woff/IBMPlexSans-{style}.woff"), weight, style)
            font.save(FOLDER / f"hersteld-{weight}.ttf")
            widths[weight] = {code: font["hmtx"][name][0] for code, name in sorted(font.getBestCmap().items())}
        (FOLDER / "OFL.txt").write_bytes(_member(archive, "package/LICENSE.txt"))
    (FOLDER / "widths.py").write_text(table_of(widths), encoding="utf-8")


def package() -> tarfile.TarFile:
    """Return the package of the typeface, fetched by npm.

    Raises:
        ValueError: It is not the package that this script was written for.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (file,) = Path(folder).glob("*.tgz")
        content = file.read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != INTEGRITY:
        raise ValueError(f"{PACKAGE} has another checksum than expected: {found}")
    return tarfile.open(fileobj=io.BytesIO(content))


def cut_down(content: bytes, weight: int, style: str) -> Any:
    """Return the typeface with our signs alone, and under our name.

    Args:
        content: A WOFF file.
        weight: 400 or 700.
        style: "Regular" or "Bold".
    """
    font: Any = TTFont(io.BytesIO(content), recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=["kern", "ccmp", "locl"], name_IDs=[*_KEPT_NAMES, 1, 2, 3, 4, 6]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = FAMILY
        elif record.nameID in _STYLE_NAMES:
            record.string = style
        elif record.nameID in _WHOLE_NAMES:
            record.string = f"{FAMILY}-{style}"
    font["OS/2"].usWeightClass = weight
    font.flavor = None
    return font


def table_of(widths: dict[int, dict[int, int]]) -> str:
    """Return the module of the widths.

    Args:
        widths: By weight, then by code point, in thousandths of the size.
    """
    signs = sorted(set.intersection(*(set(of_weight) for of_weight in widths.values())))
    lines = [_HEAD, f"_SIGNS = (*range({signs[0]}, 127), *range(160, 256), "]
    lines[-1] += ", ".join(map(str, (code for code in signs if code > 0xFF))) + ")\n"
    for weight, of_weight in widths.items():
        lines.append(f"_OF_{weight} = (\n")
        rows = textwrap.wrap(" ".join(str(of_weight[code]) for code in signs), 110)
        lines += [f'    "{row}{" " * (row is not rows[-1])}"\n' for row in rows]
        lines.append(")\n")
    lines.append("\n# The weight of the typeface, then the sign.\nWIDTHS: dict[int, dict[str, int]] = {\n")
    lines.append("    weight: dict(zip(map(chr, _SIGNS), map(int, widths.split()), strict=True))\n")
    lines.append("    for weight, widths in ((400, _OF_400), (700, _OF_700))\n}\n")
    return "".join(lines)


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise ValueError(f"there is no file {name} in {PACKAGE}")
    return file.read()


if __name__ == "__main__":
    main()
