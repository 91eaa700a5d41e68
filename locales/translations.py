"""What becomes of the translation of a bead that two sides changed: one side's, what both agree on, or both texts.

A translation is the texts and their state together; comments and references are not part of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from .entry import Entry, Fields, State, bead_digest, bead_state
from .facts import WORD_JOINER, Fact, fact_digest
from .threeway import merge_items, merge_value

Key = tuple[str | None, str]

#: What a translation is worth where both sides have one: nothing, what a machine proposed, the work of a person.
NOTHING, PERSON = -1.0, 2.0
_PROPOSALS = ("align", "mt", "tm")


class Translation(NamedTuple):
    """The part of an entry that a translator decides."""

    plural: str | None
    forms: tuple[str, ...]
    fuzzy: bool
    link: str | None
    approvals: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    previous: tuple[str | None, str | None, str | None]

    @property
    def decision(self) -> tuple[object, ...]:
        """What has to differ for a translation to be another one: texts, state and grouping."""
        return self[:5]

    @property
    def text(self) -> bool:
        """Whether there is a text that somebody can read."""
        return any(form not in ("", WORD_JOINER) for form in self.forms)

    def fields(self) -> Fields:
        """Return the fields of an entry that has this translation, all but the flags."""
        return {
            "msgid_plural": self.plural,
            "msgstr": self.forms[0],
            "msgstr_plural": {} if self.plural is None else dict(enumerate(self.forms)),
            "facts": self.facts,
            "previous_msgctxt": self.previous[0],
            "previous_msgid": self.previous[1],
            "previous_msgid_plural": self.previous[2],
        }


#: The translations of some entries on one side; None for an entry that is not there.
Version = Sequence[Translation | None]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The translations to write; ``kept_both`` has the places (indices) of those in which two texts stand.

    Its values are the line of the text, 1-based, in which the second begins; of a plural, in the first such form.
    """

    translations: Version
    conflict: bool = False
    kept_both: Mapping[int, int] = field(default_factory=dict)


