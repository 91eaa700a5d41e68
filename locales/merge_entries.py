"""Three versions of one entry become one, once its translation is decided on."""

from .entry import Entry, Fields, new_entry
from .errors import LocalesError
from .placeholders import placeholder_problem
from .threeway import merge_items, merge_value
from .translations import Translation, translation_of

_LOST_FORM = "merge: the header has no form for this translation any more: {}"


def merge_entry(
    base: Entry | None, ours: Entry | None, theirs: Entry | None, translation: Translation, note: tuple[str, ...] = ()
) -> Entry | None:
    """Return an entry with its ``translation``, the comments and references of both sides, and a ``note``.

    None for one that a side deleted and the other did not work on; if it did, the entry is obsolete. Raises
    LocalesError for a comment that cannot be written.
    """
    if ours is None or theirs is None:
        kept = ours or theirs
        assert kept is not None
        if base is not None and not _worked_on(base, kept):
            return None
        revived = base is None or (base.obsolete and not kept.obsolete)
        obsolete = kept.obsolete if revived else True
        comments = _noted(kept.comments, note)
        return _changed(kept, translation, {"flags": kept.flags, "comments": comments, "obsolete": obsolete})
    start = _start(base, ours, theirs, translation)
    old = base or new_entry(msgid=start.msgid, obsolete=True)
    merged: Fields = {
        "flags": merge_items(old.flags, ours.flags, theirs.flags),
        "comments": _noted(merge_items(old.comments, ours.comments, theirs.comments), note),
        "extracted": merge_items(old.extracted, ours.extracted, theirs.extracted),
        "references": merge_items(old.references, ours.references, theirs.references),
        "obsolete": merge_value(old.obsolete, ours.obsolete, theirs.obsolete),
    }
    entry = _changed(start, translation, merged)
    if "fuzzy" in entry.flags or _keeps_placeholders(entry):
        return entry
    return entry.replace(flags=("fuzzy", *entry.flags))


def _keeps_placeholders(entry: Entry) -> bool:
    """Return whether the texts of one side do for the format flags of the other."""
    plural = entry.msgid_plural
    source = entry.msgid if plural is None else plural
    return not any(
        placeholder_problem(entry.flags, source, form, all_needed=plural is None) for form in entry.forms() if form
    )


def _worked_on(base: Entry, entry: Entry) -> bool:
    """Return whether an entry has work that would be lost with it: another translation or other comments."""
    new, old = translation_of(entry), translation_of(base)
    return (new.text and new.decision != old.decision) or entry.comments != base.comments


def _start(base: Entry | None, ours: Entry, theirs: Entry, translation: Translation) -> Entry:
    """Return the entry whose lines are kept where they say what they should."""
    fitting = [e for e in (ours, theirs) if (e.msgid_plural, tuple(e.forms())) == translation[:2]]
    if len(fitting) == 1:
        return fitting[0]
    return ours if ours.raw == merge_value(base.raw if base else "", ours.raw, theirs.raw) else theirs


def _changed(start: Entry, translation: Translation, others: Fields) -> Entry:
    flags = others["flags"]
    if translation.fuzzy != ("fuzzy" in flags):
        flags = ("fuzzy", *flags) if translation.fuzzy else tuple(flag for flag in flags if flag != "fuzzy")
    fields: Fields = {**translation.fields(), **others, "flags": flags}
    try:
        return start.replace(**fields)
    except ValueError as error:
        raise LocalesError(f"{start.msgid!r} cannot be merged: {error}; correct the entry on both sides") from None


def _noted(comments: tuple[str, ...], note: tuple[str, ...]) -> tuple[str, ...]:
    return (*comments, *(line for line in note if line not in comments))


def fit_forms(entry: Entry, wanted: int | None) -> Entry:
    """Return an entry with as many forms as the header has; a form that no longer has a place goes to the comments."""
    forms = entry.forms()
    if entry.obsolete or entry.msgid_plural is None or wanted is None or len(forms) == wanted:
        return entry
    lost = tuple(_LOST_FORM.format(" ".join(form.split())) for form in forms[wanted:] if form)
    fitting = dict(enumerate([*forms, *[""] * wanted][:wanted]))
    fuzzy = ("fuzzy",) if any(fitting.values()) and "fuzzy" not in entry.flags else ()
    return entry.replace(msgstr_plural=fitting, flags=(*fuzzy, *entry.flags), comments=_noted(entry.comments, lost))
