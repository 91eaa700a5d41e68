"""`hexapla merge`: merge two versions of a catalog, of segments or alignments; git runs it, too."""

from pathlib import Path

import click

from .common import FILE, force_option


@click.command()
@click.argument("base", type=FILE)
@click.argument("ours", type=FILE)
@click.argument("theirs", type=FILE)
@click.option("--path", "name", metavar="PATH", help="Where the file lives; git's %P. Tells its kind and names it.")
@click.option("--output", "-o", type=FILE, help="Write to this file and leave OURS as it is.")
@force_option
def command(base: Path, ours: Path, theirs: Path, name: str | None, output: Path | None, force: bool) -> None:
    """Merge by entry what changed from BASE to OURS and from BASE to THEIRS, and write it to OURS.

    Exit code 0: merged. 1: a person has to decide; the file is valid and keeps both texts as a draft. 3: a file cannot
    be used; OURS is as it was. `hexapla git-setup` makes git merge with this command.
    """
    from ..errors import ProjectError
    from ..merging import merge_files
    from ..store import save_files

    if output is not None and not force and output.exists() and output.stat().st_size:
        raise ProjectError(f"{output}: is there already; --force replaces it")
    merged = merge_files(base, ours, theirs, name or str(ours))
    save_files({output or ours: merged.data})
    for sentence in (*merged.notes, *merged.conflicts):
        click.echo(sentence, err=True)
    click.get_current_context().exit(1 if merged.conflicts else 0)
