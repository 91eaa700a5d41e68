"""Review in a real browser: how fast, how cheap, and whether anything is ever lost, told to no one, or leaked.

    python benchmarks/review.py [--segments N] [--operations N] [--only PART…] [--json FILE]

Baselines are measured in the same run: an empty route of the same server, asked by the same page between two confirms,
and a page of Streamlit's own widgets that edits one segment of the same catalog and saves it by the same functions
(`native_page.py`). Times are taken in the page, from the key to the next segment having the focus, and to the answer
that says the disk has it. While they are taken the catalog file is written without a pause. Server CPU counts
everything until the file is up to date, at one confirm right after the other and (``paced``) at one every three
seconds.

The parts: speed; load; fifty, segments reviewed by keyboard; lost, over HTTP, the server killed 20 times; browsers,
five at once and two kills; axe; leaks, of a hostile catalog.
"""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page
from review_safety import axe, leaks
from review_storm import browsers, lost
from serving import DOCUMENT, Server, chromium, entered, make_project, reviewing, serving

from locales import State
from workflow.journal import is_settled, journal_path
from workflow.project import Project
from workflow.rows import rows

CONFIRMS = 100
NATIVE = 40
PACED = 8
LOADS = 3
FIFTY = 50
ALWAYS = 0.02, 0.02  # seconds of idleness, and in any case, after which the file is written: without a pause
USUAL = 2.0, 15.0
READY = ".hexapla[data-ready]"
GOALS = {
    "next_ratio_native": 0.15,
    "ack_ratio_empty": 4,
    "cpu_ratio_native": 0.15,
    "reruns": 0,
    "bytes": 1024,
    "load_ratio": 1.5,
    "lost": 0,
    "hidden_conflicts": 0,
    "axe": 0,
    "leaks": 0,
}
# Milliseconds from the last Ctrl+Enter to each later mark of a name.
LISTEN = """
window.pressed = [];
addEventListener("keydown", (event) => event.key === "Enter" && event.ctrlKey && pressed.push(performance.now()), true);
"""
MARKS = "(name) => performance.getEntriesByName(name).map((mark) => mark.startTime)"
EMPTY = """async () => {
  const start = performance.now();
  await (await fetch("/hexapla/api/empty", {cache: "no-store"})).json();
  return performance.now() - start;
}"""
# A page of native widgets says nothing of itself: it is watched until the next segment stands there.
WATCH = """(label) => { window.shown = new Promise((resolve) => {
  const seen = () => document.querySelector(`textarea[aria-label="${label}"]`);
  const observer = new MutationObserver(() => seen() && (observer.disconnect(), resolve(performance.now())));
  observer.observe(document.body, {subtree: true, childList: true, attributes: true});
}); }"""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=20_000)
    parser.add_argument("--operations", type=int, default=10_000)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found: dict[str, object] = {}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for name in arguments.only:
            print(f"{name} …", file=sys.stderr, flush=True)
            home = Path(folder, name)
            home.mkdir()
            found |= PARTS[name](browser, home, arguments)
        found |= {"signature": signature(browser, arguments)}
    for name, value in found.items():
        print(f"{name:24} {value}{verdict(name, value)}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")


@dataclass(slots=True)
class Confirms:
    """What a row of confirms took: milliseconds, bytes sent back, frames that the page sent, seconds of CPU before."""

    following: list[float]
    acknowledged: list[float]
    sizes: list[int]
    frames: int
    cpu: float


