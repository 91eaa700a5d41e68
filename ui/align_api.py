"""The JSON routes of the align page: each reads its arguments, calls workflow, and says what it returned."""

from itertools import islice
from typing import get_args

from locales.tags import direction
from workflow.border_journal import BorderStep
from workflow.groups import Group, Side, beads_of, strangers
from workflow.moved import moved_sections
from workflow.open_alignment import Edit, OpenAlignment, Place, Result
from workflow.people import Deed
from workflow.proposals import proposal
from workflow.records import SURE
from workflow.regroup import NAMES, SETTLING, Request
from workflow.segmenting import Version

from .calls import Answer, BadRequest, Call, operation_id, route

WINDOW = 200  # sentences of each text, where a client does not say how many
LARGEST = 5_000  # sentences of each text at once

Wire = tuple[int, int, float, str | None]


def _alignment(call: Call) -> Answer:
    alignment = _open(call)
    revision, groups = alignment.groups()
    texts = alignment.texts()
    done, undone = alignment.history(call.claims.user)
    return {
        "version": alignment.version,
        "revision": revision,
        "groups": list(map(_wire, groups)),
        "at": alignment.place_of(call.get("row", str, "")) or 0,
        "sure": SURE,
        "strangers": strangers(beads_of(groups, *alignment.ids())),
        "directions": [direction(text.language) for text in texts],
        "sections": list(map(_sections, texts)),
        "later": alignment.later(),
        "undo": len(done),
        "redo": len(undone),
    }


def _open(call: Call) -> OpenAlignment:
    return call.session.alignment(call.get("document", str), call.language)


def _sections(text: Version) -> list[tuple[int, str]]:
    """Return where each heading stands, by number of sentences, and what it says."""
    kinds = (kind for kind, *_ in text.notes().values())
    sentences = enumerate(zip(kinds, text.plain_texts().values(), strict=True))
    return [(n, words) for n, (kind, words) in sentences if kind == "heading"]


def _sentences(call: Call) -> Answer:
    alignment = _open(call)
    count = min(call.get("count", int, WINDOW), LARGEST)
    starts = call.get("source", int, 0), call.get("target", int, 0)
    windows = []
    for side, start in zip(alignment.sentences(), starts, strict=True):
        shown = islice(side.items(), start, start + count)
        windows.append({"start": start, "texts": [[identity, text] for identity, text in shown]})
    return {"version": alignment.version, "source": windows[0], "target": windows[1]}


def _moved(call: Call) -> Answer:
    parts = [(section.source, section.target) for section in moved_sections(_open(call))]
    return {"moved": [[(part.start, len(part)) for part in pair] for pair in parts]}


def _changes(call: Call) -> Answer:
    alignment = _open(call)
    edits = alignment.changes(call.get("since", int))
    return {
        "version": alignment.version,
        "revision": alignment.revision,
        "edits": [_edit(edit) for edit in edits or ()],
        "reload": edits is None,
        "unsaved": alignment.unsaved,
        "problem": alignment.problem,
    }


def _bead(call: Call) -> Answer:
    alignment = _open(call)
    at = alignment.at(Place(call.get("source", int), call.get("target", int)))
    found = None if at is None else proposal(alignment, at)
    if found is None:
        return {"rows": [], "differs": False, "proposal": []}
    return {
        "rows": [
            {"id": row.id, "target": row.target, "state": row.state.name.lower(), "base": row.base}
            for row in found.rows
        ],
        "differs": found.differs,
        "proposal": [text for _, text in found.aligned],
    }


def _apply(call: Call) -> Answer:
    request = _request(call)
    call.need(Deed.SETTLE if request.name in SETTLING else Deed.MEND)
    alignment = _open(call)
    if call.get("version", str) != alignment.version:
        return _results(alignment, call, [Result(operation_id(call), "conflict", message=_RECUT)])
    at, user = _place(call), call.claims.user
    seen = None if "seen" not in call.arguments else [_group(row) for row in call.get("seen", list)]
    result = alignment.apply(
        operation_id(call), request.name, at, lambda groups, number: request.plan(groups, number, user), user, seen
    )
    return _results(alignment, call, [result])


