"""`hexapla segment`: cut a text into sentences, or a project's documents anew."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FILE, LANGUAGE, check_outputs, force_option, open_here, progress, write_results

if TYPE_CHECKING:
    from segments.splitting import Ends

    from ..ingest import Change
    from ..recutting import Recut


@click.command()
@click.argument("file", metavar="[FILE|-|DOC]", required=False)
@click.option("--lang", "language", type=LANGUAGE, help="Cut FILE, which is in this language; or, by hand, DOC in it.")
@click.option("--format", "form", type=click.Choice(["lines", "json", "po"]), default="lines", show_default=True)
@click.option("--output", "-o", type=FILE, help="Write to this file instead of standard output.")
@click.option("--srx", type=FILE, help="Cut FILE by the rules of this SRX 2.0 file.")
@click.option("--crfcut", is_flag=True, help="Cut a Thai FILE by pythainlp's crfcut.")
@click.option("--explain", is_flag=True, help="Print why a sentence ends, or does not, wherever it might.")
@click.option("--resplit", is_flag=True, help="Also cut anew what today's splitter cuts differently and nobody edited.")
@click.option("--dry-run", is_flag=True, help="Say what --resplit would change, and change nothing.")
@click.option(
    "--cut",
    nargs=2,
    metavar="ID TEXT",
    help="Cut a sentence of DOC after TEXT, the words it begins with, tags as in the catalog: {1}.",
)
@click.option("--join", metavar="ID", help="Join a sentence of DOC with the one after it.")
@force_option
def command(
    file: str | None,
    language: str | None,
    form: str,
    output: Path | None,
    srx: Path | None,
    crfcut: bool,
    explain: bool,
    resplit: bool,
    dry_run: bool,
    cut: tuple[str, str] | None,
    join: str | None,
    force: bool,
) -> None:
    """Cut a text into sentences.

    With --lang, FILE (- for standard input) is cut and printed: one sentence a line, JSON with offsets, or a gettext
    template; no project is needed, and a .txt file of any size is read in parts. Without, the documents of this project
    (or DOC alone) are cut again where they changed, by the project's own rules ([splitting] in hexapla.toml). What is
    cut or joined by hand stays so; with --lang that is done to a translation of DOC. TEXT is written as `hexapla find`
    and the catalog show it, with its inline tags, such as "The {1}mill{/1} is old."; no cut parts the two of a pair.
    """
    in_project = resplit or dry_run or cut is not None or join is not None
    if language is None:
        if form != "lines" or output is not None or srx is not None or crfcut:
            raise click.UsageError("--format, -o, --srx and --crfcut go with --lang: say which language FILE is in")
        if (in_project and explain) or ((cut or join) and (resplit or dry_run)) or (cut and join):
            raise click.UsageError("--explain, --resplit, --cut and --join are done one at a time")
        if dry_run and not resplit:
            raise click.UsageError("--dry-run goes with --resplit")
        if explain:
            _explain_document(file)
        elif cut is not None or join is not None:
            _by_hand(None, file, cut, join)
        else:
            _segment_project(file, resplit=resplit, dry_run=dry_run)
        return
    if resplit or dry_run:
        raise click.UsageError("--resplit and --dry-run are for the documents of a project; leave --lang out")
    if in_project:
        if (cut and join) or explain or form != "lines" or output is not None or srx is not None or crfcut:
            raise click.UsageError("--cut and --join are done one at a time, and go with no option but --lang")
        _by_hand(language, file, cut, join)
        return
    if file is None:
        raise click.UsageError("name a FILE to cut, or - for standard input")
    if crfcut and (srx is not None or not language.startswith("th")):
        raise click.UsageError("--crfcut is for Thai, and goes without --srx")
    if explain and (form != "lines" or output is not None or srx is not None or crfcut):
        raise click.UsageError("--explain prints its own lines; leave --format, -o, --srx and --crfcut out")
    _note_unknown(language)
    check_outputs([output] if output else [], force=force)
    if explain:
        _explain_file(file, language)
    else:
        _segment_file(file, language, form, output, _ends(srx, language, crfcut=crfcut))


def _note_unknown(language: str) -> None:
    from segments.facts import is_known

    if not is_known(language):
        click.echo(f"Nothing is known of the sentences of {language}: general rules are used.", err=True)


def _ends(srx: Path | None, language: str, *, crfcut: bool) -> "Ends | None":
    if crfcut:
        from segments.thai import thai_ends

        return thai_ends()
    if srx is None:
        return None
    from segments.srx import srx_ends

    return srx_ends(srx, language)


def _segment_file(file: str, language: str, form: str, output: Path | None, ends: "Ends | None") -> None:
    from segments.documents import read_document

    from ..exchange import VERSION_FORMATS
    from ..segmenting import segment
    from ..store import read_document_bytes
    from ..streaming import LARGE

    name = "stdin.txt" if file == "-" else file
    if file != "-" and form == "lines" and output is None and name.endswith(".txt") and _size(file) >= LARGE:
        _stream(file, language, ends)
        return
    data = sys.stdin.buffer.read() if file == "-" else read_document_bytes(Path(file))
    version = segment(read_document(name, data, language), language, ends=ends)
    write_results({output: VERSION_FORMATS[form](version)})


def _size(file: str) -> int:
    path = Path(file)
    return path.stat().st_size if path.is_file() else 0


def _stream(file: str, language: str, ends: "Ends | None") -> None:
    from ..streaming import sentences

    size = _size(file)
    with Path(file).open("rb") as source, progress() as show:
        for text in sentences(source, language, ends, lambda done: show("segment", done, size)):
            sys.stdout.buffer.write((" ".join(text.splitlines()) + "\n").encode("utf-8", "surrogatepass"))


def _explain_file(file: str, language: str) -> None:
    from segments.documents import read_document

    from ..cut_reasons import explanation
    from ..store import read_document_bytes

    data = sys.stdin.buffer.read() if file == "-" else read_document_bytes(Path(file))
    document = read_document("stdin.txt" if file == "-" else file, data, language)
    for line in explanation(document, language):
        click.echo(line)


def _explain_document(name: str | None) -> None:
    from segments.documents import read_document

    from ..cut_reasons import explanation
    from ..store import read_document_bytes

    project = open_here()
    for document in project.select_documents(name):
        path = project.document_path(document)
        read = read_document(path.name, read_document_bytes(path), project.source)
        for line in explanation(read, project.source, project.rules(project.source)):
            click.echo(line)


def _by_hand(language: str | None, document: str | None, cut: tuple[str, str] | None, join: str | None) -> None:
    from ..people import default_name
    from ..session import Session

    if document is None:
        raise click.UsageError("--cut and --join need the name of the document")
    project = open_here()
    (name,) = project.select_documents(document)
    if language is None or language == project.source:
        tag = project.source
    else:
        (tag,) = project.select_languages(language)
    identity, beginning = cut or (join or "", None)
    with Session(project) as session:
        user = default_name(project.root)
        _say_border(session.recut(name, tag, identity, beginning, user, secrets.token_hex(6)), name)


def _segment_project(document: str | None, *, resplit: bool, dry_run: bool) -> None:
    from ..ingest import resegment
    from ..pairing import align_project, check_readable
    from ..store import writing

    project = open_here()
    documents = project.select_documents(document)
    with nullcontext() if dry_run else writing(project.root), progress() as show:
        check_readable(project, documents)
        changes = []
        for number, name in enumerate(documents):
            show("segment", number, len(documents))
            changes.append(resegment(project, name, recut=resplit, dry_run=dry_run))
        show("segment", len(documents), len(documents))
        if not dry_run:
            followed = {change.document: change for change in changes}
            align_project(project, documents, project.targets, show, followed=followed)
    if dry_run:
        for change in changes:
            for line in _differences(change):
                click.echo(line)
    _report(changes)


def _differences(change: "Change") -> Iterator[str]:
    """Yield what a dry run shows: sentences as they are, with -, and as they would be, with +."""
    for before, after in change.changed_texts:
        yield f"- {before}"
        yield f"+ {after}"
    yield from (f"- {text}" for text in change.gone_texts)
    yield from (f"+ {text}" for text in change.new_texts)


def _report(changes: "list[Change]") -> None:
    for change in changes:
        click.echo(
            f"{change.document}: {change.kept} sentences kept, {change.changed} changed, {change.new} new,"
            f" {change.gone} gone",
            err=True,
        )


def _say_border(border: "Recut", document: str) -> None:
    """Say on stderr which sentences were cut or joined, and how to take it back."""
    done = "{} and {} are one sentence now" if border.joined else "cut into {} and {}"
    back = f"; with an aligned translation `hexapla beads undo {document} --lang TAG` takes it back"
    click.echo(done.format(border.first, border.second) + back, err=True)
