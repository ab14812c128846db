"""What must never be seen, one word for each place where a secret may stand, and every way in which it could be."""

from base64 import b64encode
from urllib.parse import quote


class Secrets:
    """Makes words that stand nowhere else, and finds them again.

    Each is a core of letters and digits, which no spelling of addresses, JSON or Python changes, between signs that
    each of them spells in its own way: what is to be hidden is hard to recognise, and what was not is easy to find.
    """

    def __init__(self) -> None:
        self._cores: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._cores)

    def word(self, place: str) -> str:
        """Return the secret of a place."""
        return f"+/{self._core(place)}@ %:"

    def in_address(self, place: str) -> str:
        """Return it as it is written in an address."""
        return quote(self.word(place), safe="")

    def in_host(self, place: str) -> str:
        """Return the secret of a place that has no room for signs."""
        return self._core(place)

    def found_in(self, seen: bytes) -> list[str]:
        """Return the places whose secret can be read in what was seen, plainly or in base64."""
        lower = seen.lower()
        return [
            place
            for place, core in self._cores.items()
            if core.lower().encode() in lower or any(form in seen for form in _in_base64(core))
        ]

    def _core(self, place: str) -> str:
        return self._cores.setdefault(place, f"Zq{len(self._cores):03d}kXw9RvT7{len(self._cores):03d}j")


def _in_base64(core: str) -> list[bytes]:
    """Return what stands in base64 of any longer text with this in it, wherever in that text it begins."""
    return [b64encode(b" " * shift + core.encode())[4 if shift else 0 : -4] for shift in range(3)]
