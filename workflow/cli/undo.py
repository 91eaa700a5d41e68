"""`hexapla undo`: take an operation back."""

import secrets

import click

from .common import open_here


@click.command()
@click.argument("operation")
def command(operation: str) -> None:
    """Take back an OPERATION, or all of a `replace`, where nothing has changed since; an undo can be undone.

    `hexapla history` shows operations. Exit code 1: some were changed meanwhile, and stay.
    """
    from ..people import default_name
    from ..session import Session

    project = open_here()
    name = secrets.token_hex(6)
    with Session(project) as session:
        done = []
        for catalog in session.having(operation):
            done += catalog.undo(operation, name, default_name(project.root))
            catalog.checkpoint()
    results = [outcome.result for outcome in done]
    saved = results.count("saved")
    click.echo(f"{saved} taken back; `hexapla undo {name}` does them again", err=True)
    if saved < len(results):
        click.echo(f"{len(results) - saved} stay: somebody changed them since", err=True)
        click.get_current_context().exit(1)
