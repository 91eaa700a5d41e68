"""`hexapla review`: open the project in the browser, for one person or for a team."""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from workflow.project import Project

    from .logins import Login, Team

SECRET = "HEXAPLA_PROXY_SECRET"  # noqa: S105 - the name of the variable
CLIENT_SECRET = "HEXAPLA_OIDC_SECRET"  # noqa: S105 - the name of the variable
LEAST_SECRET = 16  # characters


def _checked(check: Callable[[str], object], what: str) -> Callable[..., object]:
    """Return a callback of click that refuses, with what is wanted, each value that ``check`` does not take."""

    def callback(_: click.Context, option: click.Parameter, value: object) -> object:
        for each in value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ():
            try:
                check(each)
            except ValueError:
                raise click.BadParameter(f"{each!r} is not {what}", param=option) from None
        return value

    return callback


def _origin(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or url != f"{parts.scheme}://{parts.netloc}":
        raise ValueError
    if parts.username is not None or parts.netloc != parts.netloc.lower():
        raise ValueError


def _issuer(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or not _is_private(url):
        raise ValueError


def _header(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9-]+", name):
        raise ValueError


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only print the address.")
@click.option("--user", metavar="NAME", help="Who reviews; by default whom git or the system names.")
@click.option(
    "--url",
    callback=_checked(_origin, "an address such as https://translate.example.org, in small letters, without a path"),
    help="Serve a team, whose browsers reach it at this address.",
)
@click.option(
    "--proxy-header",
    metavar="NAME",
    callback=_checked(_header, "the name of a header, such as X-Forwarded-User"),
    help="Team: in this header a proxy in front says who somebody is.",
)
@click.option(
    "--proxy-from",
    "networks",
    multiple=True,
    metavar="ADDRESS",
    default=("127.0.0.1", "::1"),
    show_default=True,
    callback=_checked(ip_network, "an IP address or network"),
    help="Team: where the proxy is; nobody else is believed.",
)
@click.option(
    "--oidc",
    "issuer",
    metavar="ISSUER",
    callback=_checked(_issuer, "the https address of an OpenID provider"),
    help="Team: people log in at this OpenID provider.",
)
@click.option("--oidc-client", "client", metavar="ID", help="Team: what the provider calls this server.")
@click.option(
    "--oidc-claim",
    "claim",
    default="email",
    show_default=True,
    help="Team: the claim by which hexapla.toml names people.",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    callback=_checked(ip_address, "an IP address"),
    help="Team: listen here instead of on 127.0.0.1.",
)
def review(
    port: int,
    browser: bool,
    user: str | None,
    url: str | None,
    proxy_header: str | None,
    networks: tuple[str, ...],
    issuer: str | None,
    client: str | None,
    claim: str,
    address: str | None,
) -> None:
    """Review source and target side by side in the browser.

    The pages are served to this machine alone (127.0.0.1), to whom the printed address lets in; it is good for one
    entry within ten minutes. Called again for the same project, it prints a new one. Ctrl+C ends the server.

    With --url they are served to a team: to those whom [people] in hexapla.toml names, with the role that each has in
    a language. They log in at a proxy in front, which says who they are in --proxy-header, and sends the content of
    the variable HEXAPLA_PROXY_SECRET in the header X-Hexapla-Proxy; or at an OpenID provider, --oidc, which leads back
    to URL/hexapla/login/callback (needs the extra oidc). The provider's client secret stands in HEXAPLA_OIDC_SECRET.
    """
    from workflow.people import default_name, one_word
    from workflow.project import open_project
    from workflow.session import recover

    project = open_project(Path.cwd())
    team = _team(project, url, proxy_header, networks, issuer, client, claim)
    if team is None and address:
        raise click.UsageError("--address is for a team; say with --url at which address, and how people log in")
    name = one_word(user) if user is not None else default_name(project.root)
    if not name:
        raise click.UsageError("--user needs a name with letters or digits")
    recover(project)  # the overview reads the files

    from .server import serve, serve_team

    with suppress(KeyboardInterrupt):  # Ctrl+C is how it ends
        if team is None:
            serve(project, port, name, open_browser=browser)
        else:
            serve_team(project, address or "127.0.0.1", port, team)


def _team(
    project: "Project",
    url: str | None,
    proxy_header: str | None,
    networks: Sequence[str],
    issuer: str | None,
    client: str | None,
    claim: str,
) -> "Team | None":
    """Return whom to serve by which login; None for one person.

    Raises:
        ProjectError: the project names nobody, or the extra is not installed.
    """
    if url is None and proxy_header is None and issuer is None:
        return None
    if url is None or (proxy_header is None) == (issuer is None):
        raise click.UsageError(
            "a team needs --url, its address, and either --proxy-header or --oidc, to know who somebody is"
        )
    from workflow.people import read_people

    from .logins import Team

    login = _proxy(proxy_header, networks) if proxy_header else _provider(project, url, issuer or "", client, claim)
    return Team(url, read_people(project), login)


def _proxy(header: str, networks: Sequence[str]) -> "Login":
    from .logins import SECRET_HEADER, Proxy

    secret = os.environ.get(SECRET, "")
    if len(secret) < LEAST_SECRET or not secret.isascii():
        raise click.UsageError(
            f"set {SECRET} to {LEAST_SECRET} characters or more, and let the proxy send it as {SECRET_HEADER}; "
            "without it whoever reaches the port could call himself anybody"
        )
    return Proxy(header, [ip_network(each) for each in networks], secret)


def _provider(project: "Project", url: str, issuer: str, client: str | None, claim: str) -> "Login":
    from workflow import ProjectError

    from .tokens import project_signer

    if not client:
        raise click.UsageError("--oidc needs --oidc-client: what the provider calls this server")
    if not _is_private(url):
        raise click.UsageError("--oidc needs a --url with https: who could listen could take over a login")
    try:
        from .oidc import OpenID
    except ImportError:
        raise ProjectError("Authlib is not installed; install Hexapla with its extra `oidc`") from None
    return OpenID(url, issuer, client, os.environ.get(CLIENT_SECRET, ""), claim, project_signer(project.root))


def _is_private(url: str) -> bool:
    """Tell whether nobody can listen on the way to an address: it is encrypted, or does not leave this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1")
