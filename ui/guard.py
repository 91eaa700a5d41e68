"""The middleware before every page and route: who is asked for, who asks, how much, and what a page may load."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import quote, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.people import Deed
from workflow.session import Session

from .logins import Team, host_name
from .tickets import PARAMETER, redeem_ticket
from .tokens import LIFETIME, Claims, Denied, Kind, Signer

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
HEALTH = "/_stcore/health"
API = "/hexapla/api/"
EDITOR = "/editor"
ALIGNER = "/aligner"

#: A translation of 1 MiB fits, with its JSON escapes and its alternatives.
LARGEST_BODY = 8 * 2**20
# A browser shows an answer only once its request is read; past this much the connection is cut instead.
_PATIENCE = 8 * LARGEST_BODY

NO_HOST = "Open the address that `hexapla review` printed."
NO_ENTRY = "Run `hexapla review` in the project's folder: it prints a new address that lets you in."

_SHARED = (
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
# Streamlit needs inline styles and blobs. Its charts would need `eval`: we draw our own.
PAGE_POLICY = "; ".join((*_SHARED, "script-src 'self' blob:", "manifest-src 'self'", "worker-src 'self' blob:"))
PLAIN_POLICY = "; ".join((*_SHARED, "script-src 'self'"))
DATA_POLICY = "default-src 'none'"


def cookie_name(project: str) -> str:
    """Return the name of a project's cookie. Browsers share cookies between ports, so every project has its own."""
    return f"hexapla-{project}"


class Guard:
    """Lets in who has a session of this project or, of a ``team``, who has logged in; gives every answer its headers.

    Routes find in ``request.state`` the ``session`` with its open catalogs, the ``signer`` of its project, and the
    ``claims`` of who asks. Pages find a session in the cookie, whichever way somebody came in.
    """

    def __init__(self, app: ASGIApp, session: Session, signer: Signer, team: Team | None = None) -> None:
        self.app = app
        self.session = session
        self.signer = signer
        self.team = team
        self._names = (*NAMES, team.host) if team else NAMES
        self._public = {HEALTH, *(route.path for route in team.login.routes)} if team else {HEALTH}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on to the pages and routes."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        send = _with_headers(send, connection.scope["path"])
        refusal = self._refuse(connection)
        if refusal is None and _carries_json(scope):
            body = await _read(receive)
            if body is None:
                refusal = _refusal(connection, 413, "size", "This is more than 8 MiB at once; send less.")
            else:
                receive = _replay(body, receive)
        answer: ASGIApp = refusal or self.app
        await answer(scope, receive, send)

    def _refuse(self, connection: HTTPConnection) -> Response | None:
        """Return the answer to who may not pass; None for who may, whose claims its state then has."""
        foreign = self._foreign(connection)
        if foreign is not None or connection.scope["path"] in self._public:
            return foreign
        secret = connection.query_params.get(PARAMETER)
        if secret is not None and connection.scope.get("method") == "GET" and self.team is None:
            return self._redeem(connection, secret)
        try:
            claims = self._claims(connection) if self.team is None else self._logged_in(connection, self.team)
        except Denied as denied:
            return self._turned_away(connection, denied)
        if _brings(connection) and not claims.rights.may_somewhere(Deed.ADD):
            return _refusal(connection, 403, "role", "Readers bring no files; ask for the role of a translator.")
        connection.state.session = self.session
        connection.state.signer = self.signer
        connection.state.claims = claims
        return None

    def _foreign(self, connection: HTTPConnection) -> Response | None:
        """Return the answer to a request for another server or from a page of one; None for all others."""
        if host_name(connection.headers.get("host", "")) not in self._names:
            # A web page may point a name of its own at this machine (DNS rebinding).
            words = f"Open {self.team.url}; a proxy in front must pass the Host header on." if self.team else NO_HOST
            return _refusal(connection, 400, "host", words)
        origin = connection.headers.get("origin")
        if origin is not None and origin.partition("://")[2] != connection.headers["host"]:
            # To a browser, another port of this machine is the same site: SameSite does not keep it out.
            return _refusal(connection, 403, "origin", "This address is not for other web pages.")
        return None

    def _turned_away(self, connection: HTTPConnection, denied: Denied) -> Response:
        """Return the way in for who is not in."""
        if self.team is None:
            return _refusal(connection, denied.status, denied.code, NO_ENTRY)
        way = self.team.login.lead(connection) if denied.status == 401 and _is_page(connection) else None
        return way or _refusal(connection, denied.status, denied.code, str(denied))

    def _claims(self, connection: HTTPConnection) -> Claims:
        return self.signer.check(Kind.SESSION, connection.cookies.get(cookie_name(self.signer.project), ""))

    def _logged_in(self, connection: HTTPConnection, team: Team) -> Claims:
        """Return the claims of somebody of the team, and lend the request a session that says the same.

        Raises:
            Denied: 401, nobody has logged in; 403, the project does not know who did.
        """
        login = team.login.who(connection)
        person = team.people.person(login)
        if person is None:
            raise Denied(
                403,
                "stranger",
                f"{login} is not among the people of this project; who keeps it can add "
                f'[people."{login}"] to hexapla.toml and start the server again.',
            )
        name, rights = cookie_name(self.signer.project), person.rights
        session = self.signer.sign(Kind.SESSION, person.name, rights.role, rights.languages)
        connection.scope["headers"] = _with_cookie(connection.scope["headers"], name, session)
        return Claims(person.name, self.signer.project, rights)

    def _redeem(self, connection: HTTPConnection, secret: str) -> Response:
        """Give a session for a ticket and lead to the address without it."""
        query = [(name, value) for name, value in connection.query_params.multi_items() if name != PARAMETER]
        response = RedirectResponse(local_place(connection.scope["path"], urlencode(query)), 303)
        try:
            claims = redeem_ticket(self.session.project.root, self.signer, secret)
        except Denied as denied:
            with suppress(Denied):  # who is in already only came by an old address
                self._claims(connection)
                return response
            return _refusal(connection, denied.status, denied.code, f"{denied} {NO_ENTRY}")
        response.set_cookie(
            cookie_name(self.signer.project),
            self.signer.sign(Kind.SESSION, claims.user, claims.rights.role, claims.rights.languages),
            max_age=LIFETIME[Kind.SESSION],
            httponly=True,
            samesite="strict",
        )
        return response


