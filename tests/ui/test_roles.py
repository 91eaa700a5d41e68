"""Who may do what in which language: every address of the server, ours and Streamlit's, by role."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from ui.fallback import ROUTES
from ui.guard import cookie_name
from ui.tickets import issue_ticket
from ui.tokens import Kind, Signer, project_signer
from workflow.ingest import load_version
from workflow.people import LEAST, Deed, Rights, Role
from workflow.project import Project

Json = dict[str, Any]
TEXT = {"id": "s", "row": "bg7dqkh.1", "base": "", "texts": ["x"]}

#: Of every route of ours: its method, arguments, and what somebody must be allowed to do; None asks for nothing.
OURS: dict[str, tuple[str, Json, Deed | None]] = {
    "project": ("GET", {}, None),
    "rows": ("GET", {}, None),
    "states": ("GET", {}, None),
    "changes": ("GET", {"since": 0}, None),
    "row": ("GET", {"row": "bg7dqkh.1"}, None),
    "find": ("GET", {"query": "bread"}, None),
    "columns": ("GET", {"languages": "de"}, None),
    "empty": ("GET", {}, None),
    "diff": ("POST", {"old": "a", "new": "b"}, None),
    "token": ("POST", {}, None),
    "save": ("POST", {"operations": [TEXT | {"state": "translated"}]}, Deed.EDIT),
    "save approved": ("POST", {"operations": [TEXT | {"state": "approved"}]}, Deed.APPROVE),
    "comment": ("POST", {"row": "bg7dqkh.1", "text": "Where?", "id": "c"}, Deed.EDIT),
    "dismiss": ("POST", {"row": "bg7dqkh.1", "id": "d"}, Deed.EDIT),
    "undo": ("POST", {"operation": "none", "id": "u"}, Deed.EDIT),
    "replace": ("POST", {"scope": "project", "find": "e", "with": "a", "id": "r", "dry_run": False}, Deed.BULK),
    "replace dry": ("POST", {"scope": "document", "find": "e", "with": "a"}, Deed.BULK),
    "confirm": ("POST", {"minimum": 0.9, "id": "b", "dry_run": False}, Deed.BULK),
    "alignment": ("GET", {}, None),
    "alignment/sentences": ("GET", {}, None),
    "alignment/moved": ("GET", {}, None),
    "alignment/changes": ("GET", {"since": 0}, None),
    "alignment/bead": ("GET", {"source": 0, "target": 0}, None),
    "alignment/apply": ("POST", {"id": "a", "version": "", "name": "merge", "at": [0, 0]}, Deed.MEND),
    "alignment/apply confirm": ("POST", {"id": "b", "version": "", "name": "confirm", "at": [0, 0]}, Deed.SETTLE),
    "alignment/apply unconfirm": ("POST", {"id": "c", "version": "", "name": "unconfirm", "at": [0, 0]}, Deed.SETTLE),
    "alignment/apply above": ("POST", {"id": "d", "version": "", "name": "above", "at": [0, 0]}, Deed.SETTLE),
    "alignment/realign": ("POST", {"id": "e", "at": [0, 0]}, Deed.MEND),
    "alignment/undo": ("POST", {"id": "f"}, Deed.MEND),
    "alignment/take": ("POST", {"id": "g", "at": [0, 0], "bases": []}, Deed.EDIT),
    "alignment/recut": ("POST", {"side": "target", "sentence": "none", "offset": 3, "id": "c"}, Deed.MEND),
}
#: What asks for the role in every language at once.
EVERYWHERE: dict[str, tuple[str, Json, Deed | None]] = {
    "alignment/recut source": ("POST", {"side": "source", "sentence": "none", "offset": 3, "id": "c"}, Deed.MEND),
}
#: Our pages and files: everybody who may look.
PAGES = {
    "/editor",
    "/aligner",
    "/hexapla/assets",
    "/hexapla/api/{name:path}",
    "/hexapla/language",
    "/hexapla/words/{tag}.json",
}


class Server:
    """The plain application of a project, asked as somebody with rights of one's own in German."""

    def __init__(self, project: Project, url: str) -> None:
        self.signer: Signer = project_signer(project.root)
        self.host = urlsplit(url).netloc

    def ask(self, method: str, name: str, arguments: Json, rights: Rights) -> tuple[int, Json]:
        who = "Leyla", rights.role, rights.languages
        headers = {
            "Cookie": f"{cookie_name(self.signer.project)}={self.signer.sign(Kind.SESSION, *who)}",
            "X-Hexapla-Token": self.signer.sign(Kind.ROUTE, *who),
            "Content-Type": "application/json",
        }
        path = f"/hexapla/api/{name.split()[0]}" + (f"?{urlencode(arguments)}" if method == "GET" else "")
        connection = HTTPConnection(self.host, timeout=60)
        connection.request(method, path, json.dumps(arguments).encode() if method == "POST" else None, headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        return response.status, json.loads(
            gzip.decompress(data) if response.getheader("content-encoding") == "gzip" else data
        )


@pytest.fixture
def server(project: Project, plain_url: str) -> Server:
    return Server(project, plain_url)


def contents(project: Project) -> str:
    """A digest of everything that people make."""
    found = hashlib.sha256()
    for folder in (
        "sources",
        "segments",
        "alignments",
        "locales",
        ".hexapla/journal",
        ".hexapla/beads",
        ".hexapla/borders",
    ):
        for path in sorted((project.root / folder).rglob("*")):
            found.update(str(path).encode() + (path.read_bytes() if path.is_file() else b""))
    return found.hexdigest()


def test_every_route_of_ours_stands_in_a_table() -> None:
    named = {f"/hexapla/api/{name.split()[0]}" for name in OURS | EVERYWHERE}
    assert {route.path for route in ROUTES} == named | PAGES


@pytest.mark.parametrize("name", OURS)
def test_a_route_is_for_whom_the_role_in_its_language_allows_it(server: Server, project: Project, name: str) -> None:
    method, arguments, deed = OURS[name]
    for role in Role:
        rights = Rights(Role.READER, {"de": role})
        for language in ("fa", "de", "DE"):
            before = contents(project)
            fields = {"document": "interview.txt", "language": language} | arguments
            status, answer = server.ask(method, name, fields, rights)
            held = role if language != "fa" else Role.READER
            if deed is None or held.covers(LEAST[deed]):
                assert status != 403, answer
            else:
                assert (status, answer["code"], held in answer["error"]) == (403, "role", True)
                assert contents(project) == before


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_concerns_all_languages_needs_the_role_in_all(server: Server, name: str) -> None:
    method, arguments, deed = EVERYWHERE[name]
    assert deed is not None
    least = LEAST[deed]
    fields = {"document": "interview.txt", "language": "de"} | arguments
    for rights, allowed in (
        (Rights(least), True),
        (Rights(Role.READER, {"de": least}), False),
        (Rights(least, {"fa": Role.READER}), False),
        (Rights(Role.READER), False),
    ):
        assert (server.ask(method, name, fields, rights)[0] != 403) == allowed


def test_who_edits_one_language_takes_nothing_back_in_another(server: Server) -> None:
    fa = {"document": "interview.txt", "language": "fa"}
    row = server.ask("GET", "rows", fa, Rights(Role.READER))[1]["rows"][0]
    saving = fa | {
        "operations": [{"id": "one", "row": row["id"], "base": row["base"], "texts": ["سلام"], "state": "draft"}]
    }
    assert server.ask("POST", "save", saving, Rights(Role.REVIEWER))[1]["outcomes"][0]["result"] == "saved"
    asked = {"document": "interview.txt", "language": "de", "operation": "one", "id": "two"}
    status, answer = server.ask("POST", "undo", asked, Rights(Role.READER, {"de": Role.REVIEWER}))
    assert (status, "Persian" in answer["error"]) == (403, True)
    assert server.ask("GET", "rows", fa, Rights(Role.READER))[1]["rows"][0]["target"] == ["سلام"]


def test_who_mends_one_language_takes_no_border_of_the_source_back(server: Server, project: Project) -> None:
    place = {"document": "interview.txt", "language": "de"}
    before = load_version(project, "interview.txt", "en").texts()
    cut = place | {"id": "cut", "side": "source", "sentence": next(iter(before)), "offset": 1}
    assert server.ask("POST", "alignment/recut", cut, Rights(Role.REVIEWER))[0] == 200
    own = Rights(Role.READER, {"de": Role.REVIEWER})
    status, answer = server.ask("POST", "alignment/undo", place | {"id": "undo"}, own)
    assert (status, "all languages" in answer["error"]) == (403, True)
    assert server.ask("POST", "alignment/undo", place | {"id": "undo"}, Rights(Role.REVIEWER))[0] == 200
    assert len(load_version(project, "interview.txt", "en").texts()) == len(before)


def test_each_language_says_what_one_may_do_in_it(server: Server) -> None:
    languages = server.ask("GET", "project", {}, Rights(Role.READER, {"de": Role.TRANSLATOR}))[1]["languages"]
    by_tag = {language["tag"]: (language["role"], language["may"]) for language in languages}
    assert by_tag["de"] == ("translator", ["edit", "mend", "add"])
    assert by_tag["fa"] == ("reader", [])


# --- Streamlit's own addresses --------------------------------------------------------------------------------------

LOOK = {"GET": False, "OPTIONS": False}
AGENT = LOOK | {"POST": True, "PUT": True, "PATCH": True, "DELETE": True}
#: What Streamlit serves: of each method whether it brings something, which no reader may.
STREAMLIT: dict[str, dict[str, bool]] = {
    "/_stcore/health": LOOK,
    "/_stcore/metrics": LOOK,
    "/_stcore/host-config": {"GET": False},
    "/_stcore/stream": {},  # a WebSocket; the scripts behind it ask for roles
    "/_stcore/upload_file/{session_id}/{file_id}": {"PUT": True, "DELETE": True, "OPTIONS": False},
    "/media/{file_id:path}": LOOK,
    "/component/{path:path}": LOOK,
    "/_stcore/bidi-components/{path:path}": LOOK,
    "/auth/login": {"GET": False},
    "/auth/logout": {"GET": False},
    "/oauth2callback": {"GET": False},
    "/_stcore/agent/interact": AGENT,
    "/_stcore/agent/openapi.json": AGENT,
    "/_stcore/agent/mcp": AGENT,
    "": {},  # the files of the pages
}

LISTING = """
import json, pathlib, streamlit as st, ui
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
app = st.App(pathlib.Path(ui.__file__).with_name("main.py"))
routes = create_streamlit_routes(app._create_runtime())
print(json.dumps([[route.path, sorted(getattr(route, "methods", None) or ())] for route in routes]))
"""


def test_every_address_of_streamlit_stands_in_the_table() -> None:
    done = subprocess.run([sys.executable, "-c", LISTING], capture_output=True, text=True, timeout=60, check=True)
    found: dict[str, set[str]] = {}
    for path, methods in json.loads(done.stdout):
        found.setdefault(path, set()).update(set(methods) - {"HEAD"})
    assert found == {path: set(methods) for path, methods in STREAMLIT.items()}


def test_a_reader_brings_nothing_to_streamlit(url: str, project: Project) -> None:
    signer = project_signer(project.root)
    for role in Role:
        session = f"{cookie_name(signer.project)}={signer.sign(Kind.SESSION, 'Leyla', Role.READER, {'de': role})}"
        for path, methods in STREAMLIT.items():
            for method, brings in methods.items():
                status, text = ask(url, method, re.sub(r"{.*?}", "a", path), session)
                refused = status == 403 and text.startswith("Readers bring no files")
                assert refused == (brings and role is Role.READER), (role, method, path, status, text)


def ask(url: str, method: str, path: str, cookie: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None, {"Cookie": cookie})
    response = connection.getresponse()
    answer = response.status, response.read().decode("utf-8", "replace")
    connection.close()
    return answer


# --- what the pages show of it --------------------------------------------------------------------------------------


@pytest.fixture
def entered(browser: Browser, project: Project, plain_url: str) -> Iterator[Any]:
    """Opens a page as somebody with a role."""
    contexts = []

    def enter(role: Role, path: str) -> Any:
        context = browser.new_context(base_url=plain_url)
        contexts.append(context)
        ticket = issue_ticket(project.root, project_signer(project.root), "Leyla", role)
        assert context.request.get(f"{plain_url}/editor?ticket={ticket}").ok
        page = context.new_page()
        page.goto(path)
        return page

    yield enter
    for context in contexts:
        context.close()


EDITOR = "/editor?document=interview.txt&language=de"
ALIGNER = "/aligner?document=interview.txt&language=de"


@pytest.mark.browser
def test_a_reader_sees_why_nothing_can_be_typed(entered: Any) -> None:
    page = entered(Role.READER, EDITOR)
    expect(page.locator(".hexapla textarea").first).to_have_attribute("readonly", "")
    expect(page.locator(".status .saving")).to_have_text("In German you may look, as a reader.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".status .message")).to_contain_text("Not as a reader of German")
    expect(page.get_by_role("button", name="Replace…")).to_be_disabled()


@pytest.mark.browser
def test_a_translator_confirms_and_sees_why_there_is_no_approving(entered: Any) -> None:
    page = entered(Role.TRANSLATOR, EDITOR)
    approve = page.get_by_role("button", name="Approve", exact=True)
    expect(approve).to_be_disabled()
    expect(approve).to_have_attribute("title", "Not as a translator of German: Approve, and go to the next.")
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_enabled()
    page.keyboard.press("Alt+A")
    expect(page.locator(".status .message")).to_contain_text("Not as a translator of German")


@pytest.mark.browser
def test_a_translator_mends_beads_and_a_reader_only_looks(entered: Any) -> None:
    page = entered(Role.READER, ALIGNER)
    expect(page.locator(".status .saving")).to_have_text("In German you may look, as a reader.")
    page.keyboard.press("j")
    expect(page.locator(".status .message")).to_contain_text("Not as a reader of German")
    expect(page.get_by_role("button", name="Realign")).to_be_disabled()
    page = entered(Role.TRANSLATOR, ALIGNER)
    expect(page.get_by_role("button", name="Confirm above…")).to_be_disabled()
    expect(page.locator(".status .saving")).to_have_text("All changes saved")
    page.keyboard.press("j")
    expect(page.locator(".status .message")).to_contain_text("Merged.")