def _request(call: Call) -> Request:
    name, side = call.get("name", str), call.get("side", str, "source")
    if name not in NAMES or side not in get_args(Side):
        raise BadRequest(f"`name` must be one of {', '.join(NAMES)}, and `side` source or target.")
    minimum = call.arguments.get("minimum", 1.0)
    if not isinstance(minimum, int | float):
        raise BadRequest("`minimum` must be a number.")
    source, target = call.get("source", int, 0), call.get("target", int, 0)
    return Request(name, "source" if side == "source" else "target", source, target, minimum)


def _place(call: Call) -> Place:
    place = call.get("at", list)
    if len(place) != 2 or not all(type(number) is int for number in place):
        raise BadRequest("`at` must be two numbers.")
    return Place(*place)


def _realign(call: Call) -> Answer:
    call.need(Deed.MEND)
    alignment = _open(call)
    return _results(alignment, call, [alignment.realign(operation_id(call), _place(call), call.claims.user)])


def _undo(call: Call) -> Answer:
    call.need(Deed.MEND)
    alignment, redo, user = _open(call), call.get("redo", bool, False), call.claims.user
    step = alignment.last(user, redo=redo)
    if isinstance(step, BorderStep) and step.language == call.session.project.source:
        call.need(Deed.MEND, None)
    result = call.session.undo_beads(alignment.document, call.language, operation_id(call), user, redo=redo)
    return _results(alignment, call, [result])


def _recut(call: Call) -> Answer:
    side = call.get("side", str)
    if side not in get_args(Side):
        raise BadRequest("`side` must be source or target.")
    of_source = side == "source"
    call.need(Deed.MEND, None if of_source else call.language)  # a border of the source is one in all languages
    language = call.session.project.source if of_source else call.language
    offset = None if call.arguments.get("offset") is None else call.get("offset", int)
    _open(call)  # its journal is read, and the files are brought up to it
    document, sentence = call.get("document", str), call.get("sentence", str)
    border = call.session.recut(document, language, sentence, offset, call.claims.user, operation_id(call))
    return {"first": border.first, "second": border.second}


def _take(call: Call) -> Answer:
    call.need(Deed.EDIT)
    alignment = _open(call)
    at = alignment.at(_place(call))
    found = None if at is None else proposal(alignment, at)
    if found is None:
        return {"result": "conflict", "message": _RECUT}
    seen = [str(base) for base in call.get("bases", list)]
    outcome = alignment.catalog.take(found.aligned, seen, operation_id(call), call.claims.user)
    return {"result": outcome.result, "message": outcome.message}


_RECUT = "the sentences were cut anew; load the page again"


def _results(alignment: OpenAlignment, call: Call, results: list[Result]) -> Answer:
    done, undone = alignment.history(call.claims.user)
    return {
        "version": alignment.version,
        "revision": alignment.revision,
        "results": [
            {"id": r.id, "result": r.result, "message": r.message, "edit": r.edit and _edit(r.edit)} for r in results
        ],
        "undo": len(done),
        "redo": len(undone),
    }


def _edit(edit: Edit) -> Answer:
    old, new = list(map(_wire, edit.old)), list(map(_wire, edit.new))
    return {"id": edit.id, "at": [edit.place.source, edit.place.target], "old": old, "new": new}


def _wire(group: Group) -> Wire:
    return group.source, group.target, group.confidence, group.confirmed_by


def _group(row: object) -> Group:
    match row:
        case [int(source), int(target), int() | float() as confidence, str() | None as who]:
            return Group(source, target, float(confidence), who)
    raise BadRequest("`seen` must be a list of groups.")


ROUTES = [
    route("alignment", _alignment),
    route("alignment/sentences", _sentences),
    route("alignment/moved", _moved),
    route("alignment/changes", _changes),
    route("alignment/bead", _bead),
    route("alignment/apply", _apply, "POST"),
    route("alignment/realign", _realign, "POST"),
    route("alignment/undo", _undo, "POST"),
    route("alignment/take", _take, "POST"),
    route("alignment/recut", _recut, "POST"),
]