def local_place(path: str, query: str = "") -> str:
    """Return the address of a page of this server; two slashes in front would lead to another host."""
    return "/" + quote(path.lstrip("/\\")) + ("?" + query if query else "")


def _with_cookie(headers: Iterable[tuple[bytes, bytes]], name: str, value: str) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request with this cookie, and with no other of its name."""
    others = [(key, text) for key, text in headers if key != b"cookie"]
    cookies = [cookie.strip() for key, text in headers if key == b"cookie" for cookie in text.split(b";")]
    kept = [cookie for cookie in cookies if cookie.partition(b"=")[0].strip() != name.encode()]
    return [*others, (b"cookie", b"; ".join([*kept, f"{name}={value}".encode()]))]


def _is_page(connection: HTTPConnection) -> bool:
    """Tell whether a browser is on the way to a page, rather than a script asking for something."""
    return connection.scope.get("method") == "GET" and "text/html" in connection.headers.get("accept", "")


def _refusal(connection: HTTPConnection, status: int, code: str, sentence: str) -> Response:
    if connection.scope["path"].startswith(API):
        return JSONResponse({"error": sentence, "code": code}, status)
    return PlainTextResponse(sentence, status)


def _brings(connection: HTTPConnection) -> bool:
    """Tell whether something is sent to Streamlit's own addresses: files. Our routes ask for roles by themselves."""
    path: str = connection.scope["path"]
    return connection.scope.get("method", "GET") not in ("GET", "HEAD", "OPTIONS") and not path.startswith(API)


def _carries_json(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["type"] == "http" and scope["method"] == "POST" and path.startswith(API)


async def _read(receive: Receive) -> bytes | None:
    """Read the body of a request; None where it is too large."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more and size <= _PATIENCE:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None  # a part is never taken for the whole; nobody reads the answer
        chunk = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(chunk)
        if size <= LARGEST_BODY:
            chunks.append(chunk)
    return b"".join(chunks) if size <= LARGEST_BODY else None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once more, then what follows it."""
    first: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def replayed() -> Message:
        for message in first:
            return message
        return await receive()

    return replayed


def _with_headers(send: Send, path: str) -> Send:
    policy = DATA_POLICY if path.startswith(API) else PLAIN_POLICY if path in (EDITOR, ALIGNER) else PAGE_POLICY

    async def send_with_headers(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = policy
            headers["x-content-type-options"] = "nosniff"
            if policy is not DATA_POLICY:
                headers["referrer-policy"] = "no-referrer"
        await send(message)

    return send_with_headers
