"""A project served by the real command, and a real Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ui.fallback import plain_app
from ui.tickets import issue_ticket
from ui.tokens import project_signer
from workflow.project import Project

expect.set_options(timeout=30_000)  # the machine may be busy; a page that is right is right a little later, too

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: the pages cannot be tested; run tests/install-programs as root")
        pytest.skip("NO CHROMIUM: THE PAGES ARE NOT TESTED; install it with your package manager")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def review(project: Project, port: int) -> Iterator[Callable[..., str]]:
    """Starts `hexapla review` in the project as a person would, and gives its address once it answers."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str, **environment: str) -> str:
        command = [sys.executable, "-m", "workflow.cli", "review", "--no-browser", "--port", str(port), *options]
        with (project.root.parent / "server.log").open("wb") as log:
            variables = os.environ | environment
            started.append(subprocess.Popen(command, cwd=project.root, stdout=log, stderr=log, env=variables))
        _wait(started[-1], f"http://127.0.0.1:{port}/_stcore/health")
        return f"http://127.0.0.1:{port}"

    yield start
    for server in started:
        server.terminate()
        server.wait(20)


@pytest.fixture
def url(review: Callable[..., str]) -> str:
    """The address of `hexapla review` for one person."""
    return review()


@pytest.fixture
def plain_url(project: Project) -> Iterator[str]:
    """The address of the routes and plain pages, without Streamlit: they start in no time."""
    running = uvicorn.Server(uvicorn.Config(plain_app(project), log_level="error", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        running.should_exit = True
        thread.join(30)


@pytest.fixture
def enter(project: Project, url: str) -> Callable[[str], str]:
    """Gives the address that lets a browser in, once, as the user named."""
    return lambda user: f"{url}/?ticket={issue_ticket(project.root, project_signer(project.root), user)}"


@pytest.fixture
def page(browser: Browser, url: str, enter: Callable[[str], str]) -> Iterator[Page]:
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    assert context.request.get(enter("Leyla")).ok
    yield context.new_page()
    context.close()


def _wait(server: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)
