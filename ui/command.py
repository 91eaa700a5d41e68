"""`hexapla review`: open the project in the browser."""

from contextlib import suppress
from pathlib import Path

import click


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only print the address.")
def review(port: int, browser: bool) -> None:
    """Review source and target side by side in the browser.

    The pages are served to this machine alone (127.0.0.1). Ctrl+C ends it.
    """
    from workflow.project import open_project

    project = open_project(Path.cwd())

    from .server import serve

    with suppress(KeyboardInterrupt):  # Ctrl+C is how it ends
        serve(project.root, port, open_browser=browser)
