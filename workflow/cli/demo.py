"""`hexapla demo`: the sample project."""

import shlex
from pathlib import Path

import click

from .common import progress, table
from .status import status_table


@click.command()
@click.argument("folder", metavar="[DIR]", default="demo-project", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make the sample project in DIR and run everything on it: add, align, compile, build."""
    from ..demo import make_demo

    with progress() as show:
        demo = make_demo(folder, show)
    click.echo(status_table(demo.status))
    click.echo()
    made = [(c.path.relative_to(demo.project.root), c.tally.translated, c.tally.untranslated) for c in demo.compiled]
    made += [(b.path.relative_to(demo.project.root), b.translated, b.untranslated) for b in demo.built]
    click.echo(table(("file", "sentences", "untranslated"), made))
    click.echo(
        f"\nDrafts went into these files; without --drafts only confirmed sentences do.\n\nNext:\n"
        f"  cd {shlex.quote(str(folder))}\n"
        "  hexapla review                          confirm or mend, side by side in the browser\n"
        "  hexapla confirm --min-confidence 0.95   confirm what the aligner is sure of\n"
        "  hexapla status                          how far every document is\n"
        "  hexapla compile                         catalogs to .mo files\n"
        "  hexapla build                           translated documents, into out/"
    )
