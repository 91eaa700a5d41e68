"""A team that logs in at an OpenID provider: a small real one, on this machine, that can also misbehave."""

import base64
import hashlib
import json
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import uvicorn
from click.testing import CliRunner
from httpx2 import Client
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.fallback import plain_app
from ui.guard import cookie_name
from ui.logins import Team
from ui.oidc import OpenID
from ui.tickets import issue_ticket
from ui.tokens import Kind, project_signer
from workflow.cli import main
from workflow.people import Role, read_people
from workflow.project import Project, open_project

CLIENT, SECRET = "hexapla-town", "a secret of this test"
PEOPLE = """
[people."ann@example.org"]
name = "Ann"
languages.de = "reviewer"
[people.u-17]
role = "translator"
"""
Json = dict[str, Any]


@dataclass
class Provider:
    """An OpenID provider with one person logged in: discovery, authorization, token and key endpoints.

    It checks what a provider has to: the client, where it leads back to, the code (once) and its PKCE verifier.
    """

    port: int
    claims: Json = field(default_factory=lambda: {"sub": "u-17", "email": "ann@example.org", "email_verified": True})
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    host: str = "127.0.0.1"
    described: Json = field(default_factory=dict)
    refusal: str = ""
    redirect: str = ""
    sign: Callable[[Json], str] | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://{self.host}:{self.port}"

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.describe),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def describe(self, request: Request) -> Response:
        usual = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }
        return JSONResponse(usual | self.described)

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if (asked.get("client_id"), asked.get("redirect_uri")) != (CLIENT, self.redirect):
            return JSONResponse({"error": "unauthorized_client"}, 400)
        if self.refusal:
            answer = {"error": self.refusal, "error_description": "<b>no</b>", "state": asked["state"]}
            return RedirectResponse(f"{self.redirect}?{urlencode(answer)}", 303)
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        return RedirectResponse(f"{self.redirect}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def token(self, request: Request) -> Response:
        given = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.asked.pop(given.get("code", ""), None)
        who = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {who}":
            return JSONResponse({"error": "invalid_client"}, 401)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest())
        if asked is None or challenge.rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert given["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claims = {name: value for name, value in (usual | self.claims).items() if value is not None}
        signed = (self.sign or self.signed)(claims)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", **({"id_token": signed} if signed else {})})

    def signed(self, claims: Json) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    async def keys(self, request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict())


@contextmanager
def listening(make: Callable[[int], Starlette]) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        running = uvicorn.Server(uvicorn.Config(make(port), log_level="error", ws="none"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield port
        finally:
            running.should_exit = True
            thread.join(30)


@pytest.fixture
def provider() -> Iterator[Provider]:
    made: list[Provider] = []

    def make(port: int) -> Starlette:
        made.append(Provider(port))
        return made[0].app()

    with listening(make):
        yield made[0]


@pytest.fixture
def team(project: Project) -> Project:
    settings = project.root / "hexapla.toml"
    settings.write_text(settings.read_text("utf-8") + PEOPLE, "utf-8")
    return open_project(project.root)


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.seconds = time.time()

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def served(project: Project, provider: Provider, claim: str = "email", clock: Clock | None = None) -> Iterator[str]:
    clock = clock or Clock()

    def make(port: int) -> Starlette:
        url = f"http://127.0.0.1:{port}"
        provider.redirect = f"{url}/hexapla/login/callback"
        login = OpenID(url, provider.issuer, CLIENT, SECRET, claim, project_signer(project.root, clock))
        return plain_app(project, clock, Team(url, read_people(project), login))

    with listening(make) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def url(team: Project, provider: Provider) -> Iterator[str]:
    with served(team, provider) as found:
        yield found


@contextmanager
def visiting(url: str) -> Iterator[Client]:
    """A browser as far as cookies and redirects go."""
    with Client(base_url=url, follow_redirects=True, headers={"Accept": "text/html"}, trust_env=False) as client:
        yield client


@pytest.fixture
def visitor(url: str) -> Iterator[Client]:
    with visiting(url) as client:
        yield client


def user(project: Project, page: str) -> str:
    return project_signer(project.root).check(Kind.ROUTE, page.partition('data-token="')[2].partition('"')[0]).user


def test_who_logs_in_comes_to_the_page_that_was_asked_for(visitor: Client, team: Project) -> None:
    answer = visitor.get("/editor?document=a%26b&row=1")
    assert (answer.status_code, str(answer.url.raw_path, "ascii")) == (200, "/editor?document=a%26b&row=1")
    assert user(team, answer.text) == "Ann"


def test_no_script_sees_what_is_kept_of_a_login(visitor: Client) -> None:
    kept: dict[str, set[str]] = {}
    for each in visitor.get("/editor").history:
        for cookie in each.headers.get_list("set-cookie"):
            name, *flags = cookie.lower().split("; ")
            kept.setdefault(name.partition("=")[0].rpartition("-")[2], set(flags))
    assert kept["state"] >= {"path=/hexapla/login", "max-age=600", "httponly", "samesite=lax"}
    assert kept["login"] == {"path=/", "max-age=43200", "httponly", "samesite=lax"}


def test_a_script_is_told_and_not_led_away(visitor: Client) -> None:
    answer = visitor.get("/hexapla/api/empty", headers={"Accept": "*/*"})
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid")
    assert visitor.get("/_stcore/health").status_code == 200


def test_no_ticket_and_no_session_of_another_kind_lets_in(visitor: Client, team: Project) -> None:
    visitor.headers["Accept"] = "*/*"
    signer = project_signer(team.root)
    ticket = issue_ticket(team.root, signer, "Eve")
    session = signer.sign(Kind.SESSION, "ann@example.org", Role.REVIEWER)
    names = (cookie_name(signer.project), f"hexapla-{signer.project}-login")
    for path, cookies in ((f"/editor?ticket={ticket}", {}), *(("/editor", {name: session}) for name in names)):
        header = "; ".join(f"{name}={value}" for name, value in cookies.items())
        assert visitor.get(path, headers={"Cookie": header} if header else {}).status_code == 401


def test_who_logged_in_twelve_hours_ago_logs_in_again(team: Project, provider: Provider) -> None:
    clock = Clock()
    with served(team, provider, clock=clock) as url, visiting(url) as visitor:
        assert visitor.get("/editor").status_code == 200
        clock.seconds += 12 * 3600
        assert visitor.get("/hexapla/api/empty", headers={"Accept": "*/*"}).json()["code"] == "expired"
        assert visitor.get("/editor").status_code == 200
        assert visitor.get("/hexapla/api/empty").status_code == 200


def test_who_logs_out_is_out(visitor: Client) -> None:
    visitor.get("/editor")
    assert "logged out" in visitor.get("/hexapla/logout").text
    assert visitor.get("/hexapla/api/empty", headers={"Accept": "*/*"}).status_code == 401


def test_another_claim_can_say_who_somebody_is(team: Project, provider: Provider) -> None:
    provider.claims = {"sub": "u-17"}
    with served(team, provider, "sub") as url, visiting(url) as visitor:
        assert user(team, visitor.get("/editor").text) == "u-17"


def test_a_stranger_is_told_what_would_let_him_in(visitor: Client, provider: Provider) -> None:
    provider.claims["email"] = "eve@example.org"
    answer = visitor.get("/editor")
    assert answer.status_code == 403
    assert '[people."eve@example.org"]' in answer.text


def test_no_login_leads_to_another_host(visitor: Client, url: str) -> None:
    for place in (
        "//elsewhere.invalid/",
        "https://elsewhere.invalid/",
        "/\\elsewhere.invalid",
        "\\\\elsewhere.invalid",
    ):
        answer = visitor.get("/hexapla/login", params={"next": place})
        assert str(answer.url).startswith(f"{url}/")


def unsigned(claims: Json) -> str:
    head, body = (
        base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"none"}', json.dumps(claims).encode())
    )
    return f"{head.decode()}.{body.decode()}."


def with_another_key(claims: Json) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))


