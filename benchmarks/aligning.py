"""The align page in a real browser: how fast a key is answered, what a stretch costs, how many keys a repair takes.

    python benchmarks/aligning.py [--beads N] [--only PART…] [--json FILE]

The parts: keys, from a key to the changed beads standing in the page with the focus, against an empty route of the same
server asked by the same page in turn; realign, a stretch of a tenth of the document against the whole of it, CPU time;
undo, random operations taken back; strokes, the least keys (found by search, walking included) that mend the wrong
beads of the sample project, with all our keys and with InterText's Enter, Backspace, Ctrl+Up and Ctrl+Down alone; axe.
"""

import argparse
import json
import platform
import random
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from segments import align
from segments.alignment import Associations, align_stretch
from ui.fallback import plain_app
from ui.tickets import issue_ticket
from ui.tokens import project_signer
from workflow.associations import associations
from workflow.demo import SAMPLE, make_demo
from workflow.errors import ProjectError
from workflow.groups import SIDES, Group
from workflow.ingest import add_document, load_version
from workflow.pairing import add_translation
from workflow.project import Project, create_project
from workflow.records import read_alignment
from workflow.regroup import NAMES, Request, split_before

DOCUMENT = "town.txt"
WORDS = {
    "en": "the library opens at nine in spring and readers stay late for a talk about rivers maps and old stones",
    "de": "die Bibliothek öffnet im Frühling um neun und wer liest bleibt lange bei Flüssen Karten und alten Steinen",
}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage")
KEYS = (
    "ArrowDown",
    "j",
    "ArrowDown",
    "s",
    "ArrowDown",
    "Control+ArrowDown",
    "ArrowDown",
    "ArrowRight",
    "Control+ArrowUp",
)
ROUNDS = 25
OPERATIONS = 10_000
GOALS = {"keys_ratio": 2, "realign_ratio": 0.1, "undone": OPERATIONS, "strokes_ratio": 1, "axe": 0}
LISTEN = "window.pressed = 0; addEventListener('keydown', () => (pressed = performance.now()), true);"
DRAWN = "() => performance.getEntriesByName('hexapla:drawn').at(-1).startTime - pressed"
EMPTY = """async () => {
  const start = performance.now();
  await (await fetch("/hexapla/api/empty", {cache: "no-store"})).json();
  return performance.now() - start;
}"""
WALK = {"ArrowUp": -1, "ArrowDown": 1}

