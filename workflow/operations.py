"""What a client asks of an open catalog, and what it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .decisions import Decision
from .journal import Record
from .rows import Row


@dataclass(frozen=True, slots=True)
class Operation:
    """A decision about a row.

    Attributes:
        id: given by the client; asked for again, it is answered again and not carried out twice.
        row: id of the row.
        base: of the row as the person saw it.
        decision: what is to stand there.
        group: of operations that are taken back together; "" for none.
    """

    id: str
    row: str
    base: str
    decision: Decision
    group: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation.

    Attributes:
        id: of the operation.
        result: ``saved``: it is on the disk; ``conflict``: the row is not as the person saw it, and nothing changed;
            ``refused``: it cannot be done, see ``message``.
        row: id of the row.
        base, state: of the row after a saved operation.
        now: the row as it stands, for a conflict; None if it is gone.
        rows, replaces: where the beads themselves changed, the rows that came and the ids of those that went.
        message: what to do, for a person.
    """

    id: str
    result: Literal["saved", "conflict", "refused"]
    row: str
    base: str = ""
    state: str = ""
    now: Row | None = None
    rows: Sequence[Row] = ()
    replaces: Sequence[str] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is at work."""

    client: str
    user: str
    row: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened in a catalog since a revision.

    Attributes:
        revision: ask for what comes after it the next time.
        rows: ids of the rows that changed.
        reload: the sentences themselves changed, so everything is to be read anew.
        present: the others at work.
        unsaved: operations that the journal has and the catalog file not yet.
        problem: why the catalog file cannot be written or read; "" where it can.
        homeless: saved texts whose sentence another program took out, and about which nobody has decided.
    """

    revision: int
    rows: Sequence[str]
    reload: bool
    present: Sequence[Presence]
    unsaved: int
    problem: str
    homeless: Sequence[Record]
