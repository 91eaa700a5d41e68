"""`hexapla compile`: catalogs to MO files."""

import click

from .common import document_argument, drafts_option, json_option, language_option, open_here
from .published import show


@click.command()
@document_argument
@language_option
@drafts_option
@json_option
def command(document: str | None, language: str | None, drafts: bool, as_json: bool) -> None:
    """Compile the catalogs of this project (or of DOCUMENT alone) to MO files beside them."""
    from ..publish import compile_catalogs
    from ..store import writing

    project = open_here()
    with writing(project.root):
        made = compile_catalogs(
            project, project.select_documents(document), project.select_languages(language), drafts=drafts
        )
    show(project.root, made, as_json=as_json)
