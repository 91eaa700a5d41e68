"""`hexapla segment`: cut a text into sentences, or a project's documents anew."""

import sys
from pathlib import Path

import click

from .common import FILE, LANGUAGE, check_outputs, force_option, open_here, progress, write_results


@click.command()
@click.argument("file", metavar="[FILE|-|DOC]", required=False)
@click.option("--lang", "language", type=LANGUAGE, help="Cut FILE, which is in this language; no project is needed.")
@click.option("--format", "form", type=click.Choice(["lines", "json", "po"]), default="lines", show_default=True)
@click.option("--output", "-o", type=FILE, help="Write to this file instead of standard output.")
@click.option("--resplit", is_flag=True, help="Also cut anew what today's splitter cuts differently and nobody edited.")
@force_option
def command(file: str | None, language: str | None, form: str, output: Path | None, resplit: bool, force: bool) -> None:
    """Cut a text into sentences.

    With --lang, FILE (- for standard input) is cut and printed: one sentence a line, JSON with offsets, or a gettext
    template. Without, the documents of this project (or DOC alone) are cut again where they changed.
    """
    if language is None:
        if form != "lines" or output is not None:
            raise click.UsageError("--format and -o go with --lang: say which language FILE is in")
        _segment_project(file, resplit=resplit)
        return
    if file is None:
        raise click.UsageError("name a FILE to cut, or - for standard input")
    if resplit:
        raise click.UsageError("--resplit is for the documents of a project; leave --lang out")
    check_outputs([output] if output else [], force=force)
    write_results({output: _segment_file(file, language, form)})


def _segment_file(file: str, language: str, form: str) -> str:
    from segments.documents import read_document

    from ..exchange import VERSION_FORMATS
    from ..segmenting import segment
    from ..store import read_document_bytes

    if file == "-":
        name, data = "stdin.txt", sys.stdin.buffer.read()
    else:
        name, data = file, read_document_bytes(Path(file))
    return VERSION_FORMATS[form](segment(read_document(name, data, language), language))


def _segment_project(document: str | None, *, resplit: bool) -> None:
    from ..ingest import resegment
    from ..pairing import align_project, check_readable
    from ..store import writing

    project = open_here()
    documents = project.select_documents(document)
    with writing(project.root), progress() as show:
        check_readable(project, documents)
        changes = []
        for number, name in enumerate(documents):
            show("segment", number, len(documents))
            changes.append(resegment(project, name, recut=resplit))
        show("segment", len(documents), len(documents))
        align_project(project, documents, project.targets, show)
    for change in changes:
        click.echo(
            f"{change.document}: {change.kept} sentences kept, {change.changed} changed, {change.new} new,"
            f" {change.gone} gone",
            err=True,
        )
