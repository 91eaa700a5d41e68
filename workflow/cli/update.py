"""`hexapla update`: follow a source document that changed."""

from pathlib import Path

import click

from .common import FILE, open_here, progress


@click.command()
@click.argument("document", metavar="DOC")
@click.argument("file", type=FILE)
def command(document: str, file: Path) -> None:
    """Take FILE as the new version of DOC. Translations stay with the sentences that stayed."""
    from ..ingest import update_document
    from ..pairing import align_project, check_readable
    from ..store import writing

    project = open_here()
    with writing(project.root), progress() as show:
        check_readable(project, [document])
        change = update_document(project, document, file)
        align_project(project, [document], project.targets, show)
    click.echo(
        f"{document}: {change.kept} sentences kept, {change.changed} changed, {change.new} new, {change.gone} gone",
        err=True,
    )
