"""Find rows, replace text in translations, confirm in bulk: over what a query finds in open catalogs."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from locales import State

from .decisions import Decision
from .errors import QueryError
from .open_catalog import OpenCatalog
from .operations import Operation, Outcome
from .patterns import Pattern
from .project import is_catalog
from .queries import search
from .rows import Row
from .tagging import translation_problems


@dataclass(frozen=True, slots=True)
class Change:
    """What is, or would be, done to a row."""

    catalog: OpenCatalog
    row: Row
    decision: Decision


@dataclass(frozen=True, slots=True)
class Replacement:
    r"""What is looked for in translations and what comes in its place.

    Attributes:
        find: a text, or with ``regex`` a regular expression of Python, whose groups ``with_`` may name (``\1``).
        with_: what comes in its place.
        regex: ``find`` is a regular expression.
        case: upper and lower case differ.
    """

    find: str
    with_: str
    regex: bool = False
    case: bool = False

    def compiled(self) -> Callable[[str], str]:
        """Return what replaces in a text; it raises QueryError for a group that there is not.

        Raises:
            QueryError: the regular expression cannot be used.
        """
        if not self.find:
            raise QueryError("there is nothing to look for; say what is to be replaced")
        pattern = Pattern(self.find if self.regex else re.escape(self.find), case=self.case)
        by = self.with_ if self.regex else self.with_.replace("\\", r"\\")
        return lambda text: pattern.replace(by, text)


def find(catalog: OpenCatalog, query: str, user: str = "") -> list[Row]:
    """Return the rows that a query finds, in document order; see `workflow.queries`.

    Raises:
        QueryError: the query cannot be understood.
    """
    return search(catalog.rows(), catalog.records() if query.strip() else (), query, user)


def plan_replacement(
    catalogs: Iterable[OpenCatalog], query: str, replacement: Replacement, user: str = ""
) -> list[Change]:
    """Return what replacing would change; nothing is written. A confirmed translation stays confirmed.

    Raises:
        QueryError: the query or the replacement cannot be understood.
    """
    replace = replacement.compiled()
    changes = []
    for catalog in catalogs:
        for row in find(catalog, query, user):
            texts = tuple(map(replace, row.texts))
            if texts != row.texts and not row.omitted:
                state = State.TRANSLATED if row.state >= State.TRANSLATED and all(texts) else State.DRAFT
                changes.append(Change(catalog, row, Decision(texts, state)))
    return changes


def plan_confirmation(catalog: OpenCatalog, query: str, minimum: float | None, user: str = "") -> list[Change]:
    """Return what confirming the drafts that a query finds would change; nothing is written.

    Drafts whose tags are wrong stay drafts; so does, where a confidence is asked for, a sentence that the aligner found
    no translation of: that it is left out on purpose is for a person to say.

    Args:
        catalog: where.
        query: which rows.
        minimum: the least confidence, 0 to 1; drafts without one are left then. None takes every draft.
        user: who ``mine`` is.

    Raises:
        QueryError: the query cannot be understood.
    """
    drafts = [row for row in find(catalog, query, user) if row.state is State.DRAFT and row.valid]
    sure = [row for row in drafts if minimum is None or (not row.omitted and (row.confidence or 0) >= minimum)]
    if not is_catalog(catalog.document):
        sure = [row for row in sure if not translation_problems(row.source, row.target)]
    return [Change(catalog, row, Decision(row.texts, State.TRANSLATED, row.omitted)) for row in sure]


def carry_out(changes: Sequence[Change], group: str, user: str) -> Iterator[Outcome]:
    """Carry changes out as one group, which is taken back as one; yield what became of each.

    Raises:
        QueryError: a journal cannot be written; the catalogs before it have their changes.
    """
    for catalog in dict.fromkeys(change.catalog for change in changes):
        own = [change for change in changes if change.catalog is catalog]
        operations = [Operation(f"{group}.{c.row.id}", c.row.id, c.row.base, c.decision, group) for c in own]
        yield from catalog.apply(operations, user)