def translation_of(entry: Entry) -> Translation:
    """Return the translation that stands in an entry."""
    facts = entry.facts
    return Translation(
        entry.msgid_plural,
        tuple(entry.forms()),
        "fuzzy" in entry.flags,
        entry.link,
        tuple(fact for fact in facts if fact.kind == "approved"),
        facts,
        (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
    )


def worth(bead: Sequence[Entry]) -> float:
    """Return `NOTHING`, `PERSON`, or for the untouched draft of a machine its score, 0 to 1."""
    if not any(any(entry.forms()) for entry in bead):
        return NOTHING
    digest = bead_digest(bead)
    proposals = [fact for fact in bead[0].facts if fact.kind in _PROPOSALS and fact.digest == digest]
    untouched = proposals and bead_state(bead) is State.DRAFT
    return max(map(_score, proposals)) if untouched else PERSON


def reconcile(
    keys: Sequence[Key],
    base: Version,
    ours: Version,
    theirs: Version,
    worths: Callable[[], tuple[float, float]],
    *,
    together: bool,
) -> Reconciled:
    """Decide about the translations of some entries together, as a side has all of them or none.

    Where both sides decided, and otherwise, the untouched draft of a machine gives way to the work of a person and to
    a draft with a higher score, nothing gives way to anything, and of two persons both texts are kept as a draft.

    Args:
        keys: of the entries, in the order in which they will stand.
        base, ours, theirs: what stands there on each side.
        worths: returns what the translations of ours and of theirs are worth, see `worth`.
        together: the entries will stand side by side, so that they can be a bead.
    """
    changed_here, changed_there = _decisions(ours) != _decisions(base), _decisions(theirs) != _decisions(base)
    if changed_here != changed_there:
        return Reconciled(ours if changed_here else theirs)
    if _texts(ours) == _texts(theirs):
        return Reconciled(_agree(base, ours, theirs))
    here, there = worths()
    if here != there:
        return Reconciled(ours if here > there else theirs)
    if here < PERSON:
        return Reconciled(min(ours, theirs, key=repr))
    return _keep_both(keys, base, ours, theirs, together)


def _decisions(version: Version) -> list[object]:
    return [each and each.decision for each in version]


def _texts(version: Version) -> list[object]:
    return [each and (each.plural, each.forms, each.link) for each in version]


def _score(fact: Fact) -> float:
    try:
        return min(max(float(fact.args[0]), 0.0), 1.0)
    except (IndexError, ValueError):  # machine translation names its engine, not a score
        return 0.0


def _agree(base: Version, ours: Version, theirs: Version) -> Version:
    """Return translations whose texts are the same; the lower state wins, so that a draft is no longer approved."""
    contested = any(one and other and one.fuzzy != other.fuzzy for one, other in zip(ours, theirs, strict=True))
    agreed: list[Translation | None] = []
    for old, one, other in zip(base, ours, theirs, strict=True):
        if one is None or other is None:
            agreed.append(one or other)
            continue
        facts = merge_items(old.facts if old else (), one.facts, other.facts)
        if contested:
            facts = tuple(fact for fact in facts if fact.kind != "approved")
        previous = merge_value(old.previous if old else (None, None, None), one.previous, other.previous)
        agreed.append(one._replace(fuzzy=one.fuzzy or other.fuzzy, facts=facts, previous=previous))
    return agreed


def _keep_both(keys: Sequence[Key], base: Version, ours: Version, theirs: Version, together: bool) -> Reconciled:
    places: dict[int, int] = {}
    drafts: list[Translation | None] = []
    links: list[str | None] = []
    for place, (old, one, other) in enumerate(zip(base, ours, theirs, strict=True)):
        draft = _either(old, one, other)
        if draft is None:
            assert one is not None
            assert other is not None
            draft = _both(old, one, other)
            line = _second_line(one.forms, other.forms)
            if line:
                places[place] = line
        links.append(one.link if one and other and one.link == other.link and together else None)
        forms = tuple("" if form == WORD_JOINER and not links[-1] else form for form in draft.forms)
        drafts.append(draft._replace(forms=forms, fuzzy=any(forms), link=links[-1], approvals=(), facts=()))
    return Reconciled(_relink(keys, drafts, links), True, places)


def _either(base: Translation | None, ours: Translation | None, theirs: Translation | None) -> Translation | None:
    """Return the one translation there is to keep; None where both sides decided."""
    if ours is None or theirs is None:
        return ours or theirs
    if base and ours.decision == base.decision:
        return theirs
    return ours if base and theirs.decision == base.decision else None


def _both(base: Translation | None, ours: Translation, theirs: Translation) -> Translation:
    plural = merge_value(base.plural if base else None, ours.plural, theirs.plural)
    previous = merge_value(base.previous if base else (None, None, None), ours.previous, theirs.previous)
    forms = tuple(_join(_ordered(*pair)) for pair in zip_longest(ours.forms, theirs.forms, fillvalue=""))
    if plural is None:
        plural = ours.plural or theirs.plural if len(forms) > 1 else None
    return ours._replace(plural=plural, forms=forms, previous=previous)


def _ordered(one: str, other: str) -> list[str]:
    """Return the texts of both sides in the order in which they are kept; U+2060 gives way to any text."""
    return sorted({one, other} - {"", WORD_JOINER}) or [WORD_JOINER if one == other == WORD_JOINER else ""]


def _join(texts: Sequence[str]) -> str:
    return "".join(text if text.endswith("\n") else text + "\n" for text in texts[:-1]) + texts[-1]


def _second_line(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return the line in which the second text begins where a form has two, else 0."""
    pairs = (_ordered(*pair) for pair in zip_longest(ours, theirs, fillvalue=""))
    first = next((texts[0] for texts in pairs if len(texts) > 1), None)
    return 0 if first is None else first.removesuffix("\n").count("\n") + 2


def _relink(keys: Sequence[Key], drafts: Sequence[Translation | None], links: Sequence[str | None]) -> Version:
    """State anew, for the texts as they are now, which entries continue the one before or are left out."""
    relinked = list(drafts)
    groups: list[list[int]] = []
    for place, link in enumerate(links):
        if link == "cont" and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        pairs = []
        for place in group:
            draft = drafts[place]
            assert draft is not None
            sources = (keys[place][1],) if draft.plural is None else (keys[place][1], draft.plural)
            pairs.append(("\0".join(sources), "\0".join(draft.forms)))
        digest = fact_digest(pairs)
        for place in group:
            link, draft = links[place], drafts[place]
            if link and draft:
                relinked[place] = draft._replace(facts=(Fact(link, (), digest),))
    return relinked
