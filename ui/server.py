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
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow import ProjectError

PROJECT = "HEXAPLA_PROJECT"  # environment variable: the project that the pages show
ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")

# Streamlit needs inline styles; its charts compile their expressions with `eval`.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """Middleware that answers to this machine's own names alone, and lets a page load only what this server sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a foreign name (a web page may point its own name here, DNS rebinding); add the headers."""
        if scope["type"] in ("http", "websocket") and Headers(scope=scope).get("host", "").split(":")[0] not in NAMES:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await PlainTextResponse("Open the address that `hexapla review` printed.", 400)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def serve(root: Path, port: int, *, open_browser: bool) -> None:
    """Serve the pages of a project until interrupted.

    Raises:
        ProjectError: the port is taken.
    """
    _check_port(port)
    os.environ[PROJECT] = str(root)
    url = f"http://{ADDRESS}:{port}"
    click.echo(f"{root.name}: {url} (Ctrl+C ends it)", err=True)
    if open_browser:
        threading.Thread(target=_open_when_ready, args=(url,), daemon=True).start()
    app = st.App(Path(__file__).with_name("main.py"), middleware=[Middleware(Guard)])
    app.run(
        config={
            "server.address": ADDRESS,
            "browser.serverAddress": ADDRESS,
            "server.port": port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": False,
            "client.toolbarMode": "minimal",
            "logger.level": "warning",
            "logger.hideWelcomeMessage": True,
        }
    )


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            reason = "in use by another program" if error.errno == errno.EADDRINUSE else error.strerror
            raise ProjectError(f"port {port}: {reason}; choose another with --port") from None


def _open_when_ready(url: str) -> None:
    pause = threading.Event()
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):  # noqa: S310 - our own address
                webbrowser.open(url)
                return
        except OSError:
            pause.wait(0.1)