def speed(browser: Browser, folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """Confirm segment after segment: time, bytes, script runs, CPU; and the same in the native page."""
    project = make_project(folder / "town", arguments.segments)
    empty: list[float] = []
    with reviewing(project, *ALWAYS) as server, entered(browser, project, server) as page:
        ours = confirm(page, server, CONFIRMS, lambda: empty.append(page.evaluate(EMPTY)))
    written = journal_path(project, DOCUMENT, "de").read_bytes().count(b'"saved"')
    burst = cpu_of(browser, project, CONFIRMS, lambda: None)
    paced = cpu_of(browser, project, PACED, lambda: time.sleep(3))
    native, _ = confirm_natively(browser, make_project(folder / "widgets", arguments.segments), *ALWAYS)
    _, native_cpu = confirm_natively(browser, make_project(folder / "cpu", arguments.segments), *USUAL)
    return {
        "next_ms": spread(ours.following),
        "next_native_ms": spread(native),
        "next_ratio_native": round(p95(ours.following) / p95(native), 3),
        "ack_ms": spread(ours.acknowledged),
        "empty_ms": spread(empty),
        "ack_ratio_empty": round(p95(ours.acknowledged) / p95(empty), 2),
        "checkpoints": written,
        "cpu_ms": round(burst * 1000, 1),
        "cpu_paced_ms": round(paced * 1000, 1),
        "cpu_native_ms": round(native_cpu * 1000, 1),
        "cpu_ratio_native": round(burst / native_cpu, 3),
        "cpu_paced_ratio_native": round(paced / native_cpu, 3),
        "reruns": ours.frames,
        "bytes": max(ours.sizes),
    }


def confirm(page: Page, server: Server, count: int, between: Callable[[], None]) -> Confirms:
    """Type a word and confirm, ``count`` times, each when the one before is acknowledged."""
    sent: list[object] = []
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.add_init_script(LISTEN)
    page.goto(f"{server.url}/review?document={DOCUMENT}&language=de")
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    cpu, frames = server.cpu(), len(sent)
    for number in range(1, count + 1):
        page.keyboard.insert_text(f" Wort {number}.")
        with page.expect_response("**/hexapla/api/save") as answer:
            page.keyboard.press("Control+Enter")
        measured = answer.value.request.sizes()
        sizes.append(measured["responseHeadersSize"] + measured["responseBodySize"])
        page.wait_for_function(f"performance.getEntriesByName('hexapla:saved').length >= {number}")
        between()
    pressed = page.evaluate("pressed")
    focused = [mark for mark in page.evaluate(MARKS, "hexapla:focused") if mark >= pressed[0]]
    saved = page.evaluate(MARKS, "hexapla:saved")
    return Confirms(differences(pressed, focused), differences(pressed, saved), sizes, len(sent) - frames, cpu)


def cpu_of(browser: Browser, project: Project, count: int, between: Callable[[], None]) -> float:
    """Return the CPU of the server, in seconds a confirm, until the catalog file is up to date."""
    with reviewing(project, *USUAL) as server, entered(browser, project, server) as page:
        before = confirm(page, server, count, between).cpu
        while not is_settled(journal_path(project, DOCUMENT, "de")):
            time.sleep(0.1)
        return (server.cpu() - before) / count


def confirm_natively(browser: Browser, project: Project, idle: float, busy: float) -> tuple[list[float], float]:
    """Do the same in the page of native widgets; return times in ms, and seconds of CPU a confirm."""
    page_of_streamlit = [str(Path(__file__).with_name("native_page.py")), "--server.port", "PORT"]
    quiet = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
    wanted = [str(project.root), DOCUMENT, "de", str(idle), str(busy)]
    times = []
    with serving(project.root, "-m", "streamlit", "run", *page_of_streamlit, *quiet, "--", *wanted) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(LISTEN)
        page.goto(server.url)
        page.get_by_label("Segment 1").wait_for()
        before = server.cpu()
        for number in range(1, NATIVE + 1):
            page.get_by_label(f"Segment {number}", exact=True).focus()
            page.keyboard.insert_text(f" Wort {number}.")
            page.evaluate(WATCH, f"Segment {number + 1}")
            page.keyboard.press("Control+Enter")
            times.append(page.evaluate("shown") - page.evaluate("pressed.at(-1)"))
            page.wait_for_load_state("networkidle")
        page.close()
        while not is_settled(journal_path(project, DOCUMENT, "de")):
            time.sleep(0.1)
        return times, (server.cpu() - before) / NATIVE


def load(browser: Browser, folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """Open documents of two sizes on fresh servers: milliseconds until the first segment can be edited."""
    times: dict[tuple[str, int], list[float]] = {}
    for count in (500, arguments.segments):
        project = make_project(folder / str(count), count)
        for path in ("review", "editor"):
            for _ in range(LOADS):
                with reviewing(project) as server, entered(browser, project, server) as page:
                    page.goto(f"{server.url}/{path}")
                    page.wait_for_selector(READY)
                    first = page.evaluate(MARKS, "hexapla:focused")[0]
                    times.setdefault((path, count), []).append(first)
    middle = {key: round(median(found)) for key, found in times.items()}
    return {f"load_{path}_{count}_ms": ms for (path, count), ms in middle.items()} | {
        "load_ratio": round(middle["review", arguments.segments] / middle["review", 500], 2),
        "load_ratio_plain": round(middle["editor", arguments.segments] / middle["editor", 500], 2),
    }


def fifty(browser: Browser, folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """Review fifty segments by keyboard: type what is missing, mend every second draft, confirm all."""
    project = make_project(folder / "town", FIFTY)
    with reviewing(project) as server, entered(browser, project, server) as page:
        page.add_init_script("window.keys = 0; addEventListener('keydown', () => keys++, true);")
        page.goto(f"{server.url}/review")
        page.wait_for_selector(READY)
        start = time.monotonic()
        for number in range(FIFTY):
            page.keyboard.type(("Die Bibliothek öffnet um neun.", "", " Ja.")[number % 3])
            page.keyboard.press("Control+Enter")
        page.wait_for_selector(".hexapla[data-unsaved='0']")
        seconds = time.monotonic() - start
        keys = page.evaluate("keys")
    left = sum(row.state < State.TRANSLATED for row in rows(project, DOCUMENT, "de"))
    return {"fifty_keys": keys, "fifty_seconds": round(seconds, 1), "fifty_left": left}


def differences(starts: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Return how long each took, in order."""
    return [end - start for start, end in zip(starts, ends, strict=True)]


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20, method="inclusive")[-1]


def spread(times: Sequence[float]) -> str:
    """Return median and 95th percentile as text."""
    return f"{median(times):.1f} / {p95(times):.1f}"


def verdict(name: str, value: object) -> str:
    """Say whether a figure reaches its goal."""
    if name not in GOALS or not isinstance(value, int | float):
        return ""
    return f"  (goal {GOALS[name]}: {'yes' if value <= GOALS[name] else 'NO'})"


def signature(browser: Browser, arguments: argparse.Namespace) -> str:
    """Return what the figures were made with."""
    names = ("streamlit", "starlette", "uvicorn", "playwright", "axe-playwright-python")
    versions = " ".join(f"{name}={version(name)}" for name in names)
    sources = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    made = f"segments={arguments.segments} operations={arguments.operations} confirms={CONFIRMS} native={NATIVE}"
    digest = blake2b(sources, digest_size=6).hexdigest()
    return f"{made} {versions} chromium={browser.version} python={platform.python_version()} benchmark={digest}"


PARTS: dict[str, Callable[[Browser, Path, argparse.Namespace], dict[str, object]]] = {
    "speed": speed,
    "load": load,
    "fifty": fifty,
    "lost": lambda browser, folder, arguments: lost(folder, arguments.operations),
    "browsers": lambda browser, folder, arguments: browsers(browser, folder),
    "axe": lambda browser, folder, arguments: axe(browser, folder),
    "leaks": lambda browser, folder, arguments: leaks(browser, folder),
}

if __name__ == "__main__":
    main()
