"""The JSON routes of the align page over HTTP: what each answers, what each refuses and how, and who may do what."""

import gzip
import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest

from ui.align_api import ROUTES
from ui.guard import cookie_name
from ui.tokens import Kind, project_signer
from workflow.people import Role
from workflow.project import Project

Json = dict[str, Any]
DE = {"document": "interview.txt", "language": "de"}


@dataclass
class Server:
    """The plain application of a project, and where it answers."""

    project: Project
    address: str

    def ask(self, method: str, name: str, arguments: Json, role: Role = Role.REVIEWER) -> tuple[int, Json]:
        signer = project_signer(self.project.root)
        headers = {
            "Cookie": f"{cookie_name(signer.project)}={signer.sign(Kind.SESSION, 'Leyla', role)}",
            "X-Hexapla-Token": signer.sign(Kind.ROUTE, "Leyla", role),
            "Content-Type": "application/json",
        }
        path = f"/hexapla/api/{name}" + (f"?{urlencode(arguments)}" if method == "GET" else "")
        connection = HTTPConnection(self.address, timeout=60)
        connection.request(method, path, json.dumps(arguments).encode() if method == "POST" else None, headers)
        response = connection.getresponse()
        data = response.read()
        if response.getheader("content-encoding") == "gzip":
            data = gzip.decompress(data)
        connection.close()
        return response.status, json.loads(data)

    def get(self, name: str, **arguments: object) -> Json:
        status, answer = self.ask("GET", name, DE | arguments)
        assert status == 200, answer
        return answer

    def apply(self, name: str, at: list[int], **rest: object) -> Json:
        version = self.get("alignment")["version"]
        fields = DE | {"id": "one", "version": version, "name": name, "at": at} | rest
        status, answer = self.ask("POST", "alignment/apply", fields)
        assert status == 200, answer
        result: Json = answer["results"][0]
        return result


@pytest.fixture
def server(project: Project, plain_url: str) -> Server:
    return Server(project, plain_url.removeprefix("http://"))


#: The method of each route, good arguments, the keys of its answer, and the least role.
GOOD: dict[str, tuple[str, Json, set[str], Role]] = {
    "alignment": ("GET", {}, {"version", "revision", "groups", "strangers", "sections", "undo", "redo"}, Role.READER),
    "alignment/sentences": (
        "GET",
        {"source": 3, "target": 3, "count": 2},
        {"version", "source", "target"},
        Role.READER,
    ),
    "alignment/moved": ("GET", {}, {"moved"}, Role.READER),
    "alignment/changes": ("GET", {"since": 0}, {"revision", "edits", "reload", "unsaved", "problem"}, Role.READER),
    "alignment/bead": ("GET", {"source": 0, "target": 0}, {"rows", "differs", "proposal"}, Role.READER),
    "alignment/apply": (
        "POST",
        {"id": "a", "version": "", "name": "merge", "at": [0, 0]},
        {"version", "revision", "results", "undo", "redo"},
        Role.TRANSLATOR,
    ),
    "alignment/realign": ("POST", {"id": "r", "at": [0, 0]}, {"revision", "results"}, Role.TRANSLATOR),
    "alignment/undo": ("POST", {"id": "u"}, {"revision", "results"}, Role.TRANSLATOR),
    "alignment/recut": (
        "POST",
        {"id": "c", "side": "target", "sentence": "bnj336d.1", "offset": 10},
        {"first", "second"},
        Role.TRANSLATOR,
    ),
    "alignment/take": ("POST", {"id": "t", "at": [0, 0], "bases": []}, {"result", "message"}, Role.TRANSLATOR),
}


def test_every_route_is_in_the_table() -> None:
    assert {route.path.removeprefix("/hexapla/api/") for route in ROUTES} == set(GOOD)


@pytest.mark.parametrize("name", GOOD)
def test_a_route_answers(server: Server, name: str) -> None:
    method, arguments, keys, _ = GOOD[name]
    status, answer = server.ask(method, name, DE | arguments)
    assert status == 200, answer
    assert keys <= set(answer)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", GOOD)
