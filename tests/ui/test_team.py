"""A team behind a proxy: who is believed, who is refused, and as whom people work."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from ipaddress import ip_network

import pytest
import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from ui.fallback import plain_app
from ui.guard import cookie_name
from ui.logins import Proxy, Team
from ui.tickets import issue_ticket
from ui.tokens import Kind, project_signer
from workflow.cli import main
from workflow.people import Role, read_people
from workflow.project import Project, open_project

SECRET = "a secret of this test"
URL = "https://translate.example.org"
PEOPLE = """
[people."ann@example.org"]
name = "Ann"
languages.de = "reviewer"
[people."Ömer Aydın"]
role = "translator"
"""


@pytest.fixture
def team(project: Project) -> Project:
    settings = project.root / "hexapla.toml"
    settings.write_text(settings.read_text("utf-8") + PEOPLE, "utf-8")
    return open_project(project.root)


@dataclass
class Server:
    project: Project
    port: int

    def ask(self, path: str, *headers: tuple[str, str], **usual: str) -> tuple[int, str]:
        """Ask as the proxy does for Ann, but for what is said otherwise; a header of "" is not sent."""
        sent = {
            "Host": "translate.example.org",
            "X-Forwarded-User": "ann@example.org",
            "X-Hexapla-Proxy": SECRET,
        } | {name.replace("_", "-"): value for name, value in usual.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest("GET", path, skip_host=True)
        for name, value in [*sent.items(), *headers]:
            if value:
                connection.putheader(name, value.encode())
        connection.endheaders()
        response = connection.getresponse()
        answer = response.status, response.read().decode()
        connection.close()
        return answer

    def who(self, **usual: str) -> str:
        """The name that journals have for whom the proxy names."""
        status, text = self.ask("/editor", **usual)
        assert status == 200, text
        token = text.partition('data-token="')[2].partition('"')[0]
        return project_signer(self.project.root).check(Kind.ROUTE, token).user


@contextmanager
def served(project: Project, networks: tuple[str, ...] = ("127.0.0.1",), url: str = URL) -> Iterator[Server]:
    login = Proxy("X-Forwarded-User", [ip_network(each) for each in networks], SECRET)
    app = plain_app(project, team=Team(url, read_people(project), login))
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", proxy_headers=False))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Server(project, listening.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join(30)


@pytest.fixture
def server(team: Project) -> Iterator[Server]:
    with served(team) as found:
        yield found


def test_people_are_who_the_proxy_says(server: Server) -> None:
    assert server.who() == "Ann"
    assert server.who(X_Forwarded_User="Ömer Aydın").startswith("Ömer_Aydın~")


REFUSED: dict[str, tuple[dict[str, str], int, str]] = {
    "no secret": ({"X_Hexapla_Proxy": ""}, 403, "its proxy alone"),
    "another secret": ({"X_Hexapla_Proxy": SECRET + "!"}, 403, "its proxy alone"),
    "a secret that is not ASCII": ({"X_Hexapla_Proxy": "é" * 16}, 403, "its proxy alone"),
    "nobody": ({"X_Forwarded_User": ""}, 401, "X-Forwarded-User"),
    "a blank name": ({"X_Forwarded_User": "  "}, 401, "X-Forwarded-User"),
    "a stranger": ({"X_Forwarded_User": "eve@example.org"}, 403, '[people."eve@example.org"]'),
    "the same in capitals": ({"X_Forwarded_User": "ANN@example.org"}, 403, "not among the people"),
    "another host": ({"Host": "elsewhere.invalid"}, 400, "pass the Host header on"),
    "another page": ({"Origin": "https://elsewhere.invalid"}, 403, "other web pages"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("path", ["/editor", "/hexapla/api/empty", "/hexapla/assets/page.js"])
def test_a_request_is_refused_with(server: Server, path: str, name: str) -> None:
    headers, status, words = REFUSED[name]
    found, text = server.ask(path, **headers)
    if "/api/" in path:
        text = json.loads(text)["error"]
    assert found == status
    assert words in text


@pytest.mark.parametrize(
    ("url", "host", "status"),
    [
        ("http://[::1]:8501", "[::1]:8501", 200),
        ("http://[::1]:8501", "[::1]", 200),
        ("http://[::1]", "[::1]:8501", 200),
        ("https://[2001:db8:0::7]", "[2001:db8::7]", 200),
        ("https://[2001:db8::7]", "[2001:db8::8]", 400),
        ("https://[2001:db8::7]", "2001:db8::7", 400),
        ("https://[2001:db8::7]", "[2001:db8::7]@elsewhere.invalid", 400),
        ("https://example.org:8501", "EXAMPLE.org:8501", 200),
        ("https://example.org:8501", "example.org", 200),
        ("https://example.org", "example.org:8501", 200),
        ("https://example.org", "elsewhere.invalid:example.org", 400),
        ("https://example.org", "[", 400),
        ("https://example.org", "", 400),
    ],
)
def test_the_host_of_the_address_is_asked_for(team: Project, url: str, host: str, status: int) -> None:
    with served(team, url=url) as server:
        assert server.ask("/editor", Host=host)[0] == status


def test_a_page_at_an_ipv6_address_may_call_its_routes(team: Project) -> None:
    with served(team, url="http://[::1]:8501") as server:
        own, other = ({"Host": "[::1]:8501", "Origin": f"http://[::1]:{port}"} for port in (8501, 8502))
        assert server.ask("/hexapla/api/empty", **own)[0] == 200
        assert server.ask("/hexapla/api/empty", **other)[0] == 403


def test_a_name_that_somebody_sent_besides_the_proxys_is_refused(server: Server) -> None:
    assert server.ask("/editor", ("X-Forwarded-User", "eve"))[0] == 401
    assert server.ask("/editor", ("X-Hexapla-Proxy", "guess"))[0] == 403


def test_a_name_that_is_no_utf8_is_refused(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
        lines = [b"GET /editor HTTP/1.1", b"Host: localhost", b"X-Hexapla-Proxy: " + SECRET.encode()]
        raw.sendall(b"\r\n".join([*lines, b"X-Forwarded-User: \xff", b"Connection: close", b"", b""]))
        assert raw.recv(100).startswith(b"HTTP/1.1 401")


def test_only_the_proxys_address_is_believed(team: Project) -> None:
    with served(team, ("192.0.2.0/24", "::1")) as server:
        assert server.ask("/editor")[0] == 403
        assert server.ask("/_stcore/health")[0] == 200


def test_no_ticket_and_no_old_session_lets_in_beside_the_proxy(server: Server) -> None:
    signer = project_signer(server.project.root)
    ticket = issue_ticket(server.project.root, signer, "Eve")
    cookie = f"{cookie_name(signer.project)}={signer.sign(Kind.SESSION, 'Eve', Role.REVIEWER)}"
    assert server.ask(f"/editor?ticket={ticket}", X_Forwarded_User="")[0] == 401
    assert server.ask("/editor", X_Forwarded_User="", Cookie=cookie)[0] == 401
    assert server.who(Cookie=cookie) == "Ann"


def test_a_page_of_one_person_does_nothing_for_the_next(server: Server) -> None:
    signer = project_signer(server.project.root)
    token = signer.sign(Kind.ROUTE, "Ömer", Role.REVIEWER)
    status, text = server.ask("/hexapla/api/project", X_Hexapla_Token=token)
    assert (status, json.loads(text)["code"]) == (401, "invalid")


def test_each_has_the_role_of_the_settings(server: Server) -> None:
    signer = project_signer(server.project.root)
    token = signer.check(Kind.ROUTE, server.ask("/editor")[1].partition('data-token="')[2].partition('"')[0])
    assert (token.rights.role_in("de"), token.rights.role_in("fa")) == (Role.REVIEWER, Role.READER)


# --- the command ----------------------------------------------------------------------------------------------------

PROXY = ("--url", URL, "--proxy-header", "X-Forwarded-User")
WRONG: dict[str, tuple[tuple[str, ...], str, int, str]] = {
    "no address": (PROXY[2:], SECRET, 2, "--url"),
    "no way to log in": (PROXY[:2], SECRET, 2, "--proxy-header"),
    "no secret": (PROXY, "", 2, "HEXAPLA_PROXY_SECRET"),
    "a short secret": (PROXY, "hexapla", 2, "HEXAPLA_PROXY_SECRET"),
    "an open server": (("--address", "0.0.0.0"), SECRET, 2, "--address is for a team"),
    "an address that is none": ((*PROXY, "--address", "here"), SECRET, 2, "not an IP address"),
    "a proxy that is nowhere": ((*PROXY, "--proxy-from", "there"), SECRET, 2, "not an IP address or network"),
    "a header that is none": (("--url", URL, "--proxy-header", "X User"), SECRET, 2, "the name of a header"),
    "a path": (("--url", URL + "/town", *PROXY[2:]), SECRET, 2, "without a path"),
    "capital letters": (("--url", "https://Translate.example.org", *PROXY[2:]), SECRET, 2, "small letters"),
    "another scheme": (("--url", "ftp://translate.example.org", *PROXY[2:]), SECRET, 2, "an address such as"),
    "nobody in the project": (PROXY, SECRET, 2, "names nobody"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_team_is_not_served_with(project: Project, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    options, secret, code, words = WRONG[name]
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("HEXAPLA_PROXY_SECRET", secret)
    done = CliRunner().invoke(main, ["review", "--no-browser", *options])
    assert done.exit_code == code
    assert words in " ".join(done.output.split())


@pytest.fixture
def command(team: Project, port: int, review: Callable[..., str]) -> Server:
    """`hexapla review` for a team, with nothing but the program between."""
    review(*PROXY, HEXAPLA_PROXY_SECRET=SECRET)
    return Server(team, port)


def test_the_real_server_believes_its_peer_and_no_forwarded_address(command: Server) -> None:
    assert command.ask("/", X_Forwarded_For="203.0.113.5")[0] == 200
    assert command.ask("/", X_Forwarded_For="127.0.0.1", X_Hexapla_Proxy="")[0] == 403
    assert command.ask("/_stcore/host-config", X_Forwarded_User="")[0] == 401


def test_a_second_review_says_where_the_team_is_served(command: Server) -> None:
    again = [sys.executable, "-m", "workflow.cli", "review", "--no-browser"]
    done = subprocess.run(again, cwd=command.project.root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert f"{URL} (is being served to a team" in done.stderr
    assert "ticket" not in done.stderr


@pytest.mark.browser
def test_a_page_of_streamlit_knows_who_came_through_the_proxy(browser: Browser, command: Server) -> None:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{command.port}",
        extra_http_headers={"X-Forwarded-User": "ann@example.org", "X-Hexapla-Proxy": SECRET},
    )
    page = context.new_page()
    page.goto("/review?document=interview.txt&language=fa")
    expect(page.locator(".status .saving")).to_have_text("In Persian you may look, as a reader.")
    assert not context.cookies() or all("hexapla" not in cookie["name"] for cookie in context.cookies())
    context.close()
