"""`hexapla review`: open the project in the browser."""

from contextlib import suppress
from pathlib import Path

import click


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only print the address.")
@click.option("--user", metavar="NAME", help="Who reviews; by default whom git or the system names.")
def review(port: int, browser: bool, user: str | None) -> None:
    """Review source and target side by side in the browser.

    The pages are served to this machine alone (127.0.0.1), to whom the printed address lets in; it is good for one
    entry within ten minutes. Called again for the same project, it prints a new one. Ctrl+C ends the server.
    """
    from workflow.people import default_name, one_word
    from workflow.project import open_project
    from workflow.session import recover

    project = open_project(Path.cwd())
    recover(project)  # the overview reads the files
    name = one_word(user) if user is not None else default_name(project.root)
    if not name:
        raise click.UsageError("--user needs a name with letters or digits")

    from .server import serve

    with suppress(KeyboardInterrupt):  # Ctrl+C is how it ends
        serve(project, port, name, open_browser=browser)
