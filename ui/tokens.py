"""Who may enter, as signed tokens: a ticket for the door, a session for the browser, a short one for each route."""

import hmac
import json
import os
import secrets
import stat
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from starlette.requests import HTTPConnection

from locales.facts import text_digest
from workflow.folders import STATE
from workflow.people import Rights, Role
from workflow.store import unwritable

HEADER = "X-Hexapla-Token"
KEY_BYTES = 32


class Kind(StrEnum):
    """What a token is for; none stands in for another."""

    TICKET = "ticket"
    SESSION = "session"
    LOGIN = "login"
    ROUTE = "route"


#: How long a token of each kind holds, in seconds. A page asks for a new route token by its session.
LIFETIME = {Kind.TICKET: 600, Kind.SESSION: 30 * 86_400, Kind.LOGIN: 12 * 3_600, Kind.ROUTE: 900}


class Denied(Exception):  # noqa: N818 - an answer to the browser, not a fault
    """Entry is refused: the HTTP ``status``, a ``code`` for programs, and one sentence for people."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token vouches for: who, in which project (a digest of its place), and with which rights."""

    user: str
    project: str
    rights: Rights


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and checks the tokens of one project; ``now`` gives seconds since the epoch.

    A token is its JSON statement and the HMAC-SHA256 (RFC 2104) of it, both in base64url without padding, joined by
    a dot.

    >>> signer = Signer(bytes(32), "town", lambda: 1_000.0)
    >>> claims = signer.check(Kind.ROUTE, signer.sign(Kind.ROUTE, "Leyla", Role.READER, {"de": Role.REVIEWER}))
    >>> claims.user, claims.rights.role_in("de"), claims.rights.role_in("fa")
    ('Leyla', <Role.REVIEWER: 'reviewer'>, <Role.READER: 'reader'>)
    """

    key: bytes
    project: str
    now: Callable[[], float]

    def sign(self, kind: Kind, user: str, role: Role, languages: Mapping[str, Role] = MappingProxyType({})) -> str:
        """Return a token that holds for the lifetime of its kind; ``languages`` have a role of their own."""
        statement = [kind, self.project, user, role, dict(languages), int(self.now()) + LIFETIME[kind]]
        body = _encode(json.dumps(statement, separators=(",", ":")).encode())
        return f"{body}.{self._seal(body)}"

    def check(self, kind: Kind, token: str) -> Claims:
        """Return what a token says, whatever it is given.

        Raises:
            Denied: 401, ``expired`` or ``invalid``: forged or damaged, of another kind or another project.
        """
        body, _, seal = token.partition(".") if token.isascii() else ("", "", "")
        if not hmac.compare_digest(seal.encode(), self._seal(body).encode()):
            raise Denied(401, "invalid", f"This {kind} token was not issued here, or it is damaged.")
        try:
            stated, project, user, role, languages, expires = json.loads(_decode(body))
            rights = Rights(Role(role), {tag: Role(name) for tag, name in languages.items()})
            claims = Claims(user, project, rights)
        except ValueError:  # an older Hexapla signed it with the same key
            raise Denied(401, "invalid", f"This {kind} token is of another version.") from None
        if stated != kind:
            raise Denied(401, "invalid", f"This is a {stated} token, not a {kind} token.")
        if project != self.project:
            raise Denied(401, "invalid", f"This {kind} token is for another project.")
        if expires <= self.now():
            raise Denied(401, "expired", f"This {kind} token has expired.")
        return claims

    def _seal(self, body: str) -> str:
        return _encode(hmac.digest(self.key, body.encode(), "sha256"))


def project_signer(root: Path, now: Callable[[], float] = time.time) -> Signer:
    """Return the signer of the project that lies in ``root``.

    Raises:
        ProjectError: it has no key yet, and its folder cannot be written.
    """
    return Signer(_open_key(root), _project_id(root), now)


def create_private(path: Path, data: bytes) -> None:
    """Make a file that only its owner may read; raises FileExistsError where there is one already."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def route_claims(request: HTTPConnection) -> Claims:
    """Return who calls a route, by the token in its header.

    Raises:
        Denied: 401, ``expired`` or ``invalid``; the page asks for a new token and calls again.
    """
    signer: Signer = request.state.signer
    try:
        claims = signer.check(Kind.ROUTE, request.headers.get(HEADER, ""))
        if claims != request.state.claims:
            raise Denied(401, "invalid", "Somebody else has come in from this browser since, or with other rights.")
    except Denied as denied:
        raise Denied(denied.status, denied.code, f"{denied} Load the page anew.") from None
    return claims


def route_token(request: HTTPConnection) -> str:
    """Return a fresh route token for whom the guard has let in by the cookie."""
    signer: Signer = request.state.signer
    claims: Claims = request.state.claims
    return signer.sign(Kind.ROUTE, claims.user, claims.rights.role, claims.rights.languages)


def _project_id(root: Path) -> str:
    """Return what stands for a project in tokens and in the name of its cookie: a digest of where it lies."""
    return text_digest([str(root.resolve())])


def _open_key(root: Path) -> bytes:
    """Return the key of a project, made at first use; tokens outlive the server by it, as unsaved edits must.

    A key that others may read, or that belongs to somebody else, is no secret: it came with a copied folder. It is
    replaced, which ends all sessions.

    Raises:
        ProjectError: the folder cannot be written.
    """
    path = root / STATE / "key"
    try:
        path.parent.mkdir(exist_ok=True)
        if _is_private(path):
            key = path.read_bytes()
            if len(key) == KEY_BYTES:
                return key
        path.unlink(missing_ok=True)
        key = secrets.token_bytes(KEY_BYTES)
        create_private(path, key)
    except OSError as error:
        raise unwritable(path, error) from error
    return key


def _is_private(path: Path) -> bool:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode):
        return False
    # Windows has neither owner nor mode bits here: the folder's own permissions hold.
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077)


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
