"""One-time tickets: what `hexapla review` puts into the address it opens, good for one entry."""

import re
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from workflow.folders import STATE
from workflow.people import Role
from workflow.store import unwritable

from .tokens import Claims, Denied, Kind, Signer, create_private

#: The query parameter that carries a ticket.
PARAMETER = "ticket"
_NAME = re.compile(r"[0-9a-f]{64}")


def issue_ticket(root: Path, signer: Signer, user: str, role: Role = Role.REVIEWER) -> str:
    """Return the secret of a new ticket; the project keeps its hash alone, and what it vouches for, signed.

    Raises:
        ProjectError: the folder cannot be written.
    """
    secret = token_urlsafe(32)
    path = _path(root, secret)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _sweep(path.parent, signer)
        create_private(path, signer.sign(Kind.TICKET, user, role).encode())
    except OSError as error:
        raise unwritable(path, error) from error
    return secret


def redeem_ticket(root: Path, signer: Signer, secret: str) -> Claims:
    """Return whom a ticket lets in; it is gone thereafter. Of two at once, one enters.

    Raises:
        Denied: 401, ``expired`` or ``invalid``: unknown, used already, or forged.
    """
    path = _path(root, secret)
    try:
        token = path.read_text("utf-8", "replace")
        path.unlink()
    except OSError:
        raise Denied(401, "invalid", "This ticket is not known here, or it was used already.") from None
    return signer.check(Kind.TICKET, token)


def _sweep(folder: Path, signer: Signer) -> None:
    """Remove the tickets that nobody used in time."""
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name):
            try:
                signer.check(Kind.TICKET, path.read_text("utf-8", "replace"))
            except (Denied, FileNotFoundError):  # FileNotFoundError: it was used this moment
                path.unlink(missing_ok=True)


def _path(root: Path, secret: str) -> Path:
    return root / STATE / "tickets" / sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
