"""The JSON routes over HTTP: what each answers, what each refuses and how, and who may do what."""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn

from ui.api import ROUTES
from ui.fallback import plain_app
from ui.guard import cookie_name
from ui.tokens import Kind, project_signer
from workflow import journal
from workflow.open_catalog import OpenCatalog
from workflow.people import Role
from workflow.project import Project

Json = dict[str, Any]
DE = {"document": "letter.txt", "language": "de"}
JSON = {"Content-Type": "application/json"}

LETTER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. para
#: letter.txt#a.1
msgid "The key is under the mat."
msgstr "Der Schlüssel liegt unter der Matte."

# Which ones?
#. para
#: letter.txt#a.2
#, fuzzy
#| msgid "Water the plants."
msgid "Please water the {1}plants{/1}."
msgstr "Bitte gieß die {1}Blumen{/1}."

#. para
#: letter.txt#b.1
msgid "https://example.org/garden"
msgstr ""
"""
CUPS = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. On a shelf
#: src/shelf.py:12
msgctxt "kitchen"
msgid "%d cup"
msgid_plural "%d cups"
msgstr[0] "%d Tasse"
msgstr[1] "%d Tassen"
"""


@dataclass
class Server:
    """The plain application of a project on a port of this machine."""

    project: Project
    port: int
    user: str = "Leyla"
    role: Role = Role.REVIEWER
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, **arguments: object) -> Json:
        status, answer = self.ask("GET", f"{name}?{urlencode(arguments)}")
        assert status == 200, answer
        return answer

    def post(self, name: str, **arguments: object) -> Json:
        status, answer = self.ask("POST", name, json.dumps(arguments).encode())
        assert status == 200, answer
        return answer

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Json]:
        """Ask as the user, with a good session and token but for what ``headers`` say otherwise."""
        signer = project_signer(self.project.root)
        usual = {
            "Cookie": f"{cookie_name(signer.project)}={signer.sign(Kind.SESSION, self.user, self.role)}",
            "X-Hexapla-Token": signer.sign(Kind.ROUTE, self.user, self.role),
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, f"/hexapla/api/{path}", body, usual | (JSON if body else {}) | (headers or {}))
        response = connection.getresponse()
        data = response.read()
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        connection.close()
        if self.headers.get("content-encoding") == "gzip":
            data = gzip.decompress(data)
        assert self.headers["content-type"] == "application/json"
        return response.status, json.loads(data)

    def row(self, name: str, **where: str) -> Json:
        return next(row for row in self.get("rows", **(where or DE))["rows"] if row["id"] == name)

    def operation(self, name: str, row: str, *texts: str, state: str = "translated", **rest: object) -> Json:
        return {"id": name, "row": row, "base": self.row(row)["base"], "texts": texts, "state": state, **rest}

    def save(self, *operations: Json) -> list[Json]:
        outcomes: list[Json] = self.post("save", **DE, operations=operations)["outcomes"]
        return outcomes


