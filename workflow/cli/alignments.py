"""What `hexapla align` does with the documents of a project, and how it shows what it found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from .common import note, open_here, progress, table
from .pieces import show_text

if TYPE_CHECKING:
    from ..bead_reasons import Case
    from ..plausibility import Plausibility
    from ..project import Project


def align(document: str | None, language: str | None, embed: str | None) -> None:
    """Align the existing translations of all documents, or of one, again; perhaps asking a model of meaning."""
    from ..embedding import find_embedding
    from ..pairing import align_project
    from ..store import writing

    project = open_here()
    documents, languages = project.select_documents(document), project.select_languages(language)
    model = find_embedding(embed) if embed else None
    with writing(project.root), progress() as show:
        done = align_project(project, documents, languages, show, embed=model, note=note)
    for aligned in done:
        click.echo(f"{aligned.document} {aligned.language}: {aligned.summary()}", err=True)


def realign(document: str | None, language: str | None, after: str | None, before: str | None) -> None:
    """Align a document again between two confirmed beads, or from one to an end."""
    from ..pairing import realign
    from ..store import writing

    project, document, tag = _one(document, language)
    with writing(project.root):
        aligned = realign(project, document, tag, after, before, note=note)
    click.echo(f"{aligned.document} {aligned.language}: {aligned.summary()}", err=True)


def check(document: str | None, language: str | None) -> None:
    """Judge the alignments of all documents, or of one, as they are."""
    from ..plausibility import plausibility
    from ..records import read_alignment

    project = open_here()
    found = [
        (name, tag, plausibility(read_alignment(project.alignment_path(name, tag)).beads))
        for name in project.select_documents(document)
        for tag in project.select_languages(language)
        if project.alignment_path(name, tag).exists()
    ]
    show_check(found)


def explain(document: str | None, language: str | None, wanted: str, *, as_json: bool) -> None:
    """Explain beads of a document as it is aligned."""
    from ..bead_reasons import document_case
    from ..store import writing

    project, document, tag = _one(document, language)
    with writing(project.root):
        case = document_case(project, document, tag, note=note)
    show_explanation(case, wanted, as_json=as_json)


def _one(document: str | None, language: str | None) -> "tuple[Project, str, str]":
    """Return the project, and the one document and language that were named."""
    if document is None or language is None:
        raise click.UsageError("name one document and its language: DOC --lang de")
    project = open_here()
    (name,), (tag,) = project.select_documents(document), project.select_languages(language)
    return project, name, tag


def show_check(found: "Iterable[tuple[str, str, Plausibility]]") -> None:
    """Print how sure each alignment is as a whole; exit with 1 where one is doubtful."""
    rows = list(found)
    cells = [(one, two, f"{p.confidence:.2f}", f"{p.matched:.0%}", p.doubt) for one, two, p in rows]
    click.echo(table(("text", "translation", "confidence", "matched", ""), cells))
    if any(judged.doubt for _, _, judged in rows):
        click.get_current_context().exit(1)


def show_explanation(case: "Case", wanted: str, *, as_json: bool) -> None:
    """Print why beads are as they are, the least sure first."""
    from ..bead_reasons import explain_beads, explained_json, explained_text

    found = explain_beads(case, wanted)
    if as_json:
        click.echo(explained_json(case, found), nl=False)
    else:
        for line in explained_text(case, found).split("\n")[:-1]:
            click.echo(show_text(line))
