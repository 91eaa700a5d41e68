"""Whatever people, other editors and crashes do, in whatever order: nothing that was acknowledged is lost unseen."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from locales import State, new_catalog, new_entry, read_catalog
from workflow.decisions import Decision
from workflow.entries import segment_id, write_bead
from workflow.journal import Record, journal_path, read_journal
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation, Outcome
from workflow.project import Project, create_project, open_project
from workflow.store import save_files

MEMORY = next((str(path) for path in [Path("/dev/shm")] if path.is_dir()), None)  # no disk for thousands of fsyncs
DE = ("town.txt", "de")
SENTENCES = {
    "a.1": "The market opens at seven.",
    "a.2": "Bread is sold out by nine.",
    "b.1": "It rains.",
    "b.2": "So what.",
}
Text = tuple[str, ...]
Stand = tuple[Text, State]


def make_town(folder: Path) -> Project:
    """A catalog of four sentences, of which the last two are one bead."""
    project = create_project(folder, "en", ["de"], "town")
    made = [new_entry(msgid=text, references=(f"town.txt#{name}",)) for name, text in SENTENCES.items()]
    catalog = new_catalog("de", made)
    _, _, *bead = catalog
    write_bead(catalog, bead, "Es regnet, na und.", State.TRANSLATED)
    files = {project.document_path("town.txt"): b"", project.catalog_path(*DE): catalog.to_bytes()}
    save_files(files)
    return project


class Reviewing(RuleBasedStateMachine):
    """The model: what stands in each row, in order, and of every acknowledged operation what it put there."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.runs = self.texts = self.ids = 0
        self.project = make_town(Path(self.folder.name, "0"))
        self.catalog = OpenCatalog(self.project, *DE, lambda: 1.0)
        self.rows = self.standing()
        self.bases: list[tuple[str, str]] = []
        self.done: dict[str, Operation] = {}
        self.answers: dict[str, Outcome] = {}
        self.before: dict[str, dict[str, Stand]] = {}
        self.displaced: list[Text] = []

    def teardown(self) -> None:
        self.catalog.close()
        self.folder.cleanup()

    def standing(self) -> dict[str, Stand]:
        return {row.id: (row.texts, row.state) for row in self.catalog.rows()}

    def new_id(self) -> str:
        self.ids += 1
        return f"op{self.ids}"

    # What clients do.

    @initialize()
    def look(self) -> None:
        self.bases = [(row.id, row.base) for row in self.catalog.rows()]

    @rule(
        row=st.sampled_from(list(SENTENCES)),
        empty=st.booleans(),
        state=st.sampled_from([State.DRAFT, State.TRANSLATED]),
    )
    def save(self, row: str, empty: bool, state: State) -> None:
        now = self.catalog.row(row)
        self.texts += 1
        text = "" if empty else f"Satz {self.texts}."
        self.send(Operation(self.new_id(), row, now.base if now else "none", Decision((text,), state)))

    @rule(data=st.data(), text=st.sampled_from(["", "Alt."]))
    def save_on_an_old_base(self, data: st.DataObject, text: str) -> None:
        row, base = data.draw(st.sampled_from(self.bases))
        self.send(Operation(self.new_id(), row, base, Decision((text,), State.DRAFT)))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(list(self.done.values())))
        (outcome,) = self.catalog.apply([operation], "Leyla")
        first = self.answers[operation.id]
        assert (outcome.result, outcome.base, outcome.state) == ("saved", first.base, first.state)

    @precondition(lambda self: self.before)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from(list(self.before)))
        name = self.new_id()
        self.see()
        before = dict(self.rows)
        (outcome,) = self.catalog.undo(target, name, "Leyla")
        if outcome.result == "saved":
            self.follow(outcome, self.before[target].get(outcome.row))
            self.before[name] = before
            assert self.rows.items() >= self.own(target).items()

    def send(self, operation: Operation) -> None:
        self.see()
        before = dict(self.rows)
        now = self.catalog.row(operation.row)
        (outcome,) = self.catalog.apply([operation], "Leyla")
        if now is None or now.base != operation.base:
            assert outcome.result == "conflict"
            assert outcome.now == now
        elif operation.decision.state is State.TRANSLATED and not operation.decision.texts[0]:
            assert outcome.result == "refused"
        else:
            assert outcome.result == "saved"
            (text,) = operation.decision.texts
            self.follow(outcome, ((text,), operation.decision.state if text else State.UNTRANSLATED))
            self.bases.append((operation.row, outcome.base))
            self.done[operation.id], self.answers[operation.id] = operation, outcome
            self.before[operation.id] = before

    def follow(self, outcome: Outcome, stand: Stand | None) -> None:
        """Do to the model what the answer says, as a client does to what it shows."""
        if outcome.replaces:
            names = list(self.rows)
            place = names.index(outcome.replaces[0])
            new = {row.id: (row.texts, row.state) for row in outcome.rows}
            kept = [(name, self.rows[name]) for name in names if name not in outcome.replaces]
            self.rows = dict([*kept[:place], *new.items(), *kept[place:]])
        elif stand is not None:
            self.rows[outcome.row] = stand

    def own(self, operation: str) -> dict[str, Stand]:
        """What stood, before an operation, in the rows that it touched."""
        record = self.catalog.record(operation)
        assert record is not None
        return {row: stand for row, stand in self.before[operation].items() if row in record.entries}

    # What other programs, the writer and crashes do.

    @rule(row=st.sampled_from(["a.1", "a.2"]))
    def edit_outside(self, row: str) -> None:
        """Another editor knows the file, and nothing of the journal."""
        self.texts += 1
        catalog = read_catalog(self.project.catalog_path(*DE))
        entry = next(each for each in catalog if segment_id(each) == row)
        catalog.translate(entry, f"Fremd {self.texts}.")
        catalog.save()
        unsaved = [record for record in self.unsaved() if row in record.entries]
        if unsaved:
            self.displaced.append(unsaved[-1].texts)
        self.rows[row] = (f"Fremd {self.texts}.",), State.TRANSLATED

    def unsaved(self) -> Iterable[Record]:
        """The decisions that the file does not have, but those that gave way to another editor already."""
        found: list[Record] = []
        for record in read_journal(journal_path(self.project, *DE))[1]:
            if record.kind == "conflict":
                found = [each for each in found if each.row != record.row]
            elif record.after:
                found.append(record)
        return found

    @rule()
    def see(self) -> None:
        self.catalog.changes(0)

    @rule()
    def write_the_file(self) -> None:
        self.catalog.checkpoint()
        assert self.catalog.unsaved == 0

    @rule()
    def restart(self) -> None:
        self.catalog.close()
        self.catalog = OpenCatalog(self.project, *DE, lambda: 1.0)

    @rule()
    def crash(self) -> None:
        self.runs += 1
        folder = Path(self.folder.name, str(self.runs))
        shutil.copytree(self.project.root, folder)
        self.catalog.close()
        self.project = open_project(folder)
        self.catalog = OpenCatalog(self.project, *DE, lambda: 1.0)

    # What always holds.

    @invariant()
    def nothing_is_lost(self) -> None:
        self.see()
        self.memory_is_what_the_model_says()
        self.memory_is_the_file_and_the_journal()
        self.what_was_displaced_is_a_conflict()
        self.what_was_acknowledged_is_in_the_journal()

    def memory_is_what_the_model_says(self) -> None:
        assert list(self.standing().items()) == list(self.rows.items())

    def memory_is_the_file_and_the_journal(self) -> None:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            copy = Path(folder, "town")
            shutil.copytree(self.project.root, copy)
            found = OpenCatalog(open_project(copy), *DE, lambda: 1.0)
            assert found.rows() == self.catalog.rows()
            assert found.conflicts() == self.catalog.conflicts()
            found.close()

    def what_was_displaced_is_a_conflict(self) -> None:
        kept = [record.texts for record in self.catalog.records() if record.kind == "conflict"]
        assert sorted(kept) == sorted(self.displaced)

    def what_was_acknowledged_is_in_the_journal(self) -> None:
        for name, operation in self.done.items():
            record = self.catalog.record(name)
            assert record is not None
            assert record.texts == operation.decision.texts


Reviewing.TestCase.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
TestReviewing = Reviewing.TestCase
