"""`hexapla init`: make a folder a project."""

from pathlib import Path

import click

from .common import LANGUAGE, LANGUAGES


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--source", "-s", type=LANGUAGE, required=True, help="Language that documents are written in.")
@click.option("--target", "-t", "targets", type=LANGUAGES, required=True, help="Target languages, such as de,fa.")
@click.option("--name", help="Name of the project; the folder's name if not given.")
def command(folder: Path, source: str, targets: tuple[str, ...], name: str | None) -> None:
    """Make DIR (this folder if not given) a project. Languages are BCP 47 tags: de, pt-BR, zh-Hans."""
    from ..project import create_project

    project = create_project(folder, source, list(targets), name)
    click.echo(f"{folder}: a project from {project.source} to {', '.join(project.targets)}", err=True)
    click.echo("Next: hexapla add FILE", err=True)
