"""How is a text written for man, such that it shows what was meant, in troff and mandoc alike?

The macros are those of man(7). Everything is ASCII; other characters are named by their number in Unicode, as readers
differ in which encoding they expect.
"""

import re
import textwrap

_LONGEST = 78
"""Bytes in a line of text; mandoc complains of more than 80."""
_ESCAPES = {
    "\\": r"\e",
    "-": r"\-",  # a bare one may be shown as a hyphen, which no shell knows
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
}
_SPANS = re.compile(r"`([^`]+)`")


def escaped(text: str) -> str:
    """Return a text in which nothing is a command to troff, at whatever place of a line its words stand."""
    pieces = (_ESCAPES.get(sign) or (sign if sign.isascii() else f"\\[u{ord(sign):04X}]") for sign in text)
    return "".join(pieces)


def bold(text: str) -> str:
    """Return a text in bold, as what is typed as it stands."""
    return rf"\fB{escaped(text)}\fR"


def paragraph(text: str) -> str:
    """Return lines with a text, in which what stands between backquotes is bold."""
    parts = _SPANS.split(text)
    whole = "".join(bold(part) if number % 2 else escaped(part) for number, part in enumerate(parts))
    return lines(whole)


def lines(roff: str) -> str:
    """Return escaped text in lines that are short enough, none of which begins as a command does."""
    wrapped = textwrap.wrap(roff, _LONGEST, break_long_words=False, break_on_hyphens=False)
    return "\n".join(rf"\&{line}" if line.startswith((".", "'")) else line for line in wrapped)


def macro(name: str, *arguments: str) -> str:
    """Return a line with a macro and its arguments, which are escaped here: `.SH "SEE ALSO"`."""
    quoted = (f'"{escaped(each).replace(chr(34), chr(92) + "(dq")}"' for each in arguments)
    return " ".join([f".{name}", *quoted])


def item(tag: str, text: str) -> str:
    """Return an item of a list: its tag, which is already escaped, and the text beside it."""
    return "\n".join([".TP", lines(tag), paragraph(text)])
