"""Take real documents through the whole pipeline and print what came of them, stage by stage.

    python benchmarks/pipeline.py [--demo DIR] [--json FILE]

DIR has folders of parallel documents, ``<set>/<lang>/<name>`` or ``<set>/<name>[-<lang>].md``; English is the source
and every other language an existing translation. Without --demo the folder ``shared/demo`` beside the repository is
taken, and the sample project's stages are measured where there is none.
"""

import argparse
import json
import platform
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from locales import LocalesError
from locales.tags import canonical
from workflow.compiling import Options, compile_catalogs, project_sources
from workflow.demo import make_demo
from workflow.ingest import add_document, load_version, read_translation
from workflow.pairing import align_project
from workflow.project import Project, create_project
from workflow.publish import build_documents
from workflow.records import read_alignment
from workflow.report import status
from workflow.store import save_files

DEMO = Path(__file__).resolve().parents[2] / "shared" / "demo"
Found = dict[str, dict[str, Path]]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", type=Path, default=DEMO)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    stages = Stages()
    with tempfile.TemporaryDirectory() as folder:
        if not arguments.demo.is_dir():
            print(f"{arguments.demo} is not there; the sample project is measured instead")
            with stages.measured("demo"):
                project = make_demo(Path(folder) / "town").project
            documents: Found = {}
        else:
            documents = find_documents(arguments.demo)
            project = run(documents, Path(folder), stages)
        rows = summary(project)
    print_table(rows)
    stages.print()
    print(signature(documents))
    if arguments.json:
        arguments.json.write_text(json.dumps({"languages": rows, "stages": stages.rows}, indent=1), encoding="utf-8")


class Stages:
    """CPU seconds, wall seconds and the peak memory so far of each stage."""

    def __init__(self) -> None:
        self.rows: list[dict[str, float | str]] = []

    @contextmanager
    def measured(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.rows.append(
            {"stage": name, "cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "peak_mib": peak}
        )

    def print(self) -> None:
        print(f"\n{'stage':12}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}")
        for row in self.rows:
            print(f"{row['stage']:12}{row['cpu']:8.1f}{row['wall']:8.1f}{row['peak_mib']:10.0f}")


def find_documents(root: Path) -> Found:
    """Return the files of each document by language."""
    found: Found = defaultdict(dict)
    for path in sorted(root.rglob("*.md")):
        parts = path.relative_to(root).parts
        if parts[-1] == "README.md" or len(parts) < 2:
            continue
        name, language = (f"{parts[0]}/{parts[-1]}", parts[1]) if len(parts) == 3 else _suffixed(parts)
        try:
            found[name][canonical(language)] = path
        except LocalesError as error:
            print(f"{path.name}: {error}")
    return {name: files for name, files in found.items() if "en" in files}


def _suffixed(parts: tuple[str, ...]) -> tuple[str, str]:
    stem, _, language = Path(parts[-1]).stem.partition("-")
    return f"{parts[0]}/{stem}.md", language or "en"


def run(documents: Found, folder: Path, stages: Stages) -> Project:
    """Add, align, compile and build everything."""
    languages = sorted({language for files in documents.values() for language in files} - {"en"})
    project = create_project(folder, "en", languages, "demo")
    with stages.measured("add"):
        for name, files in documents.items():
            add_document(project, files["en"], name)
    with stages.measured("translations"):
        for name, files in documents.items():
            for language, path in files.items():
                if language != "en":
                    arrival = read_translation(project, path, language, name)
                    save_files(arrival.files(project, name))
    names = project.documents()
    with stages.measured("align"):
        align_project(project, names, languages)
    with stages.measured("compile"):
        compile_catalogs(folder, project_sources(project, names, languages), Options(drafts=True))
    with stages.measured("build"):
        build_documents(project, names, languages, drafts=True)
    return project


def summary(project: Project) -> list[dict[str, object]]:
    """Count, by language, what was aligned and how surely, and what was built."""
    rows: list[dict[str, object]] = []
    for language in project.targets:
        pairs = [d for d in project.documents() if project.translation_path(d, language) is not None]
        beads = [b for d in pairs for b in read_alignment(project.alignment_path(d, language)).beads]
        sentences = sum(len(load_version(project, d, project.source).segments) for d in pairs)
        linked = [bead for bead in beads if bead.source and bead.target]
        states = status(project, pairs, [language])
        rows.append(
            {
                "language": language,
                "documents": len(pairs),
                "built": sum(project.output_path(d, language).is_file() for d in pairs),
                "broken": sum(row.broken for row in states),
                "sentences": sentences,
                "aligned": sum(len(bead.source) for bead in linked) / max(1, sentences),
                "one_to_one": sum(len(b.source) == len(b.target) == 1 for b in linked) / max(1, len(linked)),
                "confidence": sum(b.confidence for b in linked) / max(1, len(linked)),
                "above_95": sum(b.confidence >= 0.95 for b in linked) / max(1, len(linked)),
            }
        )
    return rows


def print_table(rows: list[dict[str, object]]) -> None:
    """Print one row a language."""
    formats: dict[str, Callable[[object], str]] = defaultdict(lambda: str)
    for share in ("aligned", "one_to_one", "confidence", "above_95"):
        formats[share] = lambda value: f"{value:.3f}"
    print("".join(f"{name:>12}" for name in rows[0]))
    for row in rows:
        print("".join(f"{formats[name](value):>12}" for name, value in row.items()))


def signature(documents: Found) -> str:
    """Say with what, and on which bytes, the figures were made."""
    digest = blake2b(digest_size=6)
    for files in documents.values():
        for path in files.values():
            digest.update(path.read_bytes())
    packages = ", ".join(f"{name} {version(name)}" for name in ("hexapla", "numpy", "markdown-it-py"))
    return f"\n{packages}, Python {platform.python_version()}; data {digest.hexdigest()}"


if __name__ == "__main__":
    main()
