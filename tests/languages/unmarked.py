"""What may stand outside the marks: words of the machine and of the tests, and for a while what is still English."""

VALUES = {
    *("en", "nl"),  # languages
    *("beginner", "recreational", "trained", "elite"),  # words of hersteld.toml
    *("A", "B", "C", "D", "P", "H"),  # grades and kinds
    *("Europe", "Amsterdam", "Z"),  # time zones
    *("development", "hersteld", "demo"),  # devices, the program
    *("phone", "desktop", "log", "laptop", "nobody"),  # targets
    *("mkdir", "chmod", "u+rx", "u", "rx", "sudo", "sysctl", "systemctl", "journalctl", "enable"),  # shell commands
    *("x", "b", "k", "e", "f"),  # in formulas
}

NOT_YET_IN_THE_CATALOGUE = (
    # Why a file is no workout, and why a message was not delivered: stored as sentences.
    r"This is a text file, not a FIT file\.",
    r"The file is empty\.",
    r"There is no such file or folder\.",
    r"The [^.]*file [^.]*cannot be read.*",
    r"It is not complete, and changed less than a minute ago.*",
    r"the server refused the connection",
    # Errors of the database.
    r"no database here yet, so there is nothing to copy\.",
    r"no database here yet\. `\s*` makes it\.",
    # The log of the service.
    r"rejected\.",
    r"workout, cycling of 60 min, load \d+ \(from heart rate, grade B\), ready for hard training",
    r"known already, the same content as",
    r"sent \((?:first|ready|evening)\)",
)
"""Patterns of what other rooms still say in English; to be emptied, not to be added to."""