def test_a_route_is_for_those_who_have_the_role(server: Server, name: str, role: Role) -> None:
    method, arguments, _, least = GOOD[name]
    status, answer = server.ask(method, name, DE | arguments, role)
    allowed = list(Role).index(role) >= list(Role).index(least)
    assert status == (200 if allowed else 403), answer
    assert allowed or "role" in answer["error"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("alignment/apply", {"id": "a", "version": "v", "name": "explode", "at": [0, 0]}),
        ("alignment/apply", {"id": "a", "version": "v", "name": "merge", "side": "left", "at": [0, 0]}),
        ("alignment/apply", {"id": "a", "version": "v", "name": "merge", "at": [0]}),
        ("alignment/apply", {"id": "a", "version": "v", "name": "merge", "at": [0, True]}),
        ("alignment/apply", {"id": "a", "version": "v", "name": "above", "minimum": "x", "at": [0, 0]}),
        ("alignment/apply", {"id": "a", "version": "v", "name": "merge", "at": [0, 0], "seen": [[1]]}),
        ("alignment/apply", {"id": "", "version": "v", "name": "merge", "at": [0, 0]}),
        ("alignment/take", {"id": "t", "at": "x", "bases": []}),
        ("alignment/recut", {"side": "left", "sentence": "bnj336d.1"}),
        ("alignment/recut", {"side": "target", "sentence": "bnj336d.1", "offset": "x"}),
    ],
)
def test_a_bad_argument_is_told_by_its_name(server: Server, name: str, arguments: Json) -> None:
    fields = DE | arguments | ({"version": server.get("alignment")["version"]} if "version" in arguments else {})
    status, answer = server.ask("POST", name, fields)
    assert status == 400
    assert "`" in answer["error"]


def test_an_operation_answers_with_what_it_changed(server: Server) -> None:
    groups = server.get("alignment")["groups"]
    result = server.apply("merge", [0, 0], seen=groups[:2])
    assert result["result"] == "saved"
    assert result["edit"] == {"id": "one", "at": [0, 0], "old": groups[:2], "new": [[2, 2, 1.0, "Leyla"]]}
    assert server.get("alignment")["groups"] == [[2, 2, 1.0, "Leyla"], *groups[2:]]


def test_an_operation_on_beads_that_others_changed_is_a_conflict(server: Server) -> None:
    groups = server.get("alignment")["groups"]
    server.apply("merge", [0, 0])
    assert server.apply("merge", [0, 0], id="two", seen=groups[:2])["result"] == "conflict"
    assert server.apply("merge", [1, 1], id="three")["result"] == "conflict"


def test_an_operation_on_another_version_of_the_texts_is_a_conflict(server: Server) -> None:
    answer = server.apply("merge", [0, 0], version="old")
    assert (answer["result"], "cut anew" in answer["message"]) == ("conflict", True)


def test_others_hear_of_a_change(server: Server) -> None:
    revision = server.get("alignment")["revision"]
    server.apply("confirm", [0, 0])
    changes = server.get("alignment/changes", since=revision)
    assert [edit["id"] for edit in changes["edits"]] == ["one"]
    assert not changes["reload"]
    assert server.get("alignment/changes", since=revision - 1)["reload"]


def test_the_page_begins_at_the_sentence_that_is_asked_for(server: Server) -> None:
    identity = server.get("alignment/sentences", source=7, target=7, count=1)["source"]["texts"][0][0]
    answer = server.get("alignment", row=identity)
    assert sum(group[0] for group in answer["groups"][: answer["at"]]) == 7


def test_what_cannot_be_aligned_is_said_with_what_to_do(server: Server) -> None:
    server.project.alignment_path("interview.txt", "tr").unlink()
    status, answer = server.ask("GET", "alignment", {"document": "interview.txt", "language": "tr"})
    assert status == 404
    assert "hexapla align interview.txt --lang tr" in answer["error"]
