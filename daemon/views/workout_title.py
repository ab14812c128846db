"""How is a stored workout called in a list?

Two words say how hard a workout was, and each has its place everywhere. That of the clocks ("effort") stands before the
sport, as in the title of the message. That of the mean heart rate ("intensity") stands behind or below its label.
"""

from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.athlete.sport_families import word_of


def sport_word(stored: StoredWorkout, voice: Voice) -> str:
    """Return "ride" or "strength session"."""
    if stored.sport == "multisport":
        return voice.word("sport", "multisport")
    return voice.word("sport", word_of(stored.sport, stored.sub_sport))


def effort_key(stored: StoredWorkout) -> str:
    """Return the key, in the list of words "effort", for how hard it was by its clocks and intensity."""
    if stored.very_hard:
        return "very_hard"
    return "hard" if stored.hard else stored.intensity


def named(stored: StoredWorkout, voice: Voice) -> str:
    """Return "12: hard ride, 2 h 04, 2026-05-06"; a date that is not believed is not printed."""
    date = f"{stored.started_at.astimezone(voice.zone):%Y-%m-%d}"
    id_ = "named" if stored.has_clock else "named_undated"
    return voice.say(id_, id=str(stored.id), what=what_it_was(stored, voice), date=date)


def effort_and_sport(stored: StoredWorkout, voice: Voice) -> str:
    """Return "hard ride"."""
    return f"{voice.word('effort', effort_key(stored))} {sport_word(stored, voice)}"


def what_it_was(stored: StoredWorkout, voice: Voice) -> str:
    """Return "hard ride, 2 h 04"."""
    return f"{effort_and_sport(stored, voice)}, {voice.say('duration', seconds=stored.timer_s)}"
