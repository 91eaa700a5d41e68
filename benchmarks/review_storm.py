"""Whether work is lost: many clients at once, random operations, and a server that is killed again and again.

Every operation that is acknowledged as saved leads a row from one base to another. In a row, each base that was reached
must be left by exactly one acknowledged operation, but the one that stands there in the end: a base that nobody left is
lost work, and one that two left is a conflict that was hidden from the second.
"""

import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page
from serving import DOCUMENT, PLAIN, Server, entered, make_project, serving

from ui.guard import cookie_name
from ui.tokens import Kind, project_signer
from workflow.journal import journal_path, read_journal
from workflow.open_catalog import OpenCatalog
from workflow.people import Role
from workflow.project import Project

CLIENTS = 5
KILLS = 20
ROWS = 60  # few, so that clients meet
TYPED = 30  # confirms of each browser
DE = {"document": DOCUMENT, "language": "de"}
Json = dict[str, Any]


@dataclass
class Client:
    """Somebody with an outbox: an operation is sent again until it is answered."""

    project: Project
    server: Server
    name: str
    count: int
    moves: list[tuple[str, str, str]] = field(default_factory=list)  # row, base before, base after
    conflicts: int = 0
    answered: int = 0

    def run(self) -> None:
        """Send random operations: on rows as they were seen a while ago, sometimes twice, sometimes an undo."""
        chance = random.Random(self.name)
        seen: dict[str, str] = {}  # the base of each row
        undoable: list[tuple[str, str, str]] = []  # operation, row, the base that it made
        for number in range(self.count):
            name = f"{self.name}-{number}"
            if number % 5 == 0:
                seen = {row["id"]: row["base"] for row in self.ask("GET", "rows", **DE, count=ROWS)["rows"]}
            if taking_back := bool(undoable) and chance.random() < 0.15:
                target, row, base = undoable.pop()
                answer = self.ask("POST", "undo", **DE, operation=target, id=name)
            else:
                row, base = chance.choice(list(seen.items()))
                state = chance.choice(["draft", "translated"])
                operation = {"id": name, "row": row, "base": base, "texts": [f"Satz {name}."], "state": state}
                answer = self.ask("POST", "save", **DE, operations=[operation] * chance.choice([1, 1, 1, 2]))
            outcome = answer["outcomes"][0]
            self.answered += 1
            if outcome["result"] != "saved":
                self.conflicts += 1
                continue
            seen[row] = outcome["base"]
            self.moves.append((row, base, seen[row]))
            if not taking_back:
                undoable.append((name, row, seen[row]))

    def ask(self, method: str, name: str, **arguments: object) -> Json:
        """Ask until there is an answer."""
        signer = project_signer(self.project.root)
        headers = {
            "Cookie": f"{cookie_name(signer.project)}={signer.sign(Kind.SESSION, self.name, Role.REVIEWER)}",
            "X-Hexapla-Token": signer.sign(Kind.ROUTE, self.name, Role.REVIEWER),
            "Content-Type": "application/json",
        }
        path = f"/hexapla/api/{name}" + (f"?{urlencode(arguments)}" if method == "GET" else "")
        body = json.dumps(arguments) if method == "POST" else None
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                answer: Json = json.loads(response.read())
                connection.close()
            except (OSError, HTTPException, ValueError):
                time.sleep(0.05)  # it was killed
                continue
            if response.status != 200:
                raise SystemExit(f"{name}: {response.status} {answer}")
            return answer


def lost(folder: Path, operations: int) -> dict[str, object]:
    """Let five clients work on one catalog while the server is killed twenty times."""
    project = make_project(folder / "town", ROWS)
    first = dict(rows(project))
    kills = 0
    with serving(project.root, "-c", PLAIN, "PORT") as server:
        clients = [Client(project, server, f"c{number}", operations // CLIENTS) for number in range(CLIENTS)]
        threads = [threading.Thread(target=client.run, daemon=True) for client in clients]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            done = sum(client.answered for client in clients)
            if kills < KILLS and done >= (kills + 1) * operations / (KILLS + 1):
                server.kill()
                server.start()
                kills += 1
            time.sleep(0.01)
    moves = [move for client in clients for move in client.moves]
    missing, hidden = balance(first, moves, dict(rows(project)))
    answered = sum(client.answered for client in clients)
    return {
        "operations": answered,
        "saved": len(moves),
        "conflicts": sum(client.conflicts for client in clients),
        "kills": kills,
        "lost": missing,
        "hidden_conflicts": hidden,
    }


def balance(first: dict[str, str], moves: list[tuple[str, str, str]], last: dict[str, str]) -> tuple[int, int]:
    """Return how many bases nobody left though they do not stand, and how many were left once too often."""
    reached = Counter((row, after) for row, _, after in moves) + Counter(first.items())
    left = Counter((row, before) for row, before, _ in moves) + Counter(last.items())
    return (reached - left).total(), (left - reached).total()


def rows(project: Project) -> list[tuple[str, str]]:
    """Return the bases of the rows as a new process finds them."""
    catalog = OpenCatalog(project, DOCUMENT, "de", time.time)
    found = [(row.id, row.base) for row in catalog.rows()]
    catalog.close()
    return found


def browsers(browser: Browser, folder: Path) -> dict[str, object]:
    """Let five browsers confirm segments that overlap, one after the other, while the server is killed twice."""
    project = make_project(folder / "town", ROWS)
    typed: list[str] = []
    with serving(project.root, "-c", PLAIN, "PORT") as server:
        holders = [entered(browser, project, server, f"user{number}") for number in range(CLIENTS)]
        pages = [holder.__enter__() for holder in holders]
        for number, page in enumerate(pages):
            page.goto(f"{server.url}/editor?document={DOCUMENT}&language=de&row=u{number * 3}.0")
            page.wait_for_selector(".hexapla[data-ready]")
        for turn in range(TYPED):
            if turn in (TYPED // 3, 2 * TYPED // 3):
                server.kill()
            if turn in (TYPED // 3 + 3, 2 * TYPED // 3 + 3):
                server.start()
            for number, page in enumerate(pages):
                text = f"Browser {number}, {turn}."
                page.keyboard.press("Control+a")
                page.keyboard.insert_text(text)
                page.keyboard.press("Control+Enter")
                typed.append(text)
        kept = [settled(page) for page in pages]
        for holder in holders:
            holder.__exit__(None, None, None)
    records, _ = read_journal(journal_path(project, DOCUMENT, "de"))
    saved = {text for record in records for text in record.texts}
    stood: dict[str, Any] = {}
    hidden = 0
    for record in records:
        hidden += record.row in stood and bool(record.before) and record.before != stood[record.row]
        stood[record.row] = record.after or stood.get(record.row)
    missing = [text for text in typed if text not in saved and not any(text in storage for storage in kept)]
    return {
        "browser_confirms": len(typed),
        "browser_saved": len(saved.intersection(typed)),
        "browser_lost": len(missing),
        "browser_hidden_conflicts": hidden,
    }


def settled(page: Page) -> str:
    """Wait until a page has nothing unacknowledged, and return what its browser keeps: drafts and conflicts."""
    page.wait_for_selector(".hexapla[data-unsaved='0']", timeout=60_000)
    found: str = page.evaluate("JSON.stringify(Object.values(localStorage))")
    return found
