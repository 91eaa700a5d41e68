"""What becomes of a catalog when its template changed: every translation finds its text again, or waits for it.

As ``msgmerge --previous`` (gettext manual, "Invoking the msgmerge Program"), with two differences: a text that moved to
another context keeps its translation as it is, and a changed text is looked for among its old neighbours first.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .catalog import Catalog
from .entry import Entry, Fields, new_entry
from .plurals import nplurals
from .similar import ALIKE, Texts, ratio, similarity

_GROUPING = ("cont", "omit")  # facts that say where a translation stands, not what it is worth
_WINDOW = 20  # so far from its expected place among the old neighbours a changed text is looked for
_NEIGHBOUR = 0.03  # a text elsewhere must be more alike by this than an old neighbour
_CREATION_DATE = "POT-Creation-Date"


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that became a draft: the text its translation was made for, and how alike the two are, 0 to 1."""

    entry: Entry
    previous: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Update:
    """A catalog that was brought up to its template, and what became of its entries, in the order of the catalog.

    Every entry that is not obsolete is in ``carried`` (it goes on unchanged, also as a draft or without a translation),
    ``revived`` (the same, from an obsolete entry), ``changed`` or ``new``. ``gone`` are the entries that became
    obsolete. ``origins`` has the old entry, as it was, of each entry that is not new; several changed entries can have
    one origin.
    """

    catalog: Catalog
    carried: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    new: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    revived: tuple[Entry, ...]
    origins: Mapping[Entry, Entry]


def update_catalog(
    old: Catalog,
    template: Catalog,
    *,
    identity: Callable[[Entry], str] | None = None,
    work: Collection[Entry] | None = None,
) -> Update:
    """Bring ``old`` up to ``template``, in place; the same update again changes no byte.

    A translation goes on, in this order, with the message of the same ``identity`` and text; of the same key; of the
    same text (and plural) in another context; of the same ``identity``; of the most similar text. Obsolete work comes
    after live work. What goes on with another text or another plural is a draft with its previous text (``#|``), and
    what was said of the old text (who approved it, where it came from) is forgotten: it must not hold again when that
    text comes back. Work that finds no text becomes obsolete; entries without work leave nothing behind. References,
    extracted comments, flags and POT-Creation-Date are the template's; the other header fields and translator comments
    stay.

    A new message takes a similar translation as a draft also where that translation goes on itself; not so with
    ``identity``, for then it is known which message is which.

    Args:
        old: the catalog, in the order of its file.
        template: the messages there are now; translations in it do not count. It is not changed.
        identity: what two entries share that are one message although the text differs; empty for none.
        work: the entries whose translations may go on under another key or be kept as obsolete; where it is not given,
            all that have a translation of their own, which ``cont`` and ``omit`` entries have not.
    """
    if work is None:
        work = [entry for entry in old if any(entry.forms()) and entry.link is None]
    wanted = [entry for entry in template if not entry.obsolete]
    matching = _Matching(old, wanted, set(work))
    known = {} if identity is None else {identity(entry): entry for entry in old if not entry.obsolete}

    def same_message(entry: Entry) -> Entry | None:
        return known.get(identity(entry)) if identity and identity(entry) else None

    def same_key(entry: Entry) -> Entry | None:
        return old.get(entry.msgid, entry.msgctxt)

    matching.known(same_message, lambda source, entry: any(source.forms()) and _texts(source) == _texts(entry))
    matching.known(same_key, lambda source, _: any(source.forms()))
    matching.same_texts()
    matching.known(same_key, lambda source, _: not source.obsolete)
    matching.known(same_message, lambda source, _: source in matching.work)
    matching.similar(again=identity is None)
    return _write(old, template, wanted, matching)


@dataclass(frozen=True, slots=True)
class _Source:
    """The old entry that a message takes its translation from; ``again`` where the old entry also goes on elsewhere."""

    entry: Entry
    again: bool


