"""Sentences to catalog entries and back: the template, the carrying over of work, the projection of beads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from locales import (
    WORD_JOINER,
    Catalog,
    Entry,
    Fact,
    State,
    bead_digest,
    bead_state,
    fact_digest,
    new_catalog,
    new_entry,
)
from locales.update import Changed, Update, update_catalog

from .records import BeadRecord, hundredths

OMITTED = WORD_JOINER  # every gettext tool takes the entry as translated, nobody sees it


@dataclass(frozen=True, slots=True)
class Bead:
    """The entries that one translation covers: the head, which holds it, and the entries that continue it.

    ``valid`` is False when another tool or a person broke the bead: a continuation or omission whose fact no longer
    fits the texts. A broken bead is a draft and is built as its source.
    """

    entries: tuple[Entry, ...]
    valid: bool

    @property
    def head(self) -> Entry:
        """The entry that holds the translation."""
        return self.entries[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the source segments, in order."""
        return tuple(segment_id(entry) for entry in self.entries)

    @property
    def digest(self) -> str:
        """The digest that every fact of this bead must carry to be valid."""
        return bead_digest(self.entries)

    @property
    def text(self) -> str:
        """The translation; empty where there is none or where it leaves the source out."""
        return "" if self.head.msgstr == OMITTED else self.head.msgstr

    @property
    def omitted(self) -> bool:
        """Whether the translation leaves these sentences out."""
        return self.valid and self.head.msgstr == OMITTED

    @property
    def align_fact(self) -> Fact | None:
        """What the aligner said of this translation, while nobody has changed it."""
        if not self.valid:
            return None
        fitting = self.digest
        return next((f for f in self.head.facts if f.kind == "align" and f.digest == fitting), None)

    @property
    def confidence(self) -> float | None:
        """The confidence of the alignment this translation comes from, 0 to 1."""
        fact = self.align_fact
        return None if fact is None else float(fact.args[0])

    @property
    def state(self) -> State:
        """The lowest state of its members; approved only while the approval fits the texts."""
        state = bead_state(self.entries)
        return state if self.valid else min(state, State.DRAFT)

    @property
    def open(self) -> bool:
        """Whether the machine may write here: nothing stands here, or an untouched draft of the machine."""
        return self.state is State.UNTRANSLATED or (self.state is State.DRAFT and self.align_fact is not None)


def beads(catalog: Iterable[Entry]) -> Iterator[Bead]:
    """Group the live entries of a document's catalog, or of a stretch of it, into beads, in document order.

    A continuation in which other text stands (a person wrote it in another editor) breaks its bead into single entries,
    so that neither text can overwrite the other.
    """
    group: list[Entry] = []
    for entry in catalog:
        if entry.obsolete:
            continue
        if group and not _continues(entry):
            yield from _close(group)
            group = []
        group.append(entry)
    if group:
        yield from _close(group)


def segment_id(entry: Entry) -> str:
    """Return the segment id that an entry's reference names: ``interview.txt#bk3v7qa.1`` names ``bk3v7qa.1``."""
    return next(iter(entry.references), "").rpartition("#")[2]


def template(
    document: str,
    name: str,
    segments: Mapping[str, str],
    notes: Mapping[str, tuple[str, ...]],
    old: Catalog | None = None,
) -> Catalog:
    """Make the template of a document: one entry a sentence occurrence, in document order.

    Args:
        document: its name, which the references bear.
        name: of the project.
        segments: the sentences by segment id, in order.
        notes: what a translator is told of each by segment id, the kind of its unit first.
        old: the template so far.

    The first occurrence of a text has no context, each later one its segment id. A context once given is kept, even if
    the first occurrence disappears, for gettext tools would take an entry with another context for another entry.
    """
    given = {segment_id(e): (e.msgid, e.msgctxt) for e in old or () if not e.obsolete}
    contexts = {i: given[i][1] for i, text in segments.items() if i in given and given[i][0] == text}
    bare = {segments[i] for i, context in contexts.items() if context is None}
    entries = []
    for i, text in segments.items():
        if i not in contexts:
            contexts[i] = i if text in bare else None
            bare.add(text)
        reference = f"{document}#{i}"
        told = notes.get(i, ())
        entries.append(new_entry(msgid=text, msgctxt=contexts[i], references=(reference,), extracted=told))
    return new_catalog("und", entries, template=True, header={"Project-Id-Version": name})