Shape = tuple[int, int]
State = tuple[tuple[Shape, ...], int, int]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beads", type=int, default=5_000)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.only:
            print(f"{name} …", file=sys.stderr)
            figures |= PARTS[name](Path(folder), arguments.beads)
    for name, figure in figures.items():
        print(f"{name:24} {figure}" + (f"   (goal {GOALS[name]})" if name in GOALS else ""))
    names = ("streamlit", "starlette", "playwright", "axe-playwright-python", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    signature = blake2b(json.dumps([WORDS, KEYS, ROUNDS, arguments.beads]).encode(), digest_size=6).hexdigest()
    print(f"Python {platform.python_version()}, {versions}; data {signature}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n")


def keys(folder: Path, count: int) -> dict[str, object]:
    """Press keys and ask an empty route in turn."""
    project = make_project(folder / "keys", count)
    drawn: list[float] = []
    empty: list[float] = []
    with opened(project, "de") as page:
        page.evaluate(LISTEN)
        for number in range(ROUNDS):
            for key in KEYS:
                page.keyboard.press(key)
                drawn.append(page.evaluate(DRAWN))
                empty.append(page.evaluate(EMPTY))
            page.evaluate("(number) => document.querySelector('.hexapla').dataset.round = number", number)
        push = []
        for key in ("Enter", "Backspace") * 5:  # nothing is confirmed below: the text of thousands of beads is shifted
            page.keyboard.press(key)
            push.append(page.evaluate(DRAWN))
    return {
        "keys_median_ms": round(median(drawn), 1),
        "keys_p95_ms": round(p95(drawn), 1),
        "empty_p95_ms": round(p95(empty), 1),
        "keys_ratio": round(p95(drawn) / p95(empty), 2),
        "shift_all_median_ms": round(median(push), 1),
    }


def realign(folder: Path, count: int) -> dict[str, object]:
    """Align a whole document, and a tenth of it between two confirmed beads."""
    project = make_project(folder / "realign", count)
    sides = [load_version(project, DOCUMENT, tag).plain_texts() for tag in ("en", "de")]
    texts = [list(side.values()) for side in sides]
    start = time.process_time()
    whole = align(texts[0], texts[1], "en", "de")
    middle = time.process_time()
    groups = [Group(len(bead.source), len(bead.target), bead.confidence) for bead in whole]
    first = next(n for n, g in enumerate(groups) if n >= len(groups) * 0.4 and g.source and g.target)
    last = next(n for n, g in enumerate(groups) if n >= first + len(groups) // 10 and g.source and g.target)
    known = Associations.joined(list(associations(project, "de").values()))
    places = [[sum(g.count(side) for g in groups[:n]) for side in SIDES] for n in (first, last)]
    source, target = map(range, *places)
    between = time.process_time()
    again = align_stretch(texts[0], texts[1], "en", "de", (source, target), known=known)
    seconds = middle - start, time.process_time() - between
    same = [(len(b.source), len(b.target)) for b in again] == [(g.source, g.target) for g in groups[first:last]]
    return {
        "whole_cpu_s": round(seconds[0], 2),
        "stretch_cpu_s": round(seconds[1], 2),
        "realign_ratio": round(seconds[1] / seconds[0], 3),
        "realign_same_beads": same,
    }


def undo(folder: Path, count: int) -> dict[str, object]:
    """Carry random operations out and take them all back."""
    choose = random.Random(5)
    start = now = tuple(Group(*choose.choice([(1, 1), (1, 1), (2, 1), (1, 2), (0, 1)]), 0.5) for _ in range(60))
    done = []
    while len(done) < OPERATIONS:
        at = choose.randrange(len(now))
        source, target = (choose.randrange(sum(g.count(side) for g in now)) for side in SIDES)
        name, side = choose.choice(NAMES), choose.choice(SIDES)
        if name == "split":
            source, target = split_before(now[at], side, choose.randrange(3))
        try:
            change = Request(name, side, source, target, choose.random()).plan(now, at, "Leyla")
        except ProjectError:
            continue
        done.append((now, change))
        now = change.apply(now)
    exact = 0
    for before, change in reversed(done):
        now = change.inverse.apply(now)
        exact += now == before
    assert now == start
    return {"undone": exact}


def strokes(folder: Path, count: int) -> dict[str, object]:
    """Count the keys that mend the sample's wrong beads."""
    project = make_demo(folder / "strokes").project
    ours = theirs = wrong = 0
    for language in project.targets:
        for document in project.documents():
            beads = read_alignment(project.alignment_path(document, language)).beads
            found = [(len(bead.source), len(bead.target)) for bead in beads]
            for have, want in stretches(found, gold(language, document)):
                wrong += len(have)
                ours += least(have, want, OURS)
                theirs += least(have, want, INTERTEXT)
    return {
        "wrong_beads": wrong,
        "strokes": ours,
        "strokes_intertext": theirs,
        "strokes_ratio": round(ours / max(1, theirs), 2),
    }


def axe(folder: Path, count: int) -> dict[str, object]:
    """Look for violations of accessibility rules in both schemes and in an RTL language."""
    project = make_demo(folder / "axe").project
    found = 0
    for language, scheme in (("de", "light"), ("de", "dark"), ("fa", "light"), ("fa", "dark")):
        with opened(project, language, scheme, "interview.txt") as page:
            for key in ("j", "n", "Alt+h"):
                page.keyboard.press(key)
                found += len(Axe().run(page).response["violations"])
    return {"axe": found}


def gold(language: str, document: str) -> list[Shape]:
    """Return the beads that a person made of a document of the sample."""
    lines = (SAMPLE / "beads" / language / f"{document}.beads").read_text(encoding="utf-8").split()
    sides = (line.split(":") for line in lines)
    return [(len(source.split(",")) * bool(source), len(target.split(",")) * bool(target)) for source, target in sides]


def stretches(found: Sequence[Shape], wanted: Sequence[Shape]) -> Iterator[tuple[list[Shape], list[Shape]]]:
    """Yield where two alignments differ, from one border they share to the next."""
    sides = (deque(found), deque(wanted))
    parts: tuple[list[Shape], list[Shape]] = ([], [])
    while any(sides):
        sums = [tuple(map(sum, zip(*part, strict=True))) or (0, 0) for part in parts]
        if sums[0] == sums[1]:
            if parts[0] != parts[1]:
                yield parts
            parts = ([sides[0].popleft()], [sides[1].popleft()])
        else:
            behind = 0 if sum(sums[0]) <= sum(sums[1]) else 1
            parts[behind].append(sides[behind].popleft())
    if parts[0] != parts[1]:
        yield parts


def least(have: Sequence[Shape], want: Sequence[Shape], operations: Callable[[State], Iterator[State]]) -> int:
    """Return the fewest keys from one alignment of a stretch to another, walking included, by breadth-first search."""
    queue: deque[tuple[State, int]] = deque([((tuple(have), 0, 0), 0)])
    seen = {queue[0][0]}
    while queue:
        state, strokes = queue.popleft()
        if state[0] == tuple(want):
            return strokes
        for following in (*walked(state), *operations(state)):
            if following not in seen:
                seen.add(following)
                queue.append((following, strokes + 1))
    raise ValueError(f"no way from {have} to {want}")


def walked(state: State) -> Iterator[State]:
    """Yield where a key leads that only moves the cursor."""
    shapes, at, side = state
    yield shapes, at, 1 - side
    for by in WALK.values():
        if 0 <= at + by < len(shapes):
            yield shapes, at + by, side


def changed(state: State, request: Request, by: int = 0) -> Iterator[State]:
    """Yield what an operation makes, if it can be done."""
    shapes, at, side = state
    groups = [Group(*shape) for shape in shapes]
    try:
        now = request.plan(groups, at + by, "Leyla").apply(groups) if at + by >= 0 else ()
    except ProjectError:
        return
    if now:
        yield tuple((g.source, g.target) for g in now), min(at, len(now) - 1), side


def intertext(state: State) -> Iterator[State]:
    """Yield what InterText's keys make."""
    for name in ("push", "pull", "up", "down"):
        yield from changed(state, Request(name, SIDES[state[2]]))


def all_keys(state: State) -> Iterator[State]:
    """Yield what all our keys make; where to split is one more key."""
    shapes, at, side = state
    yield from intertext(state)
    yield from changed(state, Request("unlink", SIDES[side]))
    yield from changed(state, Request("unlink", "target"))
    yield from changed(state, Request("merge"))
    yield from changed(state, Request("merge"), -1)
    front = split_before(Group(*shapes[at]), SIDES[side], 0)
    yield from changed(state, Request("split", SIDES[side], *front))


OURS, INTERTEXT = all_keys, intertext


def make_project(folder: Path, count: int) -> Project:
    """Make a project with one document of ``count`` sentences and its translation."""
    if folder.exists():
        shutil.rmtree(folder)
    choose = random.Random(7)
    project = create_project(folder, "en", ["de"], "town")
    lengths = [choose.randint(4, 25) for _ in range(count)]
    paths = {}
    for language, words in WORDS.items():
        sentences = [
            f"{' '.join(choose.choices(words.split(), k=length)).capitalize()} {number}."
            for number, length in enumerate(lengths)
        ]
        path = paths[language] = folder.parent / f"{language}-{DOCUMENT}"
        path.write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
    add_document(project, paths["en"], DOCUMENT)
    translation = paths["de"].rename(folder.parent / DOCUMENT)
    add_translation(project, translation, "de", DOCUMENT)
    return project


@contextmanager
def opened(project: Project, language: str, scheme: str = "light", document: str = DOCUMENT) -> Iterator[Page]:
    """Serve a project and open the align page of a document in a browser."""
    server = uvicorn.Server(uvicorn.Config(plain_app(project), log_level="error", ws="none"))
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with socket.create_server(("127.0.0.1", 0)) as listening, sync_playwright() as playwright:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{listening.getsockname()[1]}",
            color_scheme="dark" if scheme == "dark" else "light",
        )
        try:
            ticket = issue_ticket(project.root, project_signer(project.root), "Leyla")
            context.request.get(f"/editor?ticket={ticket}")
            page = context.new_page()
            page.goto(f"/aligner?document={document}&language={language}")
            page.wait_for_selector(".hexapla[data-ready]", timeout=120_000)
            yield page
        finally:
            browser.close()
            server.should_exit = True
            thread.join()


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20)[18]


PARTS: dict[str, Callable[[Path, int], dict[str, object]]] = {
    "keys": keys,
    "realign": realign,
    "undo": undo,
    "strokes": strokes,
    "axe": axe,
}

if __name__ == "__main__":
    main()