class _Matching:
    """Which old entry does each message of the template continue? Found step by step, the surest first."""

    def __init__(self, old: Catalog, wanted: Sequence[Entry], work: Collection[Entry]) -> None:
        self.found: dict[Entry, _Source] = {}
        self._old = old
        self._wanted = wanted
        self.work = {entry: _made_for(entry) for entry in old if entry in work}  # the text it was made for
        self._free = dict.fromkeys(self.work)
        self._used: set[Entry] = set()

    @property
    def unused(self) -> list[Entry]:
        """The work that no message continues, in the order of the old catalog."""
        return list(self._free)

    def known(self, find: Callable[[Entry], Entry | None], accept: Callable[[Entry, Entry], bool]) -> None:
        """Match what ``find`` knows, where it is not used yet and accepted (old entry, message)."""
        for entry in self._open():
            source = find(entry)
            if source is not None and source not in self._used and accept(source, entry):
                self._take(entry, source)

    def same_texts(self) -> None:
        """Match unused work with messages of the same text and plural, in order, live entries first."""
        spare: dict[tuple[str, str | None], deque[Entry]] = defaultdict(deque)
        for source in sorted(self._free, key=lambda source: source.obsolete):
            spare[_texts(source)].append(source)
        for entry in self._open():
            if spare.get(_texts(entry)):
                self._take(entry, spare[_texts(entry)].popleft())

    def similar(self, *, again: bool) -> None:
        """Match what is alike, the most alike first; with ``again``, an entry that is used already may serve too."""
        near = self._near()
        sources = list(self._free | self.work) if again else self.unused
        texts = Texts([self.work[source] for source in sources])
        found = []
        for entry in self._open():
            likeness, source = near.get(entry, (0.0, None))
            best = texts.find(entry.msgid, max(ALIKE, likeness + _NEIGHBOUR))
            if best is not None:
                likeness, source = best.similarity, sources[best.place]
            if source is not None:
                found.append((likeness, entry, source))
        for _, entry, source in sorted(found, key=lambda each: -each[0]):
            self._take(entry, source)

    def _open(self) -> list[Entry]:
        return [entry for entry in self._wanted if entry not in self.found]

    def _take(self, entry: Entry, source: Entry) -> None:
        self.found[entry] = _Source(source, source in self._used)
        self._used.add(source)
        self._free.pop(source, None)

    def _near(self) -> dict[Entry, tuple[float, Entry]]:
        """Pair messages with unused entries between the same neighbours, the most alike first."""
        pairs = []
        for entry, sources in self._between():
            for source in sources:
                likeness = similarity(self.work[source], entry.msgid)
                if likeness:
                    pairs.append((likeness, entry, source))
        near: dict[Entry, tuple[float, Entry]] = {}
        used: set[Entry] = set()
        for likeness, entry, source in sorted(pairs, key=lambda pair: -pair[0]):
            if entry not in near and source not in used:
                near[entry] = likeness, source
                used.add(source)
        return near

    def _between(self) -> Iterator[tuple[Entry, list[Entry]]]:
        """Yield each open message with the unused entries that stand where it is expected.

        An unused entry stands in a gap between two used ones. Expected is a message in the gap after the entry of the
        message before it and in that before the entry of the message after it; where a block moved, these are two.
        """
        gaps: list[list[Entry]] = [[]]
        number: dict[Entry, int] = {}  # of the gap before an entry
        for source in self._old:
            if source in self._used and not source.obsolete:
                number[source] = len(gaps) - 1
                gaps.append([])
            elif source in self._free and not source.obsolete:
                gaps[-1].append(source)
        left = 0
        run: list[Entry] = []
        for entry in self._wanted:
            if entry not in self.found:
                run.append(entry)
            elif (right := number.get(self.found[entry].entry)) is not None:
                yield from _expected(run, gaps[left], gaps[right])
                left, run = right + 1, []
        yield from _expected(run, gaps[left], gaps[-1])


