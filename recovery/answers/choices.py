"""Which words may the athlete answer with?"""

from typing import Literal

WHYS = ("ill", "injured", "away")
"""Why there is no training for now."""
Done = Literal["hydration", "stretching", "glycogen"]
KEY_OF: dict[str, Done] = {"drink": "hydration", "stretch": "stretching", "eat": "glycogen"}
"""What can be said to be done, with its key of the rules."""
