"""The JSON routes of the editor: each reads its arguments, calls workflow, and says what it returned."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from locales import State
from locales.diff import Piece, word_diff
from locales.tags import direction, display_name, language_gap
from workflow import WorkflowError
from workflow.context import Step, beside, findings, history, missing, paragraph, source_change
from workflow.decisions import Decision
from workflow.journal import Record
from workflow.open_catalog import OpenCatalog
from workflow.operations import Operation, Outcome
from workflow.people import Deed, Rights
from workflow.project import is_catalog
from workflow.rows import Row
from workflow.searching import Change, Replacement, carry_out, find, plan_confirmation, plan_replacement

from .calls import Answer, BadRequest, Call, json_response, operation_id, route
from .messages import language
from .tokens import route_token

WINDOW = 100  # rows, where a client does not say how many
LARGEST = 5_000  # rows at once
SCOPES = ("filter", "document", "project")
PREVIEW = 500  # changes shown of a replacement


def _project(call: Call) -> Answer:
    project = call.session.project
    return {
        "name": project.name,
        "source": _language(project.source),
        "documents": [{"name": name, "catalog": is_catalog(name)} for name in project.documents()],
        "languages": [_language(tag) | _rights(call.claims.rights, tag) for tag in project.targets],
        "user": call.claims.user,
    }


def _language(tag: str) -> Answer:
    return {"tag": tag, "name": display_name(tag, language()), "dir": direction(tag)}


def _rights(rights: Rights, language: str) -> Answer:
    return {"role": rights.role_in(language), "may": [deed for deed in Deed if rights.may(deed, language)]}


def _rows(call: Call) -> Answer:
    catalog = call.catalog
    revision = catalog.revision
    count = min(call.get("count", int, WINDOW), LARGEST)
    start = call.get("start", int, 0)
    if "at" in call.arguments:
        start = max(0, (catalog.place(call.get("at", str)) or 0) - count // 2)
    conflicts = catalog.conflicts()
    rows = [_row(row, conflicts.get(row.id)) for row in catalog.rows(start, min(start + count, len(catalog)))]
    return {"revision": revision, "total": len(catalog), "start": start, "rows": rows}


def _row(row: Row, conflict: Record | None = None) -> Answer:
    """Return a row without what is empty."""
    rest = {
        "kind": row.kind,
        "context": row.context,
        "references": row.references,
        "ids": row.entries if len(row.entries) > 1 else (),
        "examples": [form.examples for form in row.forms],
        "confidence": row.confidence,
        "omitted": row.omitted,
        "broken": not row.valid,
        "comments": row.comments,
        "notes": row.notes,
        "tags": row.tags,
        "locked": row.locked,
        "previous": row.previous,
        "conflict": conflict and _conflict(conflict),
    }
    always = {"id": row.id, "source": row.source, "target": row.texts, "state": _name(row.state), "base": row.base}
    return always | {name: value for name, value in rest.items() if value or isinstance(value, float)}


def _conflict(record: Record) -> Answer:
    return {"operation": record.id, "user": record.user, "texts": record.texts, "time": _time(record.time)}


def _states(call: Call) -> Answer:
    catalog = call.catalog
    revision = catalog.revision
    summary = catalog.summary()
    return {
        "revision": revision,
        "ids": [row for row, _, _ in summary],
        "states": "".join(_name(state)[0] for _, state, _ in summary),
        "locked": [place for place, (_, _, locked) in enumerate(summary) if locked],
    }


def _save(call: Call) -> Answer:
    call.need(Deed.EDIT)
    operations = [_operation(call, fields) for fields in call.get("operations", list)]
    catalog = call.catalog
    return _outcomes(catalog, catalog.apply(operations, call.claims.user))


def _operation(call: Call, fields: object) -> Operation:
    if not isinstance(fields, dict):
        raise BadRequest("`operations` must be a list of objects.")
    each = Call(call.session, call.claims, fields)
    state = _state(each.get("state", str))
    if state is State.APPROVED:
        call.need(Deed.APPROVE)
    texts = each.get("texts", list)
    if not all(isinstance(text, str) for text in texts):
        raise BadRequest("`texts` must be a list of str.")
    decision = Decision(tuple(texts), state, each.get("omit", bool, False))
    return Operation(operation_id(each), each.get("row", str), each.get("base", str), decision)


def _state(name: str) -> State:
    names = {_name(state): state for state in State if state is not State.UNTRANSLATED}
    if name not in names:
        raise BadRequest(f"`state` must be one of {', '.join(names)}.")
    return names[name]


def _undo(call: Call) -> Answer:
    call.need(Deed.EDIT)
    target, operation, catalog = call.get("operation", str), operation_id(call), call.catalog
    concerned = [catalog] if catalog.record(target) is not None else call.session.having(target)
    for each in concerned:
        call.need(Deed.APPROVE if each.approves(target) else Deed.EDIT, each.language)
    done = [(home, outcome) for home in concerned for outcome in home.undo(target, operation, call.claims.user)]
    others = [_outcome(home, outcome) | {"document": home.document} for home, outcome in done if home is not catalog]
    answer = _outcomes(catalog, [outcome for home, outcome in done if home is catalog])
    return answer | {"outcomes": [*answer["outcomes"], *others]}


def _comment(call: Call) -> Answer:
    call.need(Deed.EDIT)
    catalog = call.catalog
    outcome = catalog.comment(call.get("row", str), call.get("text", str), operation_id(call), call.claims.user)
    return _outcomes(catalog, [outcome])


def _dismiss(call: Call) -> Answer:
    call.need(Deed.EDIT)
    catalog = call.catalog
    return _outcomes(catalog, [catalog.settle(call.get("row", str), operation_id(call), call.claims.user)])


def _outcomes(catalog: OpenCatalog, outcomes: Sequence[Outcome]) -> Answer:
    return {"revision": catalog.revision, "outcomes": [_outcome(catalog, outcome) for outcome in outcomes]}


def _outcome(catalog: OpenCatalog, outcome: Outcome) -> Answer:
    answer: Answer = {"id": outcome.id, "result": outcome.result, "row": outcome.row}
    if outcome.result == "saved":
        row = catalog.row(outcome.row)
        answer |= {"base": outcome.base, "state": outcome.state}
        answer |= {"findings": found} if row and (found := _findings(catalog, row)) else {}
        if outcome.replaces:
            answer |= {"rows": list(map(_row, outcome.rows)), "replaces": outcome.replaces}
    else:
        answer |= {"message": outcome.message}
        if outcome.result == "conflict":
            answer["now"] = outcome.now and _row(outcome.now)
    return answer


def _changes(call: Call) -> Answer:
    catalog = call.catalog
    client, row = call.get("client", str, ""), call.get("row", str, "")
    found = catalog.changes(call.get("since", int), client, call.claims.user, row)
    conflicts = catalog.conflicts()
    rows = [_row(row, conflicts.get(row.id)) for row in map(catalog.row, found.rows) if row is not None]
    present = [asdict(other) for other in found.present]
    return {
        "revision": found.revision,
        "rows": rows,
        "reload": found.reload,
        "present": present,
        "unsaved": found.unsaved,
        "problem": found.problem,
        "homeless": [_conflict(record) | {"row": record.row} for record in found.homeless],
    }


def _details(call: Call) -> Answer:
    catalog = call.catalog
    name = call.get("row", str)
    row = catalog.row(name)
    if row is None:
        return {"history": [_step(step) for step in history(catalog, name)], "gone": True}
    source, target = paragraph(catalog, row)
    return {
        "history": [_step(step) for step in history(catalog, name)],
        "previous": _pieces(source_change(row)),
        "context": {"source": source, "target": list(map(asdict, target)), "gap": language_gap(catalog.language)},
        "findings": _findings(catalog, row),
        "matches": [],
        "terms": [],
    }


def _step(step: Step) -> Answer:
    return asdict(step) | {"time": _time(step.time), "diff": _pieces(step.diff)}


def _findings(catalog: OpenCatalog, row: Row) -> list[Answer]:
    problems = dict.fromkeys(findings(catalog, row))
    lost = [] if problems else missing(row)
    return [{"severity": "error", "message": problem} for problem in problems] + [
        {"severity": "warning", "message": f"the translation lacks {tag}"} for tag in lost
    ]


def _diff(call: Call) -> Answer:
    return {"diff": _pieces(word_diff(call.get("old", str), call.get("new", str)))}


def _pieces(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    signs = {"same": "=", "removed": "-", "added": "+"}
    return [(signs[piece.kind], piece.text) for piece in pieces]


def _find(call: Call) -> Answer:
    try:
        rows = find(call.catalog, call.get("query", str, ""), call.claims.user)
    except WorkflowError as error:
        return {"rows": [], "error": str(error)}
    return {"rows": [row.id for row in rows], "error": None}


def _replace(call: Call) -> Answer:
    call.need(Deed.BULK)
    scope, query = call.get("scope", str), call.get("query", str, "")
    if scope not in SCOPES:
        raise BadRequest(f"`scope` must be one of {', '.join(SCOPES)}.")
    if scope == "project":
        catalogs = [call.session.open(name, call.language) for name in call.session.project.documents()]
    else:
        catalogs = [call.catalog]
    replacement = Replacement(
        call.get("find", str), call.get("with", str), call.get("regex", bool, False), call.get("case", bool, False)
    )
    changes = plan_replacement(catalogs, query if scope == "filter" else "", replacement, call.claims.user)
    shown = [
        {"document": each.catalog.document, "row": each.row.id, "diff": _pieces(_change(each))}
        for each in islice(changes, PREVIEW)
    ]
    return {"changes": shown, **_carry_out(call, changes)}


def _change(change: Change) -> Sequence[Piece]:
    return word_diff("\n".join(change.row.texts), "\n".join(change.decision.texts))


def _confirm(call: Call) -> Answer:
    call.need(Deed.BULK)
    minimum = call.arguments.get("minimum")
    if minimum is not None and not isinstance(minimum, int | float):
        raise BadRequest("`minimum` must be a number or null.")
    changes = plan_confirmation(call.catalog, call.get("query", str, ""), minimum, call.claims.user)
    return _carry_out(call, changes)


def _carry_out(call: Call, changes: Sequence[Change]) -> Answer:
    """Carry changes out, unless the client only wants to know how many there are."""
    if call.get("dry_run", bool, True):
        return {"count": len(changes), "conflicts": 0}
    results = [outcome.result for outcome in carry_out(changes, operation_id(call), call.claims.user)]
    saved = results.count("saved")
    return {"count": saved, "conflicts": len(results) - saved}


def _columns(call: Call) -> Answer:
    catalog = call.catalog
    start = call.get("start", int, 0)
    stop = min(start + min(call.get("count", int, WINDOW), LARGEST), len(catalog))
    languages = [tag for tag in call.get("languages", str).split(",") if tag]
    others = {tag: call.session.open(catalog.document, tag) for tag in languages}
    columns = {
        tag: {row: {"text": text, "state": _name(state)} for row, (text, state) in cells.items()}
        for tag, cells in ((tag, beside(catalog, other, start, stop)) for tag, other in others.items())
    }
    return {"columns": columns}


def _name(state: State) -> str:
    return state.name.lower()


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


async def _renew(request: Request) -> Response:
    """Give a new route token to who has a session, which the guard has checked."""
    return json_response({"token": route_token(request)})


async def _empty(request: Request) -> Response:
    return json_response({})


ROUTES = [
    route("project", _project),
    route("rows", _rows),
    route("states", _states),
    route("changes", _changes),
    route("row", _details),
    route("find", _find),
    route("columns", _columns),
    route("save", _save, "POST"),
    route("undo", _undo, "POST"),
    route("comment", _comment, "POST"),
    route("dismiss", _dismiss, "POST"),
    route("diff", _diff, "POST"),
    route("replace", _replace, "POST"),
    route("confirm", _confirm, "POST"),
    Route("/hexapla/api/token", _renew, methods=["POST"]),
    Route("/hexapla/api/empty", _empty),
]
