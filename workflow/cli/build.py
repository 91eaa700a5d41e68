"""`hexapla build`: documents in the target languages."""

import click

from .common import document_argument, drafts_option, json_option, language_option, open_here, progress
from .published import show


@click.command()
@document_argument
@language_option
@drafts_option
@json_option
def command(document: str | None, language: str | None, drafts: bool, as_json: bool) -> None:
    """Build the documents of this project (or DOCUMENT alone) from confirmed translations, into out/."""
    from ..project import is_catalog
    from ..publish import build_documents
    from ..store import writing

    project = open_here()
    documents = project.select_documents(document)
    with writing(project.root), progress() as bar:
        made = build_documents(project, documents, project.select_languages(language), drafts=drafts, progress=bar)
    show(project.root, made, as_json=as_json)
    for name in filter(is_catalog, documents):
        click.echo(f"{name}: is a catalog, which is not built but compiled: `hexapla compile {name}`", err=True)
