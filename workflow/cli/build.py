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
    from ..publish import build_documents
    from ..store import writing

    project = open_here()
    with writing(project.root), progress() as bar:
        made = build_documents(
            project, project.select_documents(document), project.select_languages(language), drafts=drafts, progress=bar
        )
    show(project.root, made, as_json=as_json)