def carry_over(catalog: Catalog | None, pot: Catalog, name: str, language: str) -> Catalog:
    """Bring a document's catalog up to its template, as `follow_segments` does; without one, return a new catalog."""
    if catalog is None:
        return new_catalog(language, pot, header={"Project-Id-Version": name})
    return follow_segments(catalog, pot).catalog


def follow_segments(catalog: Catalog, pot: Catalog, cut_anew: Set[str] | None = None) -> Update:
    """Bring a document's catalog up to its template, in place: work follows its segment id, then its text.

    A sentence that changed keeps its translation as a draft with the previous text beside it. Work on sentences that
    are gone stays as obsolete entries, and comes back when the same text does. What the machine offered and nobody
    touched stays with its sentence and goes with it, and is the machine's to offer again where its text is only cut
    otherwise.

    Args:
        catalog: the document's catalog.
        pot: its template now.
        cut_anew: ids of the sentences whose text stands, cut otherwise; None for all that changed.
    """
    before = list(beads(catalog))
    there = {segment_id(entry) for entry in pot}
    machine: set[Entry] = set()
    work = []
    for bead in before:
        again = cut_anew is None or any(i in cut_anew for i in bead.ids)
        if bead.open and (again or not bead.text):
            machine.update(bead.entries)
            continue
        for entry in bead.entries:
            waits = any(entry.forms()) and entry.msgstr != OMITTED and not bead.open
            if waits or (cut_anew is not None and bead.text and segment_id(entry) in there):
                work.append(entry)
    work += [entry for entry in catalog if entry.obsolete and any(entry.forms()) and entry.msgstr != OMITTED]
    return _mend(update_catalog(catalog, pot, identity=segment_id, work=work), before, machine)


def follow_template(catalog: Catalog, pot: Catalog) -> Update:
    """Bring any gettext catalog up to any template, in place; the beads it may have stay whole or are drafts."""
    before = list(beads(catalog)) if any(entry.link == "cont" for entry in catalog) else []
    update = update_catalog(catalog, pot)
    return _mend(update, before, ()) if before else update


def _mend(update: Update, before: Iterable[Bead], machine: Collection[Entry]) -> Update:
    """Make drafts of the beads of several entries that changed, and separate those that stand together no more.

    Of a bead that is separated the head keeps the translation as a draft (none, if it is the machine's to offer again),
    and the others have none.
    """
    catalog = update.catalog
    heirs = {old: new for new, old in update.origins.items()}
    places = {entry: place for place, entry in enumerate(catalog)}
    changed = {each.entry: each for each in update.changed}
    mended: list[Entry] = []
    for bead in before:
        if len(bead.entries) == 1 or not bead.valid:
            continue
        members = [heirs[entry] for entry in bead.entries if entry in heirs]
        together = len(members) == len(bead.entries) and places[members[-1]] - places[members[0]] == len(members) - 1
        if together and changed.keys().isdisjoint(members):
            continue
        mended += members
        if together:
            write_bead(catalog, members, members[0].msgstr, State.DRAFT)
            continue
        head = heirs.get(bead.head) or catalog.get(bead.head.msgid, bead.head.msgctxt)
        for entry in members:
            if entry is not head or bead.head in machine:
                catalog.translate(entry, "", state=State.UNTRANSLATED)
        if head is not None and head.msgstr:
            catalog.translate(head, head.msgstr, state=State.DRAFT)
    drafts = changed | {entry: Changed(entry, entry.msgid, 1.0) for entry in mended if entry not in changed}
    return replace(
        update,
        carried=tuple(entry for entry in update.carried if entry not in drafts),
        changed=tuple(drafts[entry] for entry in sorted(drafts, key=places.__getitem__)),
    )


