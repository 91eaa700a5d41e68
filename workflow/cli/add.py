"""`hexapla add`: take a document, or an existing translation of one, into the project."""

from pathlib import Path

import click

from .common import FILE, LANGUAGE, force_option, note, open_here, progress


@click.command()
@click.argument("file", type=FILE)
@click.option("--as", "name", metavar="DOC", help="Name of the source document; the file's name if not given.")
@click.option("--lang", "language", type=LANGUAGE, help="FILE is an existing translation in this language.")
@click.option("--of", "document", metavar="DOC", help="The document it translates; the file's name if not given.")
@force_option
def command(file: Path, name: str | None, language: str | None, document: str | None, force: bool) -> None:
    """Take FILE into the project and cut it into sentences; a translation is aligned at once.

    A gettext template such as app.pot is taken as it is, message by message, and so is an existing catalog of it:
    `hexapla add app.de.po --lang de --of app.pot`.
    """
    if language is None and document is not None:
        raise click.UsageError("--of needs --lang: say which language the translation is in")
    if language is not None and name is not None:
        raise click.UsageError("--as names a source document; a translation is named by --of")
    if language is None:
        _add_source(file, name)
    else:
        _add_translation(file, language, document or file.name, force=force)


def _add_source(file: Path, name: str | None) -> None:
    from ..ingest import add_document
    from ..store import writing

    project = open_here()
    with writing(project.root):
        change = add_document(project, file, name)
    click.echo(f"{change.document}: {change.new + change.kept + change.changed} sentences", err=True)


def _add_translation(file: Path, language: str, document: str, *, force: bool) -> None:
    from ..pairing import add_translation
    from ..project import is_catalog
    from ..software import add_catalog
    from ..store import writing

    project = open_here()
    if is_catalog(document):
        with writing(project.root):
            found = add_catalog(project, file, language, document, force=force)
        kept, new = len(found.carried) + len(found.revived), len(found.new) + len(found.changed)
        click.echo(f"{document} {language}: {kept} messages, {new} new, {len(found.gone)} gone", err=True)
        return
    with writing(project.root), progress() as show:
        aligned = add_translation(project, file, language, document, force=force, progress=show, note=note)
    click.echo(f"{document} {language}: {aligned.summary()}", err=True)