def _expected(run: Sequence[Entry], left: list[Entry], right: list[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield each message of a run with the entries around its place, counted from the left and from the right end."""
    for offset, entry in enumerate(run):
        end = len(right) - len(run) + offset
        sources = left[max(0, offset - _WINDOW) : offset + _WINDOW + 1]
        sources += right[max(0, end - _WINDOW) : max(0, end + _WINDOW + 1)]
        yield entry, list(dict.fromkeys(sources))


def _texts(entry: Entry) -> tuple[str, str | None]:
    return entry.msgid, entry.msgid_plural


def _made_for(entry: Entry) -> str:
    """Return the text that the translation was made for: of a draft, its previous text."""
    previous = entry.previous_msgid if "fuzzy" in entry.flags else None
    return entry.msgid if previous is None else previous


def _write(old: Catalog, template: Catalog, wanted: Sequence[Entry], matching: _Matching) -> Update:
    """Arrange the catalog: the messages in the order of the template, then the work that waits for its text."""
    count = nplurals(old.header.get("Plural-Forms", ""))
    sources = [matching.found.get(entry) for entry in wanted]
    drafts = [_becomes_draft(source, entry, count) for source, entry in zip(sources, wanted, strict=True)]
    rows = zip(sources, wanted, drafts, strict=True)
    entries = [_follow(source, entry, draft, count) if source else _blank(entry) for source, entry, draft in rows]
    unused = matching.unused
    old.arrange([*entries, *_obsolete(unused, {entry.key for entry in wanted})])
    if old.header_entry is not None and _CREATION_DATE in template.header:
        old.set_header(_CREATION_DATE, template.header[_CREATION_DATE])
    arranged = list(old)
    live = list(zip(arranged, sources, drafts, strict=False))
    return Update(
        old,
        carried=tuple(entry for entry, source, draft in live if source and not draft and not source.entry.obsolete),
        changed=tuple(_changed(entry, source.entry) for entry, source, draft in live if source and draft),
        new=tuple(entry for entry, source, _ in live if source is None),
        gone=tuple(e for e, source in zip(arranged[len(live) :], unused, strict=True) if not source.obsolete),
        revived=tuple(entry for entry, source, draft in live if source and not draft and source.entry.obsolete),
        origins={entry: source.entry for entry, source, _ in live if source},
    )


def _becomes_draft(source: _Source | None, wanted: Entry, count: int | None) -> bool:
    """Return whether a translation goes on with another text, or without the number of forms there must be."""
    if source is None or not any(source.entry.forms()):
        return False
    if source.again or _texts(source.entry) != _texts(wanted):
        return True
    return bool(count) and wanted.msgid_plural is not None and len(source.entry.forms()) != count


def _follow(source: _Source, wanted: Entry, draft: bool, count: int | None) -> Entry:
    """Return the old entry as it goes on under its template."""
    old = source.entry
    flags = tuple(flag for flag in wanted.flags if flag != "fuzzy")
    flags = ("fuzzy", *flags) if draft or "fuzzy" in old.flags else flags
    changes: Fields = {} if flags == old.flags else {"flags": flags}
    if old.obsolete or old.key != wanted.key or _texts(old) != _texts(wanted) or draft:
        changes |= {"msgctxt": wanted.msgctxt, "obsolete": False, **_forms(old, wanted, count)}
    if draft:
        changes |= _previous(old, wanted)
        changes |= {"facts": tuple(fact for fact in old.facts if fact.kind in _GROUPING)}
    if source.again:
        changes |= {"comments": (), "facts": ()}
    entry = old.follow(wanted)
    return entry.replace(**changes) if changes else entry


def _previous(old: Entry, wanted: Entry) -> Fields:
    """Return the previous texts for a draft: those the translation was made for, and none where they are back."""
    if "fuzzy" in old.flags and old.previous_msgid is not None:
        context, text, plural = old.previous_msgctxt, old.previous_msgid, old.previous_msgid_plural
    else:
        context, text, plural = old.msgctxt, old.msgid, old.msgid_plural
    if (context, text, plural) == (wanted.msgctxt, *_texts(wanted)):
        return {"previous_msgctxt": None, "previous_msgid": None, "previous_msgid_plural": None}
    return {"previous_msgctxt": context, "previous_msgid": text, "previous_msgid_plural": plural}


def _forms(old: Entry, wanted: Entry, count: int | None) -> Fields:
    """Return the source texts and the forms of a translation for them; a form there is none for begins as the last."""
    forms = old.forms()
    if wanted.msgid_plural is None:
        return {"msgid": wanted.msgid, "msgid_plural": None, "msgstr": forms[0], "msgstr_plural": {}}
    if not count:
        count = len(wanted.forms() if old.msgid_plural is None else forms)
    filled = (forms + forms[-1:] * count)[:count]
    return {"msgid": wanted.msgid, "msgid_plural": wanted.msgid_plural, "msgstr_plural": dict(enumerate(filled))}


def _blank(wanted: Entry) -> Entry:
    """Return a new message; where the template is a translated catalog, without what it says there."""
    if not any(wanted.forms()) and "fuzzy" not in wanted.flags:
        return wanted
    return new_entry(
        msgctxt=wanted.msgctxt,
        msgid=wanted.msgid,
        msgid_plural=wanted.msgid_plural,
        extracted=wanted.extracted,
        references=wanted.references,
        flags=tuple(flag for flag in wanted.flags if flag != "fuzzy"),
    )


def _obsolete(unused: Sequence[Entry], taken: set[tuple[str | None, str]]) -> Iterator[Entry]:
    """Yield work as obsolete entries, under keys that no other entry has."""
    for source in unused:
        context = source.msgctxt
        while (context, source.msgid) in taken:
            context = f"{context or ''}~"
        taken.add((context, source.msgid))
        entry = source if source.obsolete else source.replace(references=(), extracted=())
        yield entry.replace(obsolete=True, msgctxt=context)


def _changed(entry: Entry, old: Entry) -> Changed:
    previous = _made_for(old)
    return Changed(entry, previous, ratio(previous, entry.msgid))
