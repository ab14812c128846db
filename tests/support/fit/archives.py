"""Zips for tests, and everything that comes out of an archive."""

import io
import zipfile

from hersteld.parsers.archive.each_file import DEFAULT, Limits, each_file


def zipped(**files: bytes) -> bytes:
    """Return a zip of these files; in their names an underscore stands for a dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def all_files(data: bytes, name: str, limits: Limits = DEFAULT) -> tuple[tuple[str, bytes], ...]:
    """Return everything that `each_file` yields."""
    return tuple(each_file(data, name, limits))
