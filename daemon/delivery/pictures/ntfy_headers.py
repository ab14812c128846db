"""How are the words of a message with a picture sent to ntfy, so that they stand in no log?

Apprise posts a picture to ntfy as the body of the request, and title and text in the address, as
`?title=...&message=...`. Addresses stand in the logs of servers and of whatever passes requests on. ntfy takes the same
in headers, which stand in none, and reads them as RFC 2047 has letters beyond ASCII and line ends.

For the process of `call_process`: its plugin of ntfy sees these functions in the place of the library.

Source: docs.ntfy.sh/publish/#message-title, and the release notes of its version 2.4 (April 2023).
"""

import base64
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

_HEADERS: Final = {"title": "X-Title", "message": "X-Message", "filename": "X-Filename"}


class _WordsInHeaders:
    """The library `requests` as it is, but for what stands in an address."""

    def __init__(self, requests: Any) -> None:
        self._requests = requests

    def __getattr__(self, name: str) -> Any:
        return getattr(self._requests, name)

    def post(self, url: str, params: Mapping[str, str] | None = None, **options: Any) -> Any:
        """Make a request, with the words of its address in headers."""
        given = dict(params or {})
        headers = {**options.pop("headers", {})}
        for name, header in _HEADERS.items():
            if name in given:
                headers[header] = encoded(given.pop(name))
        return self._requests.post(url, params=given or None, headers=headers, **options)


def keep_words_out_of_addresses() -> None:
    """Have the plugin of ntfy in this process put no words into an address."""
    plugin: Any = import_module("apprise.plugins.ntfy")
    if not isinstance(plugin.requests, _WordsInHeaders):
        plugin.requests = _WordsInHeaders(plugin.requests)


def encoded(text: str) -> str:
    """Return a text as a header may hold it: in ASCII, without line ends, as one word of RFC 2047 where need be.

    That is needed also where a part of it looks like such a word, or where a space stands at an end.
    """
    if text.isascii() and text.isprintable() and text == text.strip() and "=?" not in text:
        return text
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode('ascii')}?="
