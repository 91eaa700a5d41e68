"""Sentences to catalog entries and back: the template, the carrying over of work, the projection of beads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from locales import Catalog, Entry, Fact, State, fact_digest, new_catalog, new_entry
from locales.tags import language_gap, plural_forms

from .records import BeadRecord

OMITTED = "\u2060"  # WORD JOINER: every gettext tool takes the entry as translated, nobody sees it


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
        return fact_digest((entry.msgid, entry.msgstr) for entry in self.entries)

    @property
    def text(self) -> str:
        """The translation; empty where there is none or where it leaves the source out."""
        return "" if self.head.msgstr == OMITTED else self.head.msgstr

    @property
    def omitted(self) -> bool:
        """Whether the translation leaves these sentences out."""
        return self.valid and self.head.msgstr == OMITTED

    @property
    def confidence(self) -> float | None:
        """The confidence of the alignment this translation comes from, while nobody has changed it."""
        fact = self._fact("align")
        return None if fact is None else float(fact.args[0])

    @property
    def origin(self) -> str | None:
        """Where an untouched machine proposal comes from: ``align``; None for a person's work."""
        return None if self._fact("align") is None else "align"

    @property
    def state(self) -> State:
        """The lowest state of its members; approved only while the approval fits the texts."""
        lowest = min(_plain_state(entry) for entry in self.entries)
        if not self.valid:
            return min(lowest, State.DRAFT)
        if lowest is State.TRANSLATED and self._fact("approved") is not None:
            return State.APPROVED
        return lowest

    @property
    def open(self) -> bool:
        """Whether the machine may write here: nothing stands here, or an untouched draft of the machine."""
        return self.state is State.UNTRANSLATED or (self.state is State.DRAFT and self.origin is not None)

    def _fact(self, kind: str) -> Fact | None:
        if not self.valid:
            return None
        fitting = self.digest
        return next((f for f in self.head.facts if f.kind == kind and f.digest == fitting), None)


def beads(catalog: Catalog) -> Iterator[Bead]:
    """Group the live entries of a document's catalog into beads, in document order.

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
    """Return the segment id that an entry's reference names.

    >>> unquote("my%20book.txt#bk3v7qa.1").rpartition("#")[2]
    'bk3v7qa.1'
    """
    return unquote(entry.references[0]).rpartition("#")[2] if entry.references else ""


def template(
    document: str, name: str, segments: Mapping[str, str], kinds: Mapping[str, str], old: Catalog | None = None
) -> Catalog:
    """Make the template of a document: one entry a sentence occurrence, in document order.

    Args:
        document: its name, which the references bear.
        name: of the project.
        segments: the sentences by segment id, in order.
        kinds: the kind of unit each stands in, by segment id.
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
        reference = f"{quote(document, safe='/', encoding='utf-8', errors='surrogatepass')}#{i}"
        entries.append(new_entry(text, msgctxt=contexts[i], references=(reference,), extracted=(kinds[i],)))
    return new_catalog(_header(name, None), entries)


def carry_over(catalog: Catalog | None, pot: Catalog, name: str, language: str) -> Catalog:
    """Bring a catalog up to its template: work follows its segment id, then its text.

    A sentence that changed keeps its translation as a draft with the previous text beside it. Work on sentences that are
    gone stays as obsolete entries, and comes back when the same text does.
    """
    if catalog is None:
        catalog = new_catalog(_header(name, language), [])
    alive = {segment_id(e): e for e in catalog if not e.obsolete}
    spare: dict[str, list[Entry]] = {}
    ids = {segment_id(e) for e in pot}
    for entry in catalog:
        if entry.msgstr and (entry.obsolete or segment_id(entry) not in ids):
            spare.setdefault(entry.msgid, []).append(entry)
    arranged = []
    for wanted in pot:
        known = alive.get(segment_id(wanted))
        if known is None or (known.msgid != wanted.msgid and spare.get(wanted.msgid)):
            same = spare.get(wanted.msgid)
            known = same.pop(0) if same else known
        arranged.append((wanted, known))
    catalog.follow(arranged)
    return catalog


def project_beads(
    catalog: Catalog, aligned: Sequence[BeadRecord], targets: Mapping[str, str], language: str
) -> int:
    """Write aligned translations as drafts where no person has worked; return how many beads were written.

    Entries that hold a machine draft of an earlier alignment and are in no bead that can be written become untranslated.

    Args:
        catalog: the document's catalog.
        aligned: beads by segment ids.
        targets: text of each target segment by id.
        language: target language, whose gap joins sentences.
    """
    entries = {segment_id(e): e for e in catalog if not e.obsolete}
    machine = {i for bead in beads(catalog) if bead.open for i in bead.ids}
    gap = language_gap(language)
    written = 0
    done: set[str] = set()
    for bead in aligned:
        if not bead.source or not all(i in machine and i in entries for i in bead.source):
            continue
        text = gap.join(targets[i] for i in bead.target)
        write_bead(catalog, [entries[i] for i in bead.source], text or OMITTED, State.DRAFT, _align_fact(bead))
        done.update(bead.source)
        written += 1
    for i in machine - done:
        if entries[i].msgstr:
            catalog.translate(entries[i], "", state=State.UNTRANSLATED)
    return written


def write_bead(
    catalog: Catalog, entries: Sequence[Entry], text: str, state: State, head_fact: tuple[str, ...] | None = None
) -> None:
    """Write one translation over the entries of a bead: the head holds it, the others continue it.

    Args:
        catalog: where the entries live.
        entries: head first, in document order.
        text: the translation; U+2060 says that it leaves the source out, nothing that there is none.
        state: of the whole bead.
        head_fact: kind and arguments of a fact about the head, such as ``("align", "0.87", "2:1")``.
    """
    if not text:
        for entry in entries:
            catalog.translate(entry, "", state=State.UNTRANSLATED)
        return
    texts = [text, *[OMITTED] * (len(entries) - 1)]
    fitting = fact_digest((entry.msgid, new) for entry, new in zip(entries, texts, strict=True))
    for position, (entry, new) in enumerate(zip(entries, texts, strict=True)):
        facts = []
        if position == 0 and head_fact is not None:
            facts.append(Fact(head_fact[0], head_fact[1:], fitting))
        if position > 0:
            facts.append(Fact("cont", (), fitting))
        elif text == OMITTED:
            facts.append(Fact("omit", (), fitting))
        catalog.translate(entry, new, state=state, facts=facts)


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
    fitting = fact_digest((entry.msgid, entry.msgstr) for entry in group)

    def fits(entry: Entry, kind: str) -> bool:
        return any(fact.kind == kind and fact.digest == fitting for fact in entry.facts)

    placed = not _continues(head) and (head.msgstr != OMITTED or fits(head, "omit"))
    yield Bead(tuple(group), valid=placed and all(fits(entry, "cont") for entry in rest))


def _plain_state(entry: Entry) -> State:
    if not entry.msgstr:
        return State.UNTRANSLATED
    return State.DRAFT if "fuzzy" in entry.flags else State.TRANSLATED


def _align_fact(bead: BeadRecord) -> tuple[str, ...]:
    return "align", f"{bead.confidence:.2f}", f"{len(bead.source)}:{len(bead.target)}"


def _header(name: str, language: str | None) -> dict[str, str]:
    fields = {"Project-Id-Version": name}
    if language is not None:
        fields |= {"Language": language, "Plural-Forms": plural_forms(language)}
    return fields | {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
