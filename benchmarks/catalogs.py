"""Read, edit and compile the PO files inside some wheels, beside msgfmt, polib and babel; print what came of it.

    python benchmarks/catalogs.py [--cache DIR] [--parse N] [--json FILE]

The wheels are fetched with pip (``pip download --no-deps``) into DIR, a temporary folder if not given, and only their
catalogs are unpacked. Times are CPU seconds of this machine in this run; the figures are ratios to msgfmt. GNU gettext
has to be installed.
"""

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import polib
from babel.messages.pofile import read_po

from locales import CatalogError, CompileError, State, compile_catalog, parse_catalog, read_catalog

WHEELS = ("Django", "wagtail", "Sphinx", "django-allauth", "WTForms")
REPOSITORY = Path(__file__).resolve().parents[1]
COMPILE = ("-c", "--no-hash", "--endianness=little")
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(REPOSITORY)}


@dataclass
class Judged:
    """What msgfmt says of a catalog: whether it accepts it, checked and unchecked, and the MO file of the former."""

    accepted: bool
    readable: bool
    reason: str
    mo: bytes


@dataclass
class Figures:
    """What was counted and measured; ``refused`` has one line a catalog that we do not read or compile."""

    counts: Counter[str] = field(default_factory=Counter)
    ratios: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="folder for the wheels")
    parser.add_argument("--parse", type=int, default=300, metavar="N", help="parse the N largest catalogs")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures = Figures()
    with tempfile.TemporaryDirectory() as scratch:
        wheels = fetch(arguments.cache or Path(scratch) / "wheels")
        tree = Path(scratch) / "tree"
        paths = unpack(wheels, tree)
        signed = signature(wheels, paths)
        judged = {path: judge(path, Path(scratch) / "out.mo") for path in paths}
        sound = examine(judged, tree, figures)
        measure_parsing(sorted(sound, key=lambda path: -path.stat().st_size)[: arguments.parse], figures)
        for path in paths:
            if path not in sound:
                path.unlink()
        measure_compiling(tree, sound, Path(scratch), figures)
        show(figures, signed)
    if arguments.json:
        arguments.json.write_text(json.dumps(vars(figures), indent=1, ensure_ascii=False), encoding="utf-8")


def fetch(folder: Path) -> list[Path]:
    """Return the wheels, fetched where the folder does not have them yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in WHEELS:
        pattern = re.compile(re.escape(name.replace("-", "_")) + r"-[0-9][^-]*-.*\.whl", re.IGNORECASE)
        if not any(pattern.fullmatch(path.name) for path in folder.iterdir()):
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, name]
            subprocess.run(command, check=True)
    wanted = tuple(f"{name.replace('-', '_')}-".lower() for name in WHEELS)
    return sorted(path for path in folder.glob("*.whl") if path.name.lower().startswith(wanted))


def unpack(wheels: Iterable[Path], tree: Path) -> list[Path]:
    """Unpack the catalogs and return their paths."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(tree, [name for name in archive.namelist() if name.endswith(".po")])
    return sorted(tree.rglob("*.po"))


def judge(path: Path, output: Path) -> Judged:
    """Ask msgfmt about a catalog."""
    output.unlink(missing_ok=True)
    checked = subprocess.run(["msgfmt", *COMPILE, "-o", output, path], capture_output=True, env=ENVIRONMENT)
    if checked.returncode == 0:
        return Judged(True, True, "", output.read_bytes())
    said = checked.stderr.decode("utf-8", "replace").splitlines()
    reason = next((line for line in said if "warning" not in line and not line.startswith(" ")), "")
    plain = subprocess.run(["msgfmt", "-o", output, path], capture_output=True, env=ENVIRONMENT)
    return Judged(False, plain.returncode == 0, reason.partition(":")[2], b"")


def examine(judged: dict[Path, Judged], tree: Path, figures: Figures) -> list[Path]:
    """Count round trips, edits and equal MO files; return the catalogs that both accept."""
    counts = figures.counts
    sound = []
    for path, verdict in judged.items():
        data = path.read_bytes()
        counts["catalogs"] += 1
        counts["accepted by msgfmt -c"] += verdict.accepted
        name = path.relative_to(tree).as_posix()
        says = "accepts" if verdict.accepted else f"refuses:{verdict.reason}"
        try:
            catalog = parse_catalog(data, name)
        except CatalogError as error:
            figures.refused.append(f"not read: {error} | msgfmt -c {says}")
            continue
        counts["read"] += 1
        counts["same bytes"] += catalog.to_bytes() == data
        counts["edited"] += 1
        counts["only the entry's lines changed"] += edit_stays_inside(data)
        try:
            mo = compile_catalog(catalog)
        except CompileError as error:
            figures.refused.append(f"not compiled: {name}{str(error).removeprefix('<catalog>')} | msgfmt -c {says}")
            continue
        counts["compiled"] += 1
        if not verdict.accepted:
            figures.differing.append(f"{name}: compiled here, msgfmt -c {says}")
            continue
        sound.append(path)
        counts["accepted by both"] += 1
        if mo == verdict.mo:
            counts["MO equal, byte for byte"] += 1
        else:
            figures.differing.append(f"{name}: another MO file")
    return sound


