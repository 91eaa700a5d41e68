"""What a reviewer searches for: the query language of the editor and of `hexapla find`."""

import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from locales import State

from .errors import QueryError
from .journal import Record, latest, unsettled
from .patterns import Pattern
from .rows import Row

STATES = {
    "untranslated": {State.UNTRANSLATED},
    "draft": {State.DRAFT},
    "translated": {State.TRANSLATED},
    "approved": {State.APPROVED},
    "todo": {State.UNTRANSLATED, State.DRAFT},
    "done": {State.TRANSLATED, State.APPROVED},
}
HELP = (
    'Words stand in source or translation; "several words" as they are. '
    "state:draft (untranslated, draft, translated, approved, todo, done), source:x, target:x, comment:x, tag:x, id:x, "
    "context:x, reference:x (of a message), "
    "changed:2026-11-01 (since), by:NAME, mine, confidence:<0.8, is:locked, is:broken, is:omitted, is:plural, "
    "is:conflict, is:changed (source), /regular expression/; a minus sign in front turns a term around. "
    "sort:confidence shows the least sure first."
)
_BY_CONFIDENCE = "sort:confidence"


@dataclass(frozen=True, slots=True)
class Found:
    """A row with what is known about it besides: its latest operation, and whether a conflict waits there."""

    row: Row
    last: Record | None = None
    conflict: bool = False


Test = Callable[[Found], bool]


def search(rows: Iterable[Row], records: Iterable[Record], query: str, user: str = "") -> list[Row]:
    """Return those of the rows that a query finds.

    Args:
        rows: of one catalog.
        records: of its journal.
        query: see `HELP`.
        user: who ``mine`` is.

    Raises:
        QueryError: the query cannot be understood.
    """
    test = parse_query(query, user)
    records = list(records)
    last, conflicts = latest(records), unsettled(records)
    found = [row for row in rows if test(Found(row, last.get(row.id), row.id in conflicts))]
    return sorted(found, key=lambda row: row.doubt) if _BY_CONFIDENCE in _terms(query) else found


def parse_query(text: str, user: str = "") -> Test:
    """Return the test that says whether a row is looked for; every term of the query must hold.

    Args:
        text: the query; see `HELP`.
        user: who ``mine`` is.

    Raises:
        QueryError: a term cannot be understood.
    """
    tests = [_negatable(term, user) for term in _terms(text)]
    return lambda found: all(test(found) for test in tests)


def _terms(text: str) -> list[str]:
    if re.fullmatch(r"/.+/", text.strip()):  # a regular expression may hold spaces and quotes
        return [text.strip()]
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.quotes = '"'
    lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:
        raise QueryError(f'{text!r}: a quotation mark has no partner; write "several words" between two') from None


def _negatable(term: str, user: str) -> Test:
    if term.startswith("-") and len(term) > 1:
        test = _test(term[1:], user)
        return lambda found: not test(found)
    return _test(term, user)


def _test(term: str, user: str) -> Test:
    name, colon, value = term.partition(":")
    if term == "mine":
        return lambda found: found.last is not None and found.last.user == user
    if len(term) > 2 and term[0] == term[-1] == "/":
        return _pattern(term[1:-1])
    if not colon or name not in _FIELDS:
        return _contains(term, lambda row: (*row.source, *row.texts))
    return _FIELDS[name](value)


def _contains(wanted: str, texts: Callable[[Row], tuple[str, ...]]) -> Test:
    folded = wanted.casefold()
    return lambda found: any(folded in text.casefold() for text in texts(found.row))


def _pattern(wanted: str) -> Test:
    pattern = Pattern(wanted)
    return lambda found: any(map(pattern.found_in, (*found.row.source, *found.row.texts)))


def _state(value: str) -> Test:
    states = STATES.get(value)
    if states is None:
        raise QueryError(f"state:{value}: no such state; states are {', '.join(STATES)}")
    return lambda found: found.row.state in states


def _changed(value: str) -> Test:
    try:
        since = datetime.combine(date.fromisoformat(value), datetime.min.time()).astimezone(UTC).timestamp()
    except ValueError:
        raise QueryError(f"changed:{value}: is no date; write it as changed:2026-11-01") from None
    return lambda found: found.last is not None and found.last.time >= since


def _confidence(value: str) -> Test:
    found = re.fullmatch(r"([<>])=?(0?\.\d+|[01](?:\.\d*)?)", value)
    if found is None:
        raise QueryError(f"confidence:{value}: write confidence:<0.8 or confidence:>0.8")
    limit, below = float(found[2]), found[1] == "<"

    def test(found: Found) -> bool:
        confidence = found.row.confidence
        return confidence is not None and (confidence < limit if below else confidence > limit)

    return test


_IS: Mapping[str, Test] = {
    "locked": lambda found: found.row.locked,
    "broken": lambda found: not found.row.valid,
    "omitted": lambda found: found.row.omitted,
    "plural": lambda found: bool(found.row.forms),
    "conflict": lambda found: found.conflict,
    "changed": lambda found: bool(found.row.previous),
}


def _sort(value: str) -> Test:
    if f"sort:{value}" != _BY_CONFIDENCE:
        raise QueryError(f"sort:{value}: unknown; write {_BY_CONFIDENCE}")
    return lambda found: True


def _is(value: str) -> Test:
    if value not in _IS:
        raise QueryError(f"is:{value}: unknown; write is:{', is:'.join(_IS)}")
    return _IS[value]


def _by(value: str) -> Test:
    return lambda found: found.last is not None and found.last.user.casefold() == value.casefold()


_FIELDS: Mapping[str, Callable[[str], Test]] = {
    "state": _state,
    "source": lambda value: _contains(value, lambda row: row.source),
    "target": lambda value: _contains(value, lambda row: row.texts),
    "comment": lambda value: _contains(value, lambda row: row.comments),
    "context": lambda value: _contains(value, lambda row: (row.context,)),
    "reference": lambda value: _contains(value, lambda row: row.references),
    "tag": lambda value: _contains(value, lambda row: row.tags),
    "id": lambda value: _contains(value, lambda row: row.entries),
    "changed": _changed,
    "by": _by,
    "is": _is,
    "sort": _sort,
    "confidence": _confidence,
}
