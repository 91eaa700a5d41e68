"""`hexapla git-setup`: make git merge catalogs by entry."""

import shutil
from pathlib import Path

import click

from .common import force_option


@click.command("git-setup")
@force_option
def command(force: bool) -> None:
    """Make git merge the catalogs, segments and alignments of this project, or of this folder, by entry.

    Adds lines to .gitattributes, to be committed, and the merge driver to the configuration of this clone; everybody
    who clones the project runs this once.
    """
    from ..folders import find_root
    from ..git import ATTRIBUTES, CONFIG, set_up

    folder = find_root(Path.cwd()) or Path.cwd()
    done = set_up(folder, force=force)
    for line in done.attributes:
        click.echo(f"{ATTRIBUTES}: {line}", err=True)
    for key in done.config:
        click.echo(f"git config: {key} = {CONFIG[key]}", err=True)
    for key in done.kept:
        click.echo(f"git config: {key} has another value and stays as it is; --force replaces it", err=True)
    if not done.attributes and not done.config:
        click.echo("nothing to do: git is set up", err=True)
    if shutil.which("hexapla") is None:
        click.echo("git will not find `hexapla`: it is not on the PATH of this shell", err=True)
