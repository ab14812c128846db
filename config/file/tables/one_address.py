"""Which address stands in a file that holds only one?"""

from pathlib import Path

from hersteld.config.problems import Problem, unreadable
from hersteld.config.toml_text import NotToml, read_text


def read_one_address(path: Path, problems: list[Problem], key: str = "") -> str | None:
    """Return what stands in a file besides empty lines and comments; None where that is nothing.

    Args:
        problems: Gets the problem of a file that cannot be read.
        key: Which key of the configuration names the file; what it names may be anything, and is not repeated where the
            file cannot be opened.
    """
    try:
        lines = (line.strip() for line in read_text(path).splitlines())
        return "\n".join(line for line in lines if line and not line.startswith("#")) or None
    except OSError as error:
        problems.append(Problem("" if key else str(path), key, None, unreadable(error)))
    except NotToml as error:
        problems.append(Problem(str(path), "", None, error.line))
    return None
