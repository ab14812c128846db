"""Whatever a text holds, both readers of manual pages show it as it is."""

import re
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hersteld.daemon.cli.man.roff import bold, item, lines, macro, paragraph
from tests.support.machine.components import require

WAYS = {
    "mandoc": ["-T", "utf8", "-O", "width=300"],
    "groff": ["-man", "-Tutf8", "-rLL=300n", "-ww"],
}
SIGNS = "abc .'`-~^\\\"%@&{}[]()<>$*#_/:,;!?éëïóüÀ–×≤°€"
TEXTS = st.text(alphabet=st.sampled_from(SIGNS), min_size=1, max_size=60).map(lambda text: " ".join(text.split()))


def rendered(reader: str, *parts: str) -> str:
    """Return what a reader shows of a page with these parts, on one line."""
    page = "\n".join([".TH X 1 2026-01-01", ".nh", '.SH "NAME"', *parts, ""])
    command = [str(require(reader)), *WAYS[reader]]
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, ""), page
    plain = re.sub(r".\x08|\x1b\[[\d;]*m", "", done.stdout)
    return " ".join(plain.partition("NAME")[2].split())


@pytest.mark.parametrize("reader", WAYS)
@given(texts=st.lists(TEXTS, min_size=8, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_is_shown_as_it_is(reader: str, texts: list[str]) -> None:
    parts = [f".PP\n{paragraph(f'[ {text} ]')}" for text in texts]
    shown = rendered(reader, *parts)
    for text in texts:
        assert " ".join(f"[ {re.sub('`([^`]+)`', lambda found: found[1], text)} ]".split()) in shown


@pytest.mark.parametrize("reader", WAYS)
@pytest.mark.parametrize(
    "text",
    [".fit.gz or .zip", "'quoted'", r"a\b \n \fB", "--set KEY=VALUE", "~/Workouts ^ `", 'say "no"', "één – 30 °C"],
)
def test_a_text_that_begins_a_line_is_no_command(reader: str, text: str) -> None:
    assert text in rendered(reader, paragraph(text))
    assert f"{text} what it is" in rendered(reader, item(bold(text), "what it is"))
    assert text in rendered(reader, macro("SS", text))


def test_a_long_text_is_divided_and_no_line_begins_with_a_dot() -> None:
    text = paragraph(" ".join([".fit"] * 60))
    assert max(map(len, text.splitlines())) <= 80
    assert all(line.startswith(r"\&.") for line in text.splitlines())


def test_what_stands_between_backquotes_is_bold() -> None:
    assert paragraph("see `hersteld history --nights`.") == r"see \fBhersteld history \-\-nights\fR."


def test_everything_is_ascii() -> None:
    assert lines(paragraph("één")) == r"\[u00E9]\[u00E9]n"
