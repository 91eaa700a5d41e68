"""Programs that translate documents, as peers: each takes documents apart into catalogs, and puts them together again.

They are under licences that Hexapla does not take over, so none is imported: they are commands, in an environment of
their own that :func:`environment` makes on request. Their time is that of their processes, less what the same commands
take where there is nothing to do.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

__all__ = ["Tool", "environment", "run_tool", "tools"]

PACKAGES = ("aeidon", "EbookLib", "translate-toolkit")
TOOLKIT = {
    "html": ("html2po", "po2html"),
    "markdown": ("md2po", "po2md"),
    "odt": ("odf2po", "po2odf"),
    "srt": ("sub2po", "po2sub"),
}
PO4A = {"html": ("-f", "xhtml"), "markdown": ("-f", "text", "-o", "markdown")}
ENDINGS = {"markdown": "md"}
EBOOKLIB = """
import pathlib, sys
from ebooklib import epub
for path in pathlib.Path(sys.argv[1]).iterdir():
    try:
        book = epub.read_epub(str(path))
        for item in book.get_items_of_type(9):  # documents
            item.get_body_content()
        epub.write_epub(sys.argv[2] + "/" + path.name, book)
    except Exception as error:
        print(error, file=sys.stderr)
"""


@dataclass(frozen=True)
class Tool:
    """A program. ``rebuild`` runs it on the files of a folder and writes those of the same names in another.

    ``translates`` tells that it takes a document apart for a translator; else it only reads and writes it. ``alone``
    tells that it is started anew for each document.
    """

    name: str
    rebuild: Callable[[Path, Path], None]
    translates: bool = True
    alone: bool = False


def environment(folder: Path) -> Path:
    """Return where the programs of a virtual environment with the peers are; where there is none, it is made."""
    programs = folder.absolute() / "bin"
    if not programs.exists():
        print(f"installing {', '.join(PACKAGES)} in {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([programs / "pip", "install", "--quiet", *PACKAGES], check=True)
    return programs


def tools(kind: str, programs: Path) -> Iterator[Tool]:
    """Yield the programs that know documents of a kind."""
    if kind in TOOLKIT:
        name = f"translate-toolkit {version(programs, 'translate-toolkit')}"
        yield Tool(name, partial(toolkit, [programs / command for command in TOOLKIT[kind]]))
    if kind in PO4A and shutil.which("po4a-updatepo"):
        said = subprocess.run(["po4a-updatepo", "--version"], capture_output=True, text=True).stdout
        yield Tool(f"po4a {said.split()[2].rstrip('.')}", partial(po4a, PO4A[kind]), alone=True)
    elif kind in PO4A:
        print("po4a is not installed")
    if kind == "epub":
        name = f"EbookLib {version(programs, 'EbookLib')}"
        yield Tool(name, partial(command, programs / "python", "-c", EBOOKLIB), translates=False)


def run_tool(tool: Tool, kind: str, documents: Sequence[bytes]) -> tuple[list[bytes | None], float]:
    """Return what a tool makes of each document, None where it fails, and the seconds it takes for all."""
    with tempfile.TemporaryDirectory() as folder:
        source, target, nothing = (Path(folder, name) for name in ("source", "target", "nothing"))
        for each in (source, target, nothing):
            each.mkdir()
        paths = [source / f"{number:05}.{ENDINGS.get(kind, kind)}" for number in range(len(documents))]
        if tool.alone:
            (nothing / paths[0].name).write_bytes(b"Rain\n")
        startup = processor_time(lambda: tool.rebuild(nothing, target))
        for path, data in zip(paths, documents, strict=True):
            path.write_bytes(data)
        seconds = processor_time(lambda: tool.rebuild(source, target))
        rebuilt = [target / path.name for path in paths]
        made = [path.read_bytes() if path.exists() and path.stat().st_size else None for path in rebuilt]
        return made, seconds - startup * (len(documents) if tool.alone else 1)


def toolkit(commands: Sequence[Path], source: Path, target: Path) -> None:
    """Rebuild documents with a pair of converters of the Translate Toolkit."""
    apart, together = commands
    with tempfile.TemporaryDirectory() as catalogs:
        command(apart, "--progress=none", source, Path(catalogs))
        command(together, "--progress=none", f"--template={source}", Path(catalogs), target)


def po4a(options: Sequence[str], source: Path, target: Path) -> None:
    """Rebuild documents with po4a, one by one."""
    with tempfile.TemporaryDirectory() as folder:
        for path in source.iterdir():
            common = (*options, "-M", "UTF-8", "-m", path, "-p", Path(folder, f"{path.stem}.po"))
            command("po4a-updatepo", *common)
            command("po4a-translate", *common, "-k", "0", "-L", "UTF-8", "-l", target / path.name)


def command(*words: str | Path) -> None:
    """Run a command; what it says, and whether it fails, is seen in what it writes."""
    subprocess.run(words, capture_output=True)


def processor_time(run: Callable[[], None]) -> float:
    """Return the processor time that the commands of a function take, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def version(programs: Path, package: str) -> str:
    """Return the version of a package in an environment."""
    asked = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([programs / "python", "-c", asked], capture_output=True, text=True).stdout.strip()
