"""`hexapla align`: align two texts, many pairs of texts, or a project's existing translations."""

from dataclasses import dataclass
from pathlib import Path

import click

from .common import FILE, LANGUAGE, check_outputs, force_option, language_option, open_here, progress, write_results

FORMATS = ["beads", "tsv", "json", "tmx", "po"]


@dataclass(frozen=True, slots=True)
class Task:
    """Two files to align and where the result goes (None: standard output)."""

    source: Path
    target: Path
    output: Path | None


@click.command()
@click.argument("files", metavar="[SRC TGT | DOC]", nargs=-1)
@click.option("--source", "-s", type=LANGUAGE, help="Language of SRC.")
@click.option("--target", "-t", type=LANGUAGE, help="Language of TGT.")
@click.option("--presplit", is_flag=True, help="The files hold one sentence a line.")
@click.option("--pairs", type=FILE, metavar="LIST.tsv", help="Align many pairs: source, target, output; tab-separated.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="tsv", show_default=True)
@click.option("--output", "-o", type=FILE, help="Write to this file instead of standard output.")
@language_option
@force_option
def command(
    files: tuple[str, ...],
    source: str | None,
    target: str | None,
    presplit: bool,
    pairs: Path | None,
    form: str,
    output: Path | None,
    language: str | None,
    force: bool,
) -> None:
    """Align sentences with their translations.

    With SRC and TGT, or --pairs, files are aligned and nothing else is needed; pairs are learned from together. Paths
    in LIST.tsv are relative to it. Without, the existing translations of this project (or of DOC alone) are aligned
    again; what a person confirmed stays.
    """
    if pairs is None and len(files) < 2:
        if source or target or presplit or output:
            raise click.UsageError("name two files to align, SRC and TGT, or a list of pairs with --pairs")
        _align_project(files[0] if files else None, language)
        return
    if len(files) != (2 if pairs is None else 0) or (pairs and output):
        raise click.UsageError("give SRC and TGT and no more, or --pairs LIST.tsv alone")
    if source is None or target is None:
        raise click.UsageError("say which languages: -s en -t de")
    tasks = _tasks(pairs) if pairs else [Task(Path(files[0]), Path(files[1]), output)]
    _align_files(tasks, source, target, form, presplit=presplit, force=force)


def _tasks(pairs: Path) -> list[Task]:
    from ..errors import ProjectError
    from ..store import read_text

    tasks = []
    for number, line in enumerate(read_text(pairs).splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            raise ProjectError(f"{pairs}:{number}: needs three columns with tabs between: source, target, output")
        tasks.append(Task(*(pairs.parent / cell for cell in cells)))
    if not tasks:
        raise ProjectError(f"{pairs}: lists no pairs; a line is source, target, output with tabs between")
    return tasks


def _align_files(tasks: list[Task], source: str, target: str, form: str, *, presplit: bool, force: bool) -> None:
    from segments import align_documents

    from ..exchange import BITEXT_FORMATS, Bitext

    check_outputs([task.output for task in tasks if task.output], force=force)
    texts = [
        (_sentences(t.source, source, presplit=presplit), _sentences(t.target, target, presplit=presplit))
        for t in tasks
    ]
    with progress() as show:
        found = align_documents(texts, source, target, progress=lambda done, total: show("align", done, total))
    results: dict[Path | None, str] = {}
    for task, (left, right), beads in zip(tasks, texts, found, strict=True):
        results[task.output] = BITEXT_FORMATS[form](Bitext(task.source.name, source, target, left, right, beads))
    write_results(results)


def _sentences(path: Path, language: str, *, presplit: bool) -> list[str]:
    from segments.documents import read_document

    from ..segmenting import segment
    from ..store import read_document_bytes, read_text

    if presplit:
        text = read_text(path)
        return text.removesuffix("\n").split("\n") if text else []
    return list(segment(read_document(path.name, read_document_bytes(path), language), language).plain_texts().values())


def _align_project(document: str | None, language: str | None) -> None:
    from ..pairing import align_project
    from ..store import writing

    project = open_here()
    with writing(project.root), progress() as show:
        done = align_project(project, project.select_documents(document), project.select_languages(language), show)
    for aligned in done:
        click.echo(f"{aligned.document} {aligned.language}: {aligned.summary()}", err=True)