@pytest.fixture
def server(project: Project) -> Iterator[Server]:
    for document, text in (("letter.txt", LETTER), ("app.pot", CUPS)):
        project.document_path(document).write_text(text)
        project.catalog_path(document, "de").write_text(text)
    project.catalog_path("letter.txt", "fa").write_text(LETTER.split("\n\n")[0] + "\n")
    running = uvicorn.Server(uvicorn.Config(plain_app(project), log_level="error", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        yield Server(project, listening.getsockname()[1])
        running.should_exit = True
        thread.join(30)


# --- what each route answers ----------------------------------------------------------------------------------------

#: The method of each route, good arguments, and the keys of its answer.
GOOD: dict[str, tuple[str, Json, set[str]]] = {
    "project": ("GET", {}, {"name", "source", "documents", "languages", "user"}),
    "rows": ("GET", DE, {"revision", "total", "start", "rows"}),
    "states": ("GET", DE, {"revision", "ids", "states", "locked"}),
    "changes": ("GET", DE | {"since": 0}, {"revision", "rows", "reload", "present", "unsaved", "problem", "homeless"}),
    "row": ("GET", DE | {"row": "a.1"}, {"history", "previous", "context", "findings", "matches", "terms"}),
    "find": ("GET", DE | {"query": "key"}, {"rows", "error"}),
    "columns": ("GET", DE | {"languages": "de"}, {"columns"}),
    "empty": ("GET", {}, set()),
    "save": ("POST", DE | {"operations": []}, {"revision", "outcomes"}),
    "undo": ("POST", DE | {"operation": "done", "id": "u"}, {"revision", "outcomes"}),
    "comment": ("POST", DE | {"row": "a.1", "text": "Wo?", "id": "c"}, {"revision", "outcomes"}),
    "dismiss": ("POST", DE | {"row": "a.1", "id": "d"}, {"revision", "outcomes"}),
    "diff": ("POST", {"old": "a b", "new": "a c"}, {"diff"}),
    "replace": (
        "POST",
        DE | {"scope": "document", "find": "Matte", "with": "Tür", "dry_run": False, "id": "r"},
        {"changes", "count", "conflicts"},
    ),
    "confirm": ("POST", DE | {"query": "", "minimum": None, "dry_run": False, "id": "b"}, {"count", "conflicts"}),
    "token": ("POST", {}, {"token"}),
}  # fmt: skip
#: What a reader may ask although it is a POST.
HARMLESS = {"diff", "token"}


def call(server: Server, name: str, arguments: Json, **headers: str) -> tuple[int, Json]:
    method = GOOD[name][0]
    if method == "GET":
        return server.ask(method, f"{name}?{urlencode(arguments)}", headers=headers)
    return server.ask(method, name, json.dumps(arguments).encode(), headers)


def test_every_route_stands_in_the_table() -> None:
    routes = {route.path.removeprefix("/hexapla/api/"): route.methods - {"HEAD"} for route in ROUTES if route.methods}
    assert routes == {name: {method} for name, (method, _, _) in GOOD.items()}


def test_what_is_no_route_says_so(server: Server) -> None:
    for method in ("GET", "POST"):
        assert server.ask(method, "elsewhere", b"{}" if method == "POST" else None)[0] == 404


@pytest.mark.parametrize("name", GOOD)
def test_a_route_answers(server: Server, name: str) -> None:
    server.save(server.operation("done", "a.1", "Der Schlüssel."))
    status, answer = call(server, name, GOOD[name][1])
    assert (status, set(answer)) == (200, GOOD[name][2])


def test_rows_come_with_all_that_is_known_of_them(server: Server) -> None:
    first, second, third = server.get("rows", **DE)["rows"]
    assert first == {
        "id": "a.1",
        "source": ["The key is under the mat."],
        "target": ["Der Schlüssel liegt unter der Matte."],
        "state": "translated",
        "base": first["base"],
        "kind": "para",
    }
    assert second["previous"] == "Water the plants."
    assert second["tags"] == ["{1}", "{/1}"]
    assert second["comments"] == ["Which ones?"]
    assert (third["locked"], third["state"]) == (True, "untranslated")
    (cups,) = server.get("rows", document="app.pot", language="de")["rows"]
    assert cups["target"] == ["%d Tasse", "%d Tassen"]
    assert [numbers[0] for numbers in cups["examples"]] == [1, 0]
    assert (cups["notes"], cups["references"], cups["context"]) == (["On a shelf"], ["src/shelf.py:12"], "kitchen")
    assert "kind" not in cups


def test_rows_come_in_a_window_around_a_row(server: Server) -> None:
    found = server.get("rows", **DE, at="b.1", count=2)
    assert (found["start"], [row["id"] for row in found["rows"]], found["total"]) == (1, ["a.2", "b.1"], 3)
    assert server.get("rows", **DE, at="gone", count=2)["start"] == 0
    assert server.get("rows", **DE, start=7)["rows"] == []


def test_rows_are_compressed_for_who_takes_it(server: Server) -> None:
    interview = {"document": "interview.txt", "language": "de"}
    status, answer = server.ask("GET", f"rows?{urlencode(interview)}", headers={"Accept-Encoding": "gzip"})
    assert (status, server.headers.get("content-encoding")) == (200, "gzip")
    assert answer == server.get("rows", **interview)


def test_states_are_a_letter_a_row(server: Server) -> None:
    states = server.get("states", **DE)
    assert (states["ids"], states["states"], states["locked"]) == (["a.1", "a.2", "b.1"], "tdu", [2])


def test_a_save_is_durable_and_answered_in_less_than_a_kibibyte(server: Server) -> None:
    (outcome,) = server.save(server.operation("1", "a.2", "Bitte gieß die {1}Pflanzen{/1}."))
    size = sum(len(name) + len(value) + 4 for name, value in server.headers.items()) + int(
        server.headers["content-length"]
    )
    assert size <= 1024
    assert outcome == {
        "id": "1",
        "result": "saved",
        "row": "a.2",
        "base": server.row("a.2")["base"],
        "state": "translated",
    }
    journal = server.project.root / ".hexapla" / "journal" / "de" / "letter.txt.jsonl"
    assert json.loads(journal.read_bytes().splitlines()[-1])["user"] == "Leyla"


def test_a_save_says_what_a_check_finds(server: Server) -> None:
    (outcome,) = server.save(server.operation("1", "a.2", "Bitte gieß die {1}Pflanzen.") | {"state": "draft"})
    assert "{/1}" in outcome["findings"][0]["message"]


def test_changes_since_a_revision_reach_the_other_client(server: Server) -> None:
    revision = server.get("rows", **DE)["revision"]
    server.save(server.operation("1", "a.1", "Der Schlüssel."))
    found = server.get("changes", **DE, since=revision, client="two", row="a.2")
    assert [row["id"] for row in found["rows"]] == ["a.1"]
    assert (found["reload"], found["problem"]) == (False, "")
    server.user = "Ömer"
    seen = server.get("changes", **DE, since=found["revision"], client="one")
    assert seen["rows"] == []
    assert seen["present"] == [{"client": "two", "user": "Leyla", "row": "a.2"}]


def test_undo_and_its_undo(server: Server) -> None:
    before = server.row("a.1")
    server.save(server.operation("1", "a.1", "Der Schlüssel."))
    (back,) = server.post("undo", **DE, operation="1", id="2")["outcomes"]
    assert (back["result"], server.row("a.1")) == ("saved", before)
    server.post("undo", **DE, operation="2", id="3")
    assert server.row("a.1")["target"] == ["Der Schlüssel."]
    history = server.get("row", **DE, row="a.1")["history"]
    assert [(step["kind"], step["undoable"]) for step in history] == [("undo", True), ("undo", False), ("save", False)]
    assert history[-1]["time"].endswith("+00:00")


def test_a_query_that_is_wrong_is_answered_with_a_sentence(server: Server) -> None:
    found = server.get("find", **DE, query="state:drift")
    assert found["rows"] == []
    assert "no such state" in found["error"]


def test_a_replacement_is_shown_first_and_undone_as_one(server: Server) -> None:
    wanted = DE | {"scope": "document", "find": "e", "with": "a", "id": "r"}
    shown = server.post("replace", **wanted, dry_run=True)
    assert (shown["count"], [change["row"] for change in shown["changes"]]) == (2, ["a.1", "a.2"])
    assert server.row("a.1")["target"] == ["Der Schlüssel liegt unter der Matte."]
    assert server.post("replace", **wanted, dry_run=False)["count"] == 2
    assert server.row("a.1")["target"] == ["Dar Schlüssal liagt untar dar Matta."]
    assert len(server.post("undo", **DE, operation="r", id="u")["outcomes"]) == 2
    assert server.row("a.1")["target"] == ["Der Schlüssel liegt unter der Matte."]


def test_a_replacement_in_the_project_reaches_every_document_and_is_undone_in_all(server: Server) -> None:
    wanted = DE | {"scope": "project", "find": "a", "with": "A", "case": True, "id": "r"}
    assert {change["document"] for change in server.post("replace", **wanted, dry_run=True)["changes"]} == {
        "app.pot", "interview.txt", "letter.txt", "press-release.md",
    }  # fmt: skip
    before = server.get("rows", document="app.pot", language="de")["rows"]
    server.post("replace", **wanted, dry_run=False)
    assert server.get("rows", document="app.pot", language="de")["rows"] != before
    server.post("undo", **DE, operation="r", id="u")
    assert server.get("rows", document="app.pot", language="de")["rows"] == before


def test_a_displaced_text_is_shown_until_it_is_settled(server: Server) -> None:
    server.save(server.operation("1", "a.1", "Der Schlüssel liegt im Flur."))
    path = server.project.catalog_path("letter.txt", "de")
    path.write_text(LETTER.replace("unter der Matte", "unterm Topf"))
    server.get("changes", **DE, since=0)
    conflict = server.row("a.1")["conflict"]
    assert (conflict["user"], conflict["texts"]) == ("Leyla", ["Der Schlüssel liegt im Flur."])
    server.post("dismiss", **DE, row="a.1", id="d")
    assert "conflict" not in server.row("a.1")


def test_one_megabyte_is_saved_and_comes_back(server: Server) -> None:
    text = "Wort " * 209_715
    (outcome,) = server.save(server.operation("1", "b.1", text))
    assert outcome["result"] == "saved"
    assert server.row("b.1")["target"] == [text.strip()]
    assert server.get("row", **DE, row="b.1")["history"][0]["state"] == "translated"


# --- what each route refuses ----------------------------------------------------------------------------------------


def test_two_clients_on_one_row_both_keep_their_text(server: Server) -> None:
    ours, theirs = server.operation("1", "a.1", "Unser Text."), server.operation("2", "a.1", "Ihr Text.")
    assert [outcome["result"] for outcome in server.save(ours)] == ["saved"]
    (outcome,) = server.save(theirs)
    assert (outcome["result"], outcome["now"]["target"]) == ("conflict", ["Unser Text."])
    assert outcome["message"]


def test_repeated_and_out_of_order_operations_are_carried_out_once(server: Server) -> None:
    first = server.operation("1", "a.1", "eins")
    base = server.save(first)[0]["base"]
    second = first | {"id": "2", "base": base, "texts": ["zwei"]}
    results = [outcome["result"] for outcome in server.save(second, first, second, first)]
    assert results == ["saved"] * 4
    assert server.row("a.1")["target"] == ["zwei"]
    late = first | {"id": "3", "texts": ["drei"]}
    assert [outcome["result"] for outcome in server.save(late, second)] == ["conflict", "saved"]
    assert len(server.get("row", **DE, row="a.1")["history"]) == 2


def test_a_save_for_a_row_that_is_gone_is_a_conflict_without_a_row(server: Server) -> None:
    gone = server.operation("1", "a.1", "eins") | {"row": "z.9"}
    (outcome,) = server.save(gone)
    assert (outcome["result"], outcome["now"]) == ("conflict", None)
    assert "your text is kept" in outcome["message"]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_text_that_no_catalog_can_hold_is_refused_and_the_others_are_saved(server: Server, text: str) -> None:
    outcomes = server.save(server.operation("1", "a.1", text), server.operation("2", "a.2", "{1}gut{/1}"))
    assert [outcome["result"] for outcome in outcomes] == ["refused", "saved"]
    assert outcomes[0]["message"]


WITHOUT_ENTRY: dict[str, tuple[dict[str, str], str]] = {
    "no token": ({"X-Hexapla-Token": ""}, "invalid"),
    "a forged token": ({"X-Hexapla-Token": "WyJyb3V0ZSJd.AAAA"}, "invalid"),
    "no session": ({"Cookie": ""}, "invalid"),
}


@pytest.mark.parametrize("name", [name for name in GOOD if name not in ("token", "empty")])
@pytest.mark.parametrize("entry", WITHOUT_ENTRY)
def test_nobody_gets_an_answer_without(server: Server, name: str, entry: str) -> None:
    headers, code = WITHOUT_ENTRY[entry]
    before = server.project.catalog_path("letter.txt", "de").read_bytes()
    status, answer = call(server, name, GOOD[name][1], **headers)
    assert (status, answer["code"], set(answer)) == (401, code, {"error", "code"})
    assert server.project.catalog_path("letter.txt", "de").read_bytes() == before


def test_an_expired_token_is_told_from_a_forged_one(server: Server) -> None:
    late = project_signer(server.project.root, lambda: 1_000_000_000.0).sign(Kind.ROUTE, "Leyla", Role.REVIEWER)
    for name in ("rows", "save"):
        status, answer = call(server, name, GOOD[name][1], **{"X-Hexapla-Token": late})
        assert (status, answer["code"]) == (401, "expired")


@pytest.mark.parametrize("name", [name for name, (method, _, _) in GOOD.items() if method == "POST"])
def test_a_reader_writes_nothing(server: Server, name: str) -> None:
    server.save(server.operation("done", "a.1", "Der Schlüssel."))
    before = server.get("rows", **DE)
    server.role = Role.READER
    status, answer = call(server, name, GOOD[name][1])
    assert (status, answer.get("code")) == ((200, None) if name in HARMLESS else (403, "role"))
    assert server.get("rows", **DE) == before


def test_a_translator_approves_nothing_and_brings_no_approval_back(server: Server) -> None:
    server.save(server.operation("1", "a.1", "Der Schlüssel.", state="approved"))
    server.role = Role.TRANSLATOR
    status, answer = call(server, "save", DE | {"operations": [server.operation("2", "a.2", "x", state="approved")]})
    assert (status, answer["code"]) == (403, "role")
    assert server.save(server.operation("3", "a.1", "Ein Schlüssel."))[0]["result"] == "saved"
    status, answer = call(server, "undo", DE | {"operation": "3", "id": "4"})
    assert (status, answer["code"]) == (403, "role")
    server.role = Role.REVIEWER
    assert call(server, "undo", DE | {"operation": "3", "id": "4"})[0] == 200
    assert server.row("a.1")["state"] == "approved"


OPERATION: Json = {"id": "1", "row": "a.1", "base": "x", "texts": ["y"], "state": "draft"}


def saving(**fields: object) -> tuple[str, Json]:
    """A save with one operation of which some fields are wrong, or absent where they are None."""
    operation = {name: value for name, value in (OPERATION | fields).items() if value is not None}
    return "save", DE | {"operations": [operation]}


#: Bad arguments, the status, the code, and a word of the sentence.
BAD: dict[str, tuple[tuple[str, Json], int, str, str]] = {
    "an unknown document": (("rows", DE | {"document": "none.txt"}), 404, "unusable", "no such document"),
    "an unknown language": (("rows", DE | {"language": "ru-XX"}), 404, "unusable", "not a target language"),
    "a language that is none": (("rows", DE | {"language": "../de"}), 404, "unusable", "de"),
    "a document outside": (("rows", DE | {"document": "../letter.txt"}), 404, "unusable", "no such document"),
    "no document": (("rows", {"language": "de"}), 400, "request", "`document`"),
    "no arguments": (("rows", {}), 400, "request", "`document`"),
    "a count that is no number": (("rows", DE | {"count": "many"}), 400, "request", "`count`"),
    "a negative start": (("rows", DE | {"start": "-1"}), 400, "request", "`start`"),
    "a number without end": (("rows", DE | {"start": "9" * 5000}), 400, "request", "`start`"),
    "no revision": (("changes", DE), 400, "request", "`since`"),
    "no row": (("row", DE), 400, "request", "`row`"),
    "an unknown column": (("columns", DE | {"languages": "xx"}), 404, "unusable", "xx"),
    "operations that are no list": (("save", DE | {"operations": {}}), 400, "request", "`operations`"),
    "an operation that is no object": (("save", DE | {"operations": [3]}), 400, "request", "`operations`"),
    "no id": (saving(id=None), 400, "request", "`id`"),
    "an id that is no text": (saving(id=3), 400, "request", "`id`"),
    "an empty id": (saving(id=""), 400, "request", "`id`"),
    "an id that is not ASCII": (saving(id="é"), 400, "request", "`id`"),
    "an id of a megabyte": (saving(id="x" * 2**20), 400, "request", "`id`"),
    "no base": (saving(base=None), 400, "request", "`base`"),
    "no texts": (saving(texts=None), 400, "request", "`texts`"),
    "texts that are one text": (saving(texts="y"), 400, "request", "`texts`"),
    "texts that are numbers": (saving(texts=[1]), 400, "request", "`texts`"),
    "no state": (saving(state=None), 400, "request", "`state`"),
    "a state that is none": (saving(state="done"), 400, "request", "`state`"),
    "a state that cannot be given": (saving(state="untranslated"), 400, "request", "`state`"),
    "an omission that is no truth value": (saving(omit="yes"), 400, "request", "`omit`"),
    "undo of nothing": (("undo", DE | {"operation": "none", "id": "u"}), 404, "unusable", "no such operation"),
    "undo without an id": (("undo", DE | {"operation": "none"}), 400, "request", ""),
    "a comment without a text": (("comment", DE | {"row": "a.1", "id": "c"}), 400, "request", "`text`"),
    "a difference to nothing": (("diff", {"old": "a"}), 400, "request", "`new`"),
    "a replacement of nothing": (
        ("replace", DE | {"scope": "document", "find": "", "with": "x"}), 400, "query", "nothing to look for"),
    "a replacement by a pattern that is none": (
        ("replace", DE | {"scope": "document", "find": "(", "with": "x", "regex": True}), 400, "query", "regular"),
    "a replacement without an id": (
        ("replace", DE | {"scope": "document", "find": "a", "with": "b", "dry_run": False}), 400, "request", "`id`"),
    "a minimum that is no number": (("confirm", DE | {"minimum": "high"}), 400, "request", "`minimum`"),
    "a confirmation of a wrong query": (("confirm", DE | {"query": "state:x"}), 400, "query", "no such state"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_arguments_are_answered_with_one_sentence(server: Server, name: str) -> None:
    (route, arguments), status, code, word = BAD[name]
    before = server.get("rows", **DE)
    found, answer = call(server, route, arguments)
    assert (found, answer["code"], set(answer)) == (status, code, {"error", "code"})
    assert word in answer["error"]
    assert "Traceback" not in answer["error"]
    assert server.get("rows", **DE) == before


BODIES: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "no JSON": (b"id=1", {}, 400, "request"),
    "half of JSON": (b'{"operations": [', {}, 400, "request"),
    "a list": (b"[]", {}, 400, "request"),
    "bytes that are no text": (b'"\xff\xfe"', {}, 400, "request"),
    "a tower of brackets": (b"[" * 100_000, {}, 400, "request"),
    "a form": (b"{}", {"Content-Type": "application/x-www-form-urlencoded"}, 400, "request"),
    "plain text": (b"{}", {"Content-Type": "text/plain"}, 400, "request"),
    "nine megabytes": (b'{"x": "' + b"x" * 9_000_000 + b'"}', {}, 413, "size"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_answered_with_one_sentence(server: Server, name: str) -> None:
    body, headers, status, code = BODIES[name]
    found, answer = server.ask("POST", "save", body, headers)
    assert (found, answer["code"], set(answer)) == (status, code, {"error", "code"})
    assert server.get("empty") == {}


def test_a_method_that_a_route_has_not_is_refused(server: Server) -> None:
    signer = project_signer(server.project.root)
    cookie = {"Cookie": f"{cookie_name(signer.project)}={signer.sign(Kind.SESSION, 'Leyla', Role.REVIEWER)}"}
    for method, path in (("GET", "save"), ("POST", "rows"), ("DELETE", "save"), ("GET", "none")):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request(method, f"/hexapla/api/{path}", headers=cookie)
        assert connection.getresponse().status in (404, 405)
        connection.close()


def test_a_catalog_that_another_process_has_open_is_busy(server: Server, hold: Callable[[str], None]) -> None:
    hold("letter.txt")
    status, answer = call(server, "rows", DE)
    assert (status, answer["code"]) == (409, "busy")
    assert server.get("rows", document="app.pot", language="de")["total"] == 1


@pytest.fixture
def hold(project: Project) -> Iterator[Callable[[str], None]]:
    """Opens the German catalog of a document beside the server."""
    held: list[OpenCatalog] = []
    yield lambda document: held.append(OpenCatalog(project, document, "de", lambda: 0.0))
    for catalog in held:
        catalog.close()


def test_a_broken_catalog_is_said_and_left_alone(server: Server) -> None:
    path = server.project.catalog_path("letter.txt", "de")
    path.write_bytes(b'msgid "no end')
    status, answer = call(server, "rows", DE)
    assert (status, answer["code"]) == (404, "unusable")
    assert path.read_bytes() == b'msgid "no end'


def test_a_full_disk_is_told_and_the_same_operation_is_saved_later(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = DE | {"operations": [server.operation("1", "a.1", "Der Schlüssel.")]}

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_sync", full)
        status, answer = call(server, "save", wanted)
    assert (status, answer["code"]) == (507, "unwritable")
    assert "free space" in answer["error"]
    assert server.row("a.1")["target"] == ["Der Schlüssel liegt unter der Matte."]
    assert call(server, "save", wanted)[1]["outcomes"][0]["result"] == "saved"


def test_hostile_text_comes_back_as_it_is_and_as_data(server: Server) -> None:
    text = "<script>alert(1)</script>\u202egnp.\u2066 \x07 </textarea>"
    server.save(server.operation("1", "a.1", text))
    assert server.row("a.1")["target"] == [text]
    assert server.headers["content-security-policy"] == "default-src 'none'"
    assert server.headers["x-content-type-options"] == "nosniff"
