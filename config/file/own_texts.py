"""Can the user's own texts take the place of ours? A text may only name values that the one it replaces names."""

from collections.abc import Iterator, Mapping

from hersteld.config.problems import Problem
from hersteld.config.showable import looks_secret, may_be_shown, nearest
from hersteld.config.texts.catalogue import Texts
from hersteld.config.texts.forms import FORMS, BadPlaceholder, Placeholder, Words, placeholders, shape_of
from hersteld.parsers.line import Line


def own_text_problems(own: Mapping[str, object], texts: Texts) -> Iterator[Problem]:
    """Yield everything that is wrong with the user's own templates, by text id, in place of those of a language."""
    for number, (text_id, template) in enumerate(own.items(), 1):
        key = f"notify.texts.{text_id}"
        if text_id not in texts.messages:
            meant = nearest(text_id, texts.messages)
            if may_be_shown(text_id, texts.messages):
                yield Problem("", key, None, Line("problems.no_such_text"), meant)
            else:
                yield Problem("", "notify.texts", None, Line("problems.no_such_entry", {"number": number}), meant)
            continue
        if not isinstance(template, str):
            continue  # the models say so
        if looks_secret(template):
            yield Problem("", key, None, Line("problems.secret_in_text"))
            continue
        try:
            used = placeholders(template)
        except BadPlaceholder:
            yield Problem("", key, None, Line("problems.no_placeholder"))
            continue
        except ValueError:
            yield Problem("", key, None, Line("problems.no_template"))
            continue
        known = placeholders(texts.messages[text_id])
        for placeholder in sorted(used, key=lambda one: (one.name, one.form)):
            if line := _misfit(placeholder, known, texts.words):
                yield Problem("", key, None, line)


def _misfit(placeholder: Placeholder, known: frozenset[Placeholder], words: Words) -> Line | None:
    """Return why a placeholder could not stand in our own template, or None if it could."""
    names = sorted({ours.name for ours in known})
    if placeholder.name not in names:
        unknown = f"{{{placeholder.name if may_be_shown(placeholder.name, names) else '...'}}}"
        if not names:
            return Line("problems.placeholder_needless", {"placeholder": unknown})
        may_use = ", ".join(f"{{{name}}}" for name in names)
        return Line("problems.placeholder_unknown", {"placeholder": unknown, "known": may_use})
    shapes = {shape_of(ours.form, words) for ours in known if ours.name == placeholder.name}
    if "moment" in shapes:
        shapes.add("day")
    if shapes & {"number", "word"}:
        shapes.add("plain")
    if shape_of(placeholder.form, words) in shapes:
        return None
    fitting = ", ".join(sorted(_written(ours) for ours in known if ours.name == placeholder.name))
    form = placeholder.form if may_be_shown(placeholder.form, {*FORMS, *words}) else "..."
    mine = _written(Placeholder(placeholder.name, form))
    return Line("problems.placeholder_misfit", {"placeholder": mine, "ours": fitting})


def _written(placeholder: Placeholder) -> str:
    return f"{{{placeholder.name}:{placeholder.form}}}"
