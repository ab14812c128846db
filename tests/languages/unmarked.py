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

NOT_YET_IN_THE_CATALOGUE: tuple[str, ...] = ()
"""Patterns of what is still said in English; to be emptied, not to be added to."""
