"""`hexapla formats`: which documents can be read, and what of each is kept."""

import json

import click

from .common import json_option


@click.command()
@json_option
def command(as_json: bool) -> None:
    """List the formats that documents are read in, what each keeps, and the package it comes from."""
    from segments.documents import format_packages, installed_formats

    packages = format_packages()
    rows = [
        {"name": name, "extensions": list(form.EXTENSIONS), "keeps": form.KEEPS, "package": packages[name]}
        for name, form in installed_formats().items()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['name']}  {' '.join(row['extensions'])}  ({row['package']})\n    keeps {row['keeps']}")