def edit_stays_inside(data: bytes) -> bool:
    """Translate the middle entry anew and tell whether all bytes outside of its lines stay."""
    catalog = parse_catalog(data)
    live = [entry for entry in catalog if not entry.obsolete]
    if not live:
        return True
    entry = live[len(live) // 2]
    before = entry.raw.encode(catalog.encoding)
    start = data.index(before)
    catalog.translate(entry, "X" + entry.msgid, state=State.DRAFT)
    edited, after = catalog.to_bytes(), entry.raw.encode(catalog.encoding)
    return edited == data[:start] + after + data[start + len(before) :] and edited != data


def measure_parsing(paths: Sequence[Path], figures: Figures) -> None:
    """Parse the same files with everything; msgfmt's start-up is measured on an empty catalog and subtracted."""
    figures.counts["parsed"] = len(paths)
    empty = paths[0].parent / "empty.pot"
    empty.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    start_up = children_cpu(lambda: [msgfmt(empty) for _ in paths])
    empty.unlink()
    figures.seconds["msgfmt start-up"] = start_up
    figures.seconds["msgfmt parse"] = children_cpu(lambda: [msgfmt(path) for path in paths]) - start_up

    def babel(path: Path) -> object:
        with path.open("rb") as file:
            return read_po(file)

    def hexapla_whole(path: Path) -> object:
        return [(entry.key, entry.msgid_plural, entry.forms(), entry.flags) for entry in read_catalog(path)]

    peers: dict[str, Callable[[Path], object]] = {
        "hexapla parse": read_catalog,
        "hexapla parse, all texts and flags": hexapla_whole,
        "polib parse": lambda path: polib.pofile(str(path)),
        "babel parse": babel,
    }
    for name, parse in peers.items():
        parse(paths[-1])
        begin = time.process_time()
        for path in paths:
            parse(path)
        figures.seconds[name] = time.process_time() - begin
        figures.ratios[name] = figures.seconds[name] / figures.seconds["msgfmt parse"]


def measure_compiling(tree: Path, paths: Sequence[Path], scratch: Path, figures: Figures) -> None:
    """Compile the tree of all sound catalogs: all of it, and again; msgfmt runs once a catalog, as build tools do."""
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(scratch / "cache")}

    def compile_tree() -> None:
        command = [sys.executable, "-m", "workflow.cli", "compile", tree]
        subprocess.run(command, check=True, env=environment, capture_output=True)

    seconds = figures.seconds
    seconds["msgfmt tree"] = children_cpu(lambda: [msgfmt(path, "-c") for path in paths])
    seconds["hexapla tree, all changed"] = children_cpu(compile_tree)
    seconds["hexapla tree, unchanged"] = children_cpu(compile_tree)
    for name in ("hexapla tree, all changed", "hexapla tree, unchanged"):
        figures.ratios[name] = seconds[name] / seconds["msgfmt tree"]
    figures.counts["tree"] = len(paths)


def msgfmt(path: Path, *options: str) -> None:
    """Compile a catalog to nowhere."""
    subprocess.run(["msgfmt", *options, "-o", os.devnull, path], capture_output=True, env=ENVIRONMENT, check=True)


def children_cpu(run: Callable[[], object]) -> float:
    """Return the CPU seconds, user and system, of the processes that a function starts and waits for."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    run()
    return spent() - before


def show(figures: Figures, signed: str) -> None:
    """Print the figures."""
    for title, lines in (("refused", figures.refused), ("differing", figures.differing)):
        print(f"{title}: {len(lines)}", *lines, sep="\n  ")
    for name, count in figures.counts.items():
        print(f"{name:36}{count:8}")
    for name, cpu in figures.seconds.items():
        ratio = figures.ratios.get(name)
        print(f"{name:36}{cpu:8.2f} s" + (f"{ratio:8.2f} x msgfmt" if ratio is not None else ""))
    print(signed)


def signature(wheels: Iterable[Path], paths: Iterable[Path]) -> str:
    """Say with what, and on which bytes, the figures were made."""
    digest = blake2b(digest_size=6)
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    gettext = subprocess.run(["msgfmt", "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    packages = ", ".join(f"{name} {version(name)}" for name in ("hexapla", "polib", "babel"))
    data = ", ".join("-".join(wheel.name.split("-")[:2]) for wheel in wheels)
    return f"{packages}, {gettext}, Python {platform.python_version()}; data {data}: {digest.hexdigest()}"


if __name__ == "__main__":
    main()
