"""What the review benchmark serves and looks at: made projects, servers that can be killed, a browser."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from locales import State, new_catalog, new_entry
from ui.tickets import issue_ticket
from ui.tokens import project_signer
from workflow.entries import write_bead
from workflow.project import Project, create_project
from workflow.store import save_files

DOCUMENT = "town.txt"
WORDS = {
    "en": "the library opens at nine in spring and readers stay late for a talk about rivers maps and old stones",
    "de": "die Bibliothek öffnet im Frühling um neun und wer liest bleibt lange bei Flüssen Karten und alten Steinen",
    "fa": "کتابخانه در بهار ساعت نه باز می‌شود و خواننده‌ها برای گفت‌وگو دربارهٔ رودها و نقشه‌ها تا دیر می‌مانند",
}
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip

# The real command; the arguments say how long a catalog file waits for a pause before it is written.
REVIEW = """
import sys
from workflow.session import Session
Session.__init__.__kwdefaults__.update(idle=float(sys.argv[2]), busy=float(sys.argv[3]))
from workflow.cli import main
main(["review", "--no-browser", "--user", "Leyla", "--port", sys.argv[1]])
"""
# The same routes without Streamlit, which start in no time.
PLAIN = """
import sys, uvicorn
from pathlib import Path
from ui.fallback import plain_app
from workflow.project import open_project
uvicorn.run(plain_app(open_project(Path.cwd())), port=int(sys.argv[1]), log_level="error", ws="none")
"""


def make_project(folder: Path, count: int, languages: Sequence[str] = ("de",), seed: int = 7) -> Project:
    """Make a project with one document of ``count`` sentences: a third untranslated, the rest drafts."""
    chance = random.Random(seed)

    def sentence(language: str, number: int) -> str:
        return f"{' '.join(chance.choices(WORDS[language].split(), k=chance.randint(4, 25)))} {number}."

    project = create_project(folder, "en", list(languages), "town")
    made = [new_entry(msgid=sentence("en", n), references=(f"{DOCUMENT}#u{n // 3}.{n % 3}",)) for n in range(count)]
    files = {project.document_path(DOCUMENT): b""}
    for language in languages:
        catalog = new_catalog(language, made)
        for number, entry in enumerate(catalog):
            if number % 3:
                write_bead(catalog, [entry], sentence(language, number), State.DRAFT, ("align", "0.87", "1:1"))
        files[project.catalog_path(DOCUMENT, language)] = catalog.to_bytes()
    save_files(files)
    return project


@dataclass
class Server:
    """A server in a process of its own, which can be killed and started again on the same port."""

    command: Sequence[str]
    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log, env=environment)
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    said = (self.folder / "server.log").read_text()
                    raise SystemExit(f"the server does not start:\n{said}") from None
                time.sleep(0.02)

    def kill(self) -> None:
        """End it at once, as the kernel would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Let it end by itself."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(60)

    def cpu(self) -> float:
        """Return the user and system time that it has taken so far, in seconds."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(folder: Path, *command: str) -> Iterator[Server]:
    """Run ``python COMMAND`` in a folder; PORT in it stands for a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Server([sys.executable, *(str(port) if word == "PORT" else word for word in command)], folder, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def reviewing(project: Project, idle: float = 2.0, busy: float = 15.0) -> AbstractContextManager[Server]:
    """Serve a project by `hexapla review`; see `workflow.session.Session` for the seconds."""
    return serving(project.root, "-c", REVIEW, "PORT", str(idle), str(busy))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the system's Chromium."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise SystemExit("no Chromium: install it with your package manager")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def entered(
    browser: Browser,
    project: Project,
    server: Server,
    user: str = "Leyla",
    scheme: Literal["light", "dark"] = "light",
    locale: str = "en",
) -> Iterator[Page]:
    """Open a page of a new browser profile that has entered the project."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, locale=locale)
    context.request.get(f"{server.url}/?ticket={issue_ticket(project.root, project_signer(project.root), user)}")
    page = context.new_page()
    yield page
    context.close()
