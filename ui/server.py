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

from workflow import ProjectError
from workflow.project import Project
from workflow.session import Session

from .fallback import ROUTES, closing
from .guard import ADDRESS, HEALTH, Guard
from .running import serving
from .tickets import PARAMETER, issue_ticket
from .tokens import project_signer

LARGEST_UPLOAD = 64  # MiB; a larger text is added in the terminal
PROJECT = "HEXAPLA_PROJECT"  # environment variable: the project that the pages show


def serve(project: Project, port: int, user: str, *, open_browser: bool) -> None:
    """Serve the pages of a project until interrupted, or give an entry to the server that does so already.

    Raises:
        ProjectError: the port is taken, the folder cannot be written, or another machine serves the project.
    """
    with serving(project.root, port) as running:
        if running is None:
            _check_port(port)
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
            os.environ[PROJECT] = str(project.root)
            main = Path(__file__).with_name("main.py")
            session = Session(project)
            guard = Middleware(Guard, session=session, signer=signer)
            st.App(main, lifespan=closing(session), routes=ROUTES, middleware=[guard]).run(config=settings(port))
        elif open_browser:
            opening.join()


def settings(port: int) -> dict[str, object]:
    """Return Streamlit's options: loopback, no telemetry, and a file on the disk is not watched."""
    return {
        "server.address": ADDRESS,
        "browser.serverAddress": ADDRESS,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": LARGEST_UPLOAD,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
    }


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
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
