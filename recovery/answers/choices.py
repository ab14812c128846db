"""Which words may the athlete answer with?"""

from hersteld.recovery.advice import Key

WHYS = ("ill", "injured", "away")
"""Why there is no training for now."""
KEY_OF: dict[str, Key] = {"drink": "hydration", "stretch": "stretching", "eat": "glycogen"}
"""What can be said to be done, with its key of the rules."""
