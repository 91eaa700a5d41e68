"""The server of the pages: this machine only, no telemetry, nothing loaded from elsewhere."""

import errno
import os
import socket
import threading
import urllib.request
import webbrowser
from pathlib import Path

import click
import streamlit as st
from starlette.middleware import Middleware

from segments.documents import LARGEST
from workflow import ProjectError
from workflow.project import Project
from workflow.session import Session

from .fallback import ROUTES, closing
from .guard import ADDRESS, HEALTH, Guard
from .logins import Team
from .running import serving
from .speaking import Speaking
from .tickets import PARAMETER, issue_ticket
from .tokens import project_signer

PROJECT = "HEXAPLA_PROJECT"  # environment variable: the project that the pages show


def serve(project: Project, port: int, user: str, *, open_browser: bool) -> None:
    """Serve the pages of a project to one person until interrupted, or give an entry to the server that does already.

    Raises:
        ProjectError: the port is taken, the folder cannot be written, or another machine serves the project.
    """
    with serving(project.root, port) as running:
        if running is not None and running.url:
            click.echo(f"{project.name}: {running.url} (is being served to a team already; log in there)", err=True)
            return
        if running is None:
            _check_port(ADDRESS, port)
        signer = project_signer(project.root)
        ticket = issue_ticket(project.root, signer, user)
        address = f"http://{ADDRESS}:{running.port if running else port}"
        url = f"{address}/?{PARAMETER}={ticket}"
        note = "is being served already; this address lets you in, once" if running else "Ctrl+C ends it"
        click.echo(f"{project.name}: {url} ({note})", err=True)
        opening = threading.Thread(target=_open_when_ready, args=(address, url), daemon=True)
        if open_browser:
            opening.start()
        if running is None:
            _run(project, settings(port), None)
        elif open_browser:
            opening.join()


def serve_team(project: Project, address: str, port: int, team: Team) -> None:
    """Serve the pages of a project to a team until interrupted.

    Raises:
        ProjectError: the port is taken, the folder cannot be written, or the project is being served already.
    """
    with serving(project.root, port, team.url) as running:
        if running is not None:
            raise ProjectError(f"{project.root}: is being served already, by process {running.pid}; end it first")
        _check_port(address, port)
        click.echo(f"{project.name}: {team.url} (served at {address}, port {port}; Ctrl+C ends it)", err=True)
        _run(project, settings(port, address, team.host), team)


def _run(project: Project, options: dict[str, object], team: Team | None) -> None:
    os.environ[PROJECT] = str(project.root)
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # uvicorn would put the word of a proxy in the place of who really called
    session = Session(project)
    before = [Middleware(Speaking), Middleware(Guard, session=session, signer=project_signer(project.root), team=team)]
    routes = [*(team.login.routes if team else ()), *ROUTES]
    main = Path(__file__).with_name("main.py")
    st.App(main, lifespan=closing(session), routes=routes, middleware=before).run(config=options)


def settings(port: int, address: str = ADDRESS, host: str = ADDRESS) -> dict[str, object]:
    """Return Streamlit's options: where it listens, what browsers call it, no telemetry, no file is watched."""
    return {
        "server.address": address,
        "browser.serverAddress": host,
        "server.port": port,
        "server.headless": True,
        # What a file in the project's folder could set otherwise.
        "server.baseUrlPath": "",
        "server.enableStaticServing": False,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "global.developmentMode": False,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": LARGEST // 1_000_000,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
    }


def _check_port(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise ProjectError(f"{address}: is no address of this machine; choose another with --address") from None
            reason = "in use by another program" if error.errno == errno.EADDRINUSE else error.strerror
            raise ProjectError(f"port {port}: {reason}; choose another with --port") from None


def _open_when_ready(address: str, url: str) -> None:
    pause = threading.Event()
    for _ in range(300):
        try:
            with urllib.request.urlopen(address + HEALTH, timeout=1):  # noqa: S310 - our own address
                webbrowser.open(url)
                return
        except OSError:
            pause.wait(0.1)