def with_a_shared_key(claims: Json) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT * 4))


#: What a provider, or somebody between, does wrong, and a word of what is said of it.
MISBEHAVIOUR: dict[str, tuple[Json, str]] = {
    "refuses": ({"refusal": "access_denied"}, "access_denied"),
    "is another one": ({"described": {"issuer": "http://elsewhere.invalid"}}, "calls itself"),
    "has no keys": ({"described": {"jwks_uri": None}}, "jwks_uri"),
    "has no token endpoint": ({"described": {"token_endpoint": "http://127.0.0.1:1/token"}}, "connection"),
    "gives no ID token": ({"sign": lambda claims: ""}, "says no `email`"),
    "gives nonsense": ({"sign": lambda claims: "a.b.c"}, "decode"),
    "does not sign": ({"sign": unsigned}, "'none' is not allowed"),
    "signs with another key": ({"sign": with_another_key}, "bad_signature"),
    "signs with what others know": ({"sign": with_a_shared_key}, "'HS256' is not allowed"),
    "answers another question": ({"claims": {"nonce": "other"}}, "'nonce'"),
    "answers no question": ({"claims": {"nonce": None}}, "'nonce'"),
    "speaks for another provider": ({"claims": {"iss": "http://elsewhere.invalid"}}, "'iss'"),
    "speaks to another server": ({"claims": {"aud": "other"}}, "'aud'"),
    "speaks to another server of ours": ({"claims": {"aud": "other", "azp": CLIENT}}, "'aud'"),
    "is late": ({"claims": {"exp": 1_000_000_000}}, "expired"),
    "says no name": ({"claims": {"email": None}}, "says no `email`"),
    "says a list of names": ({"claims": {"email": ["ann@example.org"]}}, "says no `email`"),
    "has not verified the address": ({"claims": {"email_verified": False}}, "not verified"),
    "does not say that it is verified": ({"claims": {"email_verified": None}}, "not verified"),
    "says so in a word": ({"claims": {"email_verified": "true"}}, "not verified"),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_nobody_comes_in_where_the_provider(visitor: Client, provider: Provider, name: str) -> None:
    wrong, word = MISBEHAVIOUR[name]
    for attribute, value in wrong.items():
        setattr(provider, attribute, provider.claims | value if attribute == "claims" else value)
    answer = visitor.get("/editor")
    assert answer.status_code == 401
    assert answer.text.startswith("You could not be logged in at http://127.0.0.1:")
    assert word in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert not any(cookie.name.endswith("-login") for cookie in visitor.cookies.jar)


def test_an_answer_to_a_login_that_somebody_else_began_is_refused(url: str, visitor: Client) -> None:
    with visiting(url) as other:
        other.follow_redirects = False
        to_provider = other.get("/hexapla/login").headers["location"]
        back = other.get(to_provider).headers["location"]
        assert visitor.get(back).status_code == 401
        assert other.get(back).status_code == 303
        assert other.get(back).status_code == 401  # once


def test_an_answer_without_a_question_is_refused(visitor: Client) -> None:
    for query in ("", "?code=x", "?code=x&state=y", "?error=x", "?state=%00"):
        assert visitor.get(f"/hexapla/login/callback{query}").status_code == 401


def test_a_provider_that_is_away_is_told_and_asked_again_later(team: Project) -> None:
    away = Provider(1)
    with served(team, away) as url, visiting(url) as visitor:
        assert "could not be logged in" in visitor.get("/editor").text


# --- the command ----------------------------------------------------------------------------------------------------

OIDC = ("--url", "https://translate.example.org", "--oidc", "https://login.example.org", "--oidc-client", CLIENT)
WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "two ways to log in": ((*OIDC, "--proxy-header", "X-User"), 2, "either --proxy-header or --oidc"),
    "no address of its own": (OIDC[2:], 2, "--url"),
    "no client": (OIDC[:4], 2, "--oidc-client"),
    "an address that can be listened to": (("--url", "http://translate.example.org", *OIDC[2:]), 2, "https"),
    "a provider that can be listened to": ((*OIDC[:2], "--oidc", "http://login.example.org"), 2, "the https address"),
    "nobody in the project": (OIDC, 2, "names nobody"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_team_is_not_served_with(project: Project, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    options, code, words = WRONG[name]
    monkeypatch.chdir(project.root)
    done = CliRunner().invoke(main, ["review", "--no-browser", *options])
    assert done.exit_code == code
    assert words in " ".join(done.output.split())


def test_a_missing_extra_is_named(team: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(team.root)
    monkeypatch.delitem(sys.modules, "ui.oidc")
    monkeypatch.setitem(sys.modules, "authlib.integrations.starlette_client", None)
    done = CliRunner().invoke(main, ["review", "--no-browser", *OIDC])
    assert done.exit_code == 3
    assert "extra `oidc`" in done.output


@pytest.fixture
def command(team: Project, provider: Provider, port: int, review: Callable[..., str]) -> str:
    """The address of `hexapla review` for a team, whose provider is another site to a browser."""
    provider.host = "localhost"
    url = f"http://127.0.0.1:{port}"
    provider.redirect = f"{url}/hexapla/login/callback"
    options = ("--url", url, "--oidc", provider.issuer, "--oidc-client", CLIENT)
    return review(*options, HEXAPLA_OIDC_SECRET=SECRET)


@pytest.mark.browser
def test_a_browser_logs_in_and_streamlit_knows_who_it_is(browser: Browser, command: str) -> None:
    context = browser.new_context(base_url=command)
    page = context.new_page()
    page.goto("/review?document=interview.txt&language=fa")
    expect(page.locator(".status .saving")).to_have_text("In Persian you may look, as a reader.")
    assert urlsplit(page.url).netloc == urlsplit(command).netloc
    page.goto("/review?document=interview.txt&language=de")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_enabled()
    context.close()