def project_beads(catalog: Catalog, aligned: Iterable[tuple[BeadRecord, str]], unanswered: Collection[str] = ()) -> int:
    """Write aligned translations as drafts where no person has worked; return how many beads were written.

    A machine draft beside a person's text in one bead stays: nobody has another for it, and it is no surer than the
    bead. Other entries that hold one of an earlier alignment and are in no bead that is written become untranslated.

    Args:
        catalog: the document's catalog.
        aligned: beads by segment ids, each with its translation; an empty one leaves the source out.
        unanswered: source sentences of which the translation says nothing, not even that it leaves them out: what
            stands there stays.
    """
    entries = {segment_id(e): e for e in catalog if not e.obsolete}
    machine = {i: bead for bead in beads(catalog) if bead.open for i in bead.ids}
    written = 0
    done: set[str] = set()
    for bead, text in aligned:
        if not text and not set(bead.source).isdisjoint(unanswered):
            done.update(bead.source)
        elif bead.source and machine.keys() >= set(bead.source):
            write_bead(catalog, [entries[i] for i in bead.source], text or OMITTED, State.DRAFT, align_origin(bead))
            done.update(bead.source)
            written += 1
        else:
            for draft in {machine[i].head: machine[i] for i in bead.source if i in machine}.values():
                if draft.text and set(draft.ids) <= set(bead.source):
                    _doubt(catalog, draft, bead)
                    done.update(draft.ids)
    for i in machine.keys() - done:
        if entries[i].msgstr:
            catalog.translate(entries[i], "", state=State.UNTRANSLATED)
    return written


def _doubt(catalog: Catalog, draft: Bead, bead: BeadRecord) -> None:
    """Let a machine draft be as sure as the bead that it stands in now, where that is less."""
    if draft.confidence is not None and bead.confidence < draft.confidence:
        write_bead(catalog, draft.entries, draft.head.msgstr, State.DRAFT, align_origin(bead))


def write_bead(
    catalog: Catalog, entries: Sequence[Entry], text: str, state: State, origin: tuple[str, ...] | None = None
) -> None:
    """Write one translation over the entries of a bead: the head holds it, the others continue it.

    Args:
        catalog: where the entries live.
        entries: head first, in document order.
        text: the translation; U+2060 says that it leaves the source out, nothing that there is none.
        state: draft or translated, of the whole bead.
        origin: kind and arguments of a fact that says where the text comes from, such as ``("align", "0.87", "2:1")``.
    """
    if not text:
        for entry in entries:
            catalog.translate(entry, "", state=State.UNTRANSLATED)
        return
    texts = [text, *[OMITTED] * (len(entries) - 1)]
    fitting = fact_digest((entry.msgid, new) for entry, new in zip(entries, texts, strict=True))
    for position, (entry, new) in enumerate(zip(entries, texts, strict=True)):
        kinds = [origin] if origin and position == 0 else []
        if position > 0:
            kinds.append(("cont",))
        elif text == OMITTED:
            kinds.append(("omit",))
        catalog.translate(entry, new, state=state, facts=[Fact(kind, tuple(args), fitting) for kind, *args in kinds])


def approve_bead(catalog: Catalog, bead: Bead, who: str) -> None:
    """Approve a translated bead as a whole: each of its entries bears the approval."""
    for entry in bead.entries:
        catalog.approve(entry, who, bead=bead.entries)


def worked_on(catalogs: Iterable[Catalog]) -> set[str]:
    """Return the ids of the source segments in which a person worked, in any of these catalogs."""
    return {i for catalog in catalogs for bead in beads(catalog) if not bead.open for i in bead.ids}


def settled(catalog: Catalog) -> Collection[tuple[str, ...]]:
    """Return the groups of source ids whose translation a person confirmed."""
    return {bead.ids for bead in beads(catalog) if bead.state >= State.TRANSLATED}


def _continues(entry: Entry) -> bool:
    return any(fact.kind == "cont" for fact in entry.facts)


def _close(group: Sequence[Entry]) -> Iterator[Bead]:
    head, *rest = group
    if any(entry.msgstr != OMITTED for entry in rest):
        yield from (Bead((entry,), valid=False) for entry in group)
        return
    if not rest and head.msgstr != OMITTED and not _continues(head):  # nearly every bead; its digest is not needed
        yield Bead((head,), valid=True)
        return
    fitting = bead_digest(group)

    def fits(entry: Entry, kind: str) -> bool:
        return any(fact.kind == kind and fact.digest == fitting for fact in entry.facts)

    placed = not _continues(head) and (head.msgstr != OMITTED or fits(head, "omit"))
    yield Bead(tuple(group), valid=placed and all(fits(entry, "cont") for entry in rest))


def align_origin(bead: BeadRecord) -> tuple[str, ...]:
    """Return the fact, for `write_bead`, that says which bead a translation comes from, and how sure it is."""
    return "align", hundredths(bead.confidence), f"{len(bead.source)}:{len(bead.target)}"
