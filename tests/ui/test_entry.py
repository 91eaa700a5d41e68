"""Who may enter: tickets, sessions, tokens, the guard before every page and route, and one server a project."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ui.fallback import plain_app
from ui.guard import LARGEST_BODY, cookie_name
from ui.running import serving
from ui.tickets import issue_ticket, redeem_ticket
from ui.tokens import Denied, Kind, Signer, project_signer, route_claims
from workflow import ProjectError
from workflow.cli import main
from workflow.people import Role
from workflow.project import Project, open_project

WAY_IN = "hexapla review"
START = 1_800_000_000.0
Body = bytes | Iterable[bytes] | None


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.seconds = START

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """The plain application of a project on a port of this machine."""

    project: Project
    clock: Clock
    port: int

    @property
    def signer(self) -> Signer:
        return project_signer(self.project.root, self.clock)

    def cookie(self, kind: Kind = Kind.SESSION) -> dict[str, str]:
        return {"Cookie": f"{cookie_name(self.signer.project)}={self.signer.sign(kind, 'Leyla', Role.REVIEWER)}"}

    def ask(self, path: str, headers: dict[str, str] | None = None, body: Body = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        method = "GET" if body is None else "POST"
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return answer


async def who(request: Request) -> JSONResponse:
    try:
        claims = route_claims(request)
    except Denied as denied:
        return JSONResponse({"error": str(denied), "code": denied.code}, denied.status)
    return JSONResponse({"user": claims.user, "role": claims.rights.role, "bytes": len(await request.body())})


@contextmanager
def served(project: Project) -> Iterator[Server]:
    clock = Clock()
    app = plain_app(project, clock)
    app.router.routes.insert(0, Route("/hexapla/api/who", who, methods=["GET", "POST"]))
    settings = uvicorn.Config(app, log_level="error", ws="websockets-sansio")
    running = uvicorn.Server(settings)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Server(project, clock, listening.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join(30)


@pytest.fixture
def server(project: Project) -> Iterator[Server]:
    with served(project) as found:
        yield found


# --- the door -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/review",
        "/editor",
        "/hexapla/assets/page.js",
        "/hexapla/api/empty",
        "/_stcore/host-config",
        "/_stcore/health/",
        "/_stcore/health%3Fx",
        "/nowhere",
    ],
)
def test_without_a_session_everything_says_how_to_get_in(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status == 401
    assert WAY_IN in answer.body.decode()
    if "/api/" in path:
        assert json.loads(answer.body)["code"] == "invalid"


def test_without_a_session_only_the_health_of_the_server_is_told(server: Server) -> None:
    assert server.ask("/_stcore/health").status == 200


def test_without_a_session_no_websocket_opens(server: Server) -> None:
    handshake = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    answer = server.ask("/_stcore/stream", handshake)
    assert answer.status == 401
    assert WAY_IN in answer.body.decode()


def test_a_ticket_becomes_a_cookie_that_scripts_and_other_sites_do_not_see(server: Server) -> None:
    ticket = issue_ticket(server.project.root, server.signer, "Leyla")
    answer = server.ask(f"/editor?document=a%26b&ticket={ticket}&row=1")
    assert answer.status == 303
    assert answer.headers["location"] == "/editor?document=a%26b&row=1"
    value, *flags = answer.headers["set-cookie"].split("; ")
    assert value.startswith(f"{cookie_name(server.signer.project)}=")
    assert {flag.lower() for flag in flags} == {"httponly", "samesite=strict", "path=/", "max-age=2592000"}
    assert server.ask("/editor", {"Cookie": value}).status == 200


def test_a_ticket_lets_in_once(server: Server) -> None:
    ticket = issue_ticket(server.project.root, server.signer, "Leyla")
    first, second = (server.ask(f"/?ticket={ticket}") for _ in range(2))
    assert (first.status, second.status) == (303, 401)
    assert "set-cookie" not in second.headers
    assert WAY_IN in second.body.decode()


def test_of_many_who_show_one_ticket_at_once_one_enters(project: Project) -> None:
    signer = project_signer(project.root, Clock())
    ticket = issue_ticket(project.root, signer, "Leyla")

    def enter(_: int) -> bool:
        try:
            return redeem_ticket(project.root, signer, ticket).user == "Leyla"
        except Denied:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(enter, range(8))) == 1


def test_a_used_ticket_is_no_obstacle_for_who_is_in(server: Server) -> None:
    answer = server.ask("/?ticket=used", server.cookie())
    assert (answer.status, answer.headers["location"]) == (303, "/")


def test_a_ticket_expires_after_ten_minutes_and_is_swept_with_the_next(server: Server) -> None:
    root = server.project.root
    late = issue_ticket(root, server.signer, "Leyla")
    server.clock.seconds += 600
    issue_ticket(root, server.signer, "Leyla")
    assert len(list((root / ".hexapla" / "tickets").iterdir())) == 1
    answer = server.ask(f"/?ticket={late}")
    assert (answer.status, "set-cookie" in answer.headers) == (401, False)


def test_a_ticket_that_somebody_put_there_himself_lets_nobody_in(server: Server) -> None:
    ticket = issue_ticket(server.project.root, server.signer, "Leyla")
    (path,) = (server.project.root / ".hexapla" / "tickets").iterdir()
    path.write_text(Signer(bytes(32), server.signer.project, server.clock).sign(Kind.TICKET, "Eve", Role.REVIEWER))
    assert server.ask(f"/?ticket={ticket}").status == 401


def test_no_ticket_leads_to_another_host(server: Server) -> None:
    ticket = issue_ticket(server.project.root, server.signer, "Leyla")
    assert server.ask(f"//elsewhere.invalid/%0d%0a?ticket={ticket}").headers["location"].startswith("/elsewhere")


def test_the_project_keeps_no_secret_that_others_can_read(server: Server) -> None:
    ticket = issue_ticket(server.project.root, server.signer, "Leyla")
    state = server.project.root / ".hexapla"
    (kept,) = (state / "tickets").iterdir()
    assert ticket not in kept.name + kept.read_text()
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in (state / "key", kept)} == {0o600}


# --- tokens ---------------------------------------------------------------------------------------------------------

KEY = bytes(range(32))
SIGNER = Signer(KEY, "town", lambda: START)
GOOD = SIGNER.sign(Kind.ROUTE, "Leyla", Role.TRANSLATOR)

REFUSED = {
    "missing": ("", "invalid", "not issued here"),
    "garbage": ("garbage", "invalid", "not issued here"),
    "without a seal": (GOOD.partition(".")[0], "invalid", "not issued here"),
    "not ASCII": ("é" + GOOD, "invalid", "not issued here"),
    "a lone surrogate": ("\ud800", "invalid", "not issued here"),
    "a megabyte": ("a" * 2**20 + GOOD, "invalid", "not issued here"),
    "of another key": (
        Signer(bytes(32), "town", lambda: START).sign(Kind.ROUTE, "Eve", Role.REVIEWER),
        "invalid",
        "not issued here",
    ),
    "of another kind": (SIGNER.sign(Kind.SESSION, "Leyla", Role.REVIEWER), "invalid", "is a session token"),
    "of another project": (
        Signer(KEY, "village", lambda: START).sign(Kind.ROUTE, "Leyla", Role.REVIEWER),
        "invalid",
        "another project",
    ),
    "expired": (
        Signer(KEY, "town", lambda: START - 900).sign(Kind.ROUTE, "Leyla", Role.REVIEWER),
        "expired",
        "has expired",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_token_is_refused_that_is(name: str) -> None:
    token, code, words = REFUSED[name]
    with pytest.raises(Denied, match=words) as caught:
        SIGNER.check(Kind.ROUTE, token)
    assert (caught.value.status, caught.value.code) == (401, code)


@given(st.text(), st.sampled_from(Kind), st.sampled_from(Role))
def test_a_token_says_what_was_signed_and_only_as_its_kind(user: str, kind: Kind, role: Role) -> None:
    token = SIGNER.sign(kind, user, role)
    claims = SIGNER.check(kind, token)
    assert (claims.user, claims.project, claims.rights.role) == (user, "town", role)
    for other in set(Kind) - {kind}:
        with pytest.raises(Denied):
            SIGNER.check(other, token)


@given(st.integers(0, len(GOOD) - 1), st.characters())
def test_a_token_with_one_other_character_is_refused(place: int, character: str) -> None:
    forged = GOOD[:place] + character + GOOD[place + 1 :]
    if forged != GOOD:
        with pytest.raises(Denied):
            SIGNER.check(Kind.ROUTE, forged)


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]{0,200}\.[A-Za-z0-9_-]{43}", fullmatch=True))
def test_no_text_is_a_token_by_chance(text: str) -> None:
    with pytest.raises(Denied):
        SIGNER.check(Kind.ROUTE, text)


def test_a_route_takes_its_token_and_nothing_else(server: Server) -> None:
    token = server.signer.sign(Kind.ROUTE, "Leyla", Role.REVIEWER)
    other = server.signer.sign(Kind.ROUTE, "Leyla", Role.READER)  # of before the rights were changed
    for value, status in ((token, 200), (other, 401), (token[:-1], 401), ("é", 401), (server.cookie()["Cookie"], 401)):
        answer = server.ask("/hexapla/api/who", {**server.cookie(), "X-Hexapla-Token": value})
        assert answer.status == status
    assert server.ask("/hexapla/api/who", {"X-Hexapla-Token": token}).status == 401  # a token is no session


def test_an_expired_route_token_is_renewed_by_the_session(server: Server) -> None:
    cookie = server.cookie()
    token = server.signer.sign(Kind.ROUTE, "Leyla", Role.REVIEWER)
    server.clock.seconds += 900
    late = server.ask("/hexapla/api/who", {**cookie, "X-Hexapla-Token": token})
    assert (late.status, json.loads(late.body)["code"]) == (401, "expired")
    fresh = json.loads(server.ask("/hexapla/api/token", cookie, b"{}").body)["token"]
    answer = server.ask("/hexapla/api/who", {**cookie, "X-Hexapla-Token": fresh})
    assert json.loads(answer.body) == {"user": "Leyla", "role": "reviewer", "bytes": 0}


def test_an_expired_session_must_come_again(server: Server) -> None:
    cookie = server.cookie()
    server.clock.seconds += 30 * 86_400
    answer = server.ask("/hexapla/api/token", cookie, b"{}")
    assert (answer.status, json.loads(answer.body)["code"]) == (401, "expired")


@pytest.mark.parametrize("kind", [Kind.ROUTE, Kind.TICKET])
def test_no_other_token_stands_in_for_a_session(server: Server, kind: Kind) -> None:
    assert server.ask("/editor", server.cookie(kind)).status == 401


def test_a_copy_of_a_project_has_its_own_cookie_though_it_has_the_key(project: Project, tmp_path: Path) -> None:
    mine = project_signer(project.root, Clock())
    shutil.copytree(project.root, tmp_path / "copy")
    other = project_signer(tmp_path / "copy", Clock())
    assert other.key == mine.key
    assert cookie_name(other.project) != cookie_name(mine.project)
    with pytest.raises(Denied, match="another project"):
        other.check(Kind.SESSION, mine.sign(Kind.SESSION, "Leyla", Role.REVIEWER))


def test_a_session_outlives_the_server(project: Project) -> None:
    token = project_signer(project.root, Clock()).sign(Kind.SESSION, "Leyla", Role.REVIEWER)
    assert project_signer(project.root, Clock()).check(Kind.SESSION, token).user == "Leyla"


@pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")
def test_a_key_that_is_no_secret_is_replaced(project: Project, tmp_path: Path) -> None:
    path = project.root / ".hexapla" / "key"
    first = project_signer(project.root).key
    path.chmod(0o644)
    second = project_signer(project.root).key
    path.write_bytes(b"short")
    third = project_signer(project.root).key
    path.unlink()
    (tmp_path / "elsewhere").write_bytes(bytes(32))
    (tmp_path / "elsewhere").chmod(0o600)
    path.symlink_to(tmp_path / "elsewhere")
    fourth = project_signer(project.root).key
    assert len({first, second, third, fourth, bytes(32)}) == 5
    assert (tmp_path / "elsewhere").read_bytes() == bytes(32)
    assert not path.is_symlink()


# --- what the guard lets through ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost:1"}, 200),
        ({"Host": "elsewhere.invalid"}, 400),
        ({"Host": "127.0.0.1.elsewhere.invalid"}, 400),
        ({"Host": "127.0.0.1:1", "Origin": "http://127.0.0.1:1"}, 200),
        ({"Host": "127.0.0.1:1", "Origin": "http://127.0.0.1:2"}, 403),
        ({"Host": "127.0.0.1:1", "Origin": "https://elsewhere.invalid"}, 403),
        ({"Host": "127.0.0.1:1", "Origin": "null"}, 403),
        ({"Host": "127.0.0.1:1", "Origin": "http://["}, 403),
    ],
)
def test_a_foreign_name_or_page_is_refused(server: Server, headers: dict[str, str], status: int) -> None:
    answer = server.ask("/hexapla/api/empty", {**server.cookie(), **headers})
    assert answer.status == status
    assert (status == 200) == (json.loads(answer.body) == {})


def test_a_body_is_taken_up_to_eight_mebibytes(server: Server) -> None:
    token = server.signer.sign(Kind.ROUTE, "Leyla", Role.REVIEWER)
    headers = {**server.cookie(), "X-Hexapla-Token": token}
    for size, status in ((2**20, 200), (LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)):
        for body in (b"x" * size, iter([b"x" * (size - 10), b"x" * 10])):  # the second is sent in chunks
            answer = server.ask("/hexapla/api/who", headers, body)
            assert answer.status == status
            assert json.loads(answer.body).get("bytes", size) == size
    assert json.loads(answer.body)["code"] == "size"


def test_every_answer_forbids_what_it_does_not_need(server: Server) -> None:
    data = server.ask("/hexapla/api/empty", server.cookie()).headers
    page = server.ask("/editor", server.cookie()).headers
    other = server.ask("/", server.cookie()).headers
    assert data["content-security-policy"] == "default-src 'none'"
    assert "unsafe-eval" not in page["content-security-policy"]
    for policy in (page["content-security-policy"], other["content-security-policy"]):
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "http" not in policy
    assert {headers["x-content-type-options"] for headers in (data, page, other)} == {"nosniff"}


# --- assets and the plain page --------------------------------------------------------------------------------------


def test_assets_have_their_type_and_are_asked_for_anew_by_etag(server: Server) -> None:
    for name, kind in (("page.js", "text/javascript"), ("page.css", "text/css")):
        answer = server.ask(f"/hexapla/assets/{name}", server.cookie())
        assert answer.status == 200
        assert answer.headers["content-type"].split(";")[0] == kind
        assert answer.headers["cache-control"] == "no-cache"
        same = server.ask(f"/hexapla/assets/{name}", {**server.cookie(), "If-None-Match": answer.headers["etag"]})
        assert (same.status, same.body) == (304, b"")


@pytest.mark.parametrize(
    "path", ["../tokens.py", "%2e%2e/tokens.py", "..%2ftokens.py", "/etc/passwd", "%2fetc/passwd", "%00", "a" * 300, ""]
)
def test_no_path_leads_out_of_the_assets(server: Server, path: str) -> None:
    assert server.ask(f"/hexapla/assets/{path}", server.cookie()).status == 404


def test_the_plain_page_carries_a_route_token_and_the_name_of_the_project_as_text(project: Project) -> None:
    settings = project.root / "hexapla.toml"
    settings.write_text(settings.read_text("utf-8").replace('name = "', 'name = "<script>$token&', 1), "utf-8")
    with served(open_project(project.root)) as server:
        page = server.ask("/editor", server.cookie()).body.decode()
        assert "&lt;script&gt;$token&amp;" in page
        token = page.partition('data-token="')[2].partition('"')[0]
        assert server.signer.check(Kind.ROUTE, token).user == "Leyla"


def test_the_plain_application_does_not_load_streamlit() -> None:
    code = "import sys, ui.fallback; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


# --- one server a project -------------------------------------------------------------------------------------------


HOLD = (
    "import sys, pathlib; from ui.running import serving\n"
    "with serving(pathlib.Path(sys.argv[1]), 8501) as running:\n"
    "    print(running and running.port, flush=True); sys.stdin.read()"
)


@contextmanager
def another_server(root: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that serves the project, as far as its lock can tell, on port 8501."""
    command = [sys.executable, "-c", HOLD, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "None\n"
            yield process
        finally:
            process.kill()


def test_who_comes_second_is_told_where_the_first_serves(project: Project) -> None:
    with another_server(project.root) as first, serving(project.root, 8502) as running:
        assert running is not None
        assert (running.port, running.pid) == (8501, first.pid)


def test_a_server_that_was_killed_leaves_no_lock(project: Project) -> None:
    with another_server(project.root) as first:
        first.kill()
        first.wait()
        assert (project.root / ".hexapla" / "review.json").exists()
        with serving(project.root, 8502) as running:
            assert running is None
    assert not (project.root / ".hexapla" / "review.json").exists()


def test_what_a_killed_server_left_is_not_taken_for_where_the_next_one_serves(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.running.WAIT_SECONDS", 0.0)
    with another_server(project.root):
        note = project.root / ".hexapla" / "review.json"
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        note.write_text(json.dumps({**json.loads(note.read_text()), "pid": gone.pid}))
        with pytest.raises(ProjectError, match="does not say where"), serving(project.root, 8502):
            pass


def test_a_server_that_is_terminated_tidies_up(url: str, project: Project) -> None:
    note = project.root / ".hexapla" / "review.json"
    pid = json.loads(note.read_text())["pid"]
    os.kill(pid, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert not note.exists()


def test_a_server_on_another_machine_is_named(project: Project) -> None:
    with another_server(project.root):
        note = project.root / ".hexapla" / "review.json"
        note.write_text(json.dumps({**json.loads(note.read_text()), "machine": "desk-2"}))
        with pytest.raises(ProjectError, match="desk-2"), serving(project.root, 8502):
            pass


def review(project: Project, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "workflow.cli", "review", "--no-browser", *options]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_review_prints_a_new_entry_to_the_first(url: str, project: Project) -> None:
    done = review(project, "--user", "Rashad Əliyev")
    assert done.returncode == 0
    assert "is being served already" in done.stderr
    address = next(word for word in done.stderr.split() if word.startswith(f"{url}/?ticket="))
    connection = HTTPConnection("127.0.0.1", urlsplit(url).port or 0, timeout=30)
    connection.request("GET", address.removeprefix(url))
    cookie = (connection.getresponse().getheader("set-cookie") or "").partition(";")[0]
    signer = project_signer(project.root)
    claims = signer.check(Kind.SESSION, cookie.removeprefix(f"{cookie_name(signer.project)}="))
    assert (claims.user, claims.rights.role) == ("Rashad_Əliyev", Role.REVIEWER)
    connection.close()


def test_streamlit_serves_nobody_without_a_session(url: str) -> None:
    for path, status in (("/_stcore/health", 200), ("/", 401), ("/_stcore/stream", 401), ("/editor", 401)):
        connection = HTTPConnection("127.0.0.1", urlsplit(url).port or 0, timeout=30)
        connection.request("GET", path)
        assert connection.getresponse().status == status
        connection.close()


def test_only_the_loopback_address_answers(url: str) -> None:
    port = urlsplit(url).port
    assert port is not None
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_a_taken_port_is_said_in_one_sentence_and_leaves_no_lock(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = review(project, "--port", str(port))
    assert done.returncode == 3
    assert done.stderr.startswith(f"hexapla: port {port}: in use")
    assert not (project.root / ".hexapla" / "review.json").exists()


def test_a_user_without_a_visible_letter_is_wrong_use(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    done = CliRunner().invoke(main, ["review", "--user", " \u202e\t"])
    assert done.exit_code == 2
    assert "--user" in done.output
