"""`hexapla update`: follow a source document, or a template, that changed."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FILE, check_outputs, force_option, json_option, note, open_here, progress, write_results

if TYPE_CHECKING:
    from locales import Entry
    from locales.update import Update

    from ..ingest import Change

_SHOWN = 10  # lines of a kind on the terminal; --json has all


@click.command()
@click.argument("old", metavar="[DOC|OLD.po]")
@click.argument("file", metavar="[FILE|NEW.pot]", type=FILE)
@click.option("--output", "-o", type=FILE, help="Write the updated catalog here instead of to standard output.")
@click.option("--in-place", is_flag=True, help="Write the updated catalog to OLD.po.")
@click.option("--dry-run", is_flag=True, help="Say what would become of it, and write nothing.")
@json_option
@force_option
def command(
    old: str, file: Path, output: Path | None, in_place: bool, dry_run: bool, as_json: bool, force: bool
) -> None:
    """Follow a source that changed. What was translated stays with the texts that stayed.

    With DOC and FILE, FILE becomes the new version of a document of this project. With OLD.po and NEW.pot (or another
    .po), any gettext catalog is brought up to its template, as msgmerge does. Either way a changed text keeps its
    translation as a draft with the previous text, a new one is untranslated or a draft from a similar text, and work
    without a text is kept as obsolete.
    """
    if Path(old).suffix == ".po" and file.suffix in (".po", ".pot"):
        if in_place + dry_run + (output is not None) > 1:
            raise click.UsageError("choose one of -o, --in-place and --dry-run")
        if as_json and not (in_place or dry_run or output):
            raise click.UsageError("--json needs the standard output; say with -o or --in-place where the catalog goes")
        _update_catalog(Path(old), file, output, in_place=in_place, dry_run=dry_run, as_json=as_json, force=force)
        return
    if output or in_place or force:
        raise click.UsageError("-o, --in-place and --force are for catalogs: name OLD.po and NEW.pot")
    _update_document(old, file, dry_run=dry_run, as_json=as_json)


def _update_catalog(
    old: Path, new: Path, output: Path | None, *, in_place: bool, dry_run: bool, as_json: bool, force: bool
) -> None:
    from locales import parse_catalog, read_catalog

    from ..entries import follow_template
    from ..errors import ProjectError
    from ..store import read_bytes

    template = parse_catalog(read_bytes(new), str(new))
    read_bytes(old)  # says in words what is wrong with the file
    catalog = read_catalog(old)
    if len(catalog) and not len(template):
        raise ProjectError(f"{new}: has no messages, so all work would become obsolete; make the template anew")
    update = follow_template(catalog, template)
    data = update.catalog.to_bytes()
    if in_place:
        update.catalog.save()
    elif not dry_run:
        check_outputs([output] if output else [], force=force)
        write_results({output: data})
    if as_json:
        click.echo(json.dumps(_data(update), ensure_ascii=False, indent=1))
        return
    click.echo(f"{old}: {_counts(update)}", err=True)
    _list("changed", (f"{each.previous} -> {each.entry.msgid}" for each in update.changed))
    _list("new", (entry.msgid for entry in update.new))
    _list("gone", (entry.msgid for entry in update.gone))


def _update_document(document: str, file: Path, *, dry_run: bool, as_json: bool) -> None:
    from ..ingest import update_document
    from ..pairing import follow_source
    from ..store import writing

    project = open_here()
    with writing(project.root), progress() as show:
        if dry_run:
            change = update_document(project, document, file).change
        else:
            change = follow_source(project, document, file, progress=show, note=note)
    if as_json:
        click.echo(json.dumps(_document_data(change), ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{document}: {change.kept} sentences kept, {change.changed} changed, {change.new} new, {change.gone} gone",
        err=True,
    )
    for language, update in change.updates.items():
        click.echo(f"  {language}: {_counts(update)}", err=True)
    _list("changed", (f"{before} -> {now}" for before, now in change.changed_texts))
    _list("new", change.new_texts)
    _list("gone", change.gone_texts)


def _counts(update: "Update") -> str:
    return (
        f"{len(update.carried)} carried, {len(update.changed)} changed (now drafts), {len(update.new)} new,"
        f" {len(update.gone)} gone (kept as obsolete), {len(update.revived)} revived"
    )


def _list(title: str, texts: Iterable[str]) -> None:
    lines = [" ".join(text.split()) for text in texts]
    for line in lines[:_SHOWN]:
        click.echo(f"  {title}: {line}", err=True)
    if len(lines) > _SHOWN:
        click.echo(f"  {title}: and {len(lines) - _SHOWN} more; --json lists all", err=True)


def _data(update: "Update") -> dict[str, object]:
    changed = [
        _key(each.entry) | {"previous": each.previous, "similarity": round(each.similarity, 4)}
        for each in update.changed
    ]
    return {
        "carried": list(map(_key, update.carried)),
        "changed": changed,
        "new": list(map(_key, update.new)),
        "gone": list(map(_key, update.gone)),
        "revived": list(map(_key, update.revived)),
    }


def _document_data(change: "Change") -> dict[str, object]:
    return {
        "document": change.document,
        "kept": change.kept,
        "changed": [{"previous": before, "text": now} for before, now in change.changed_texts],
        "new": change.new_texts,
        "gone": change.gone_texts,
        "languages": {language: _data(update) for language, update in change.updates.items()},
    }


def _key(entry: "Entry") -> dict[str, object]:
    return {"msgctxt": entry.msgctxt, "msgid": entry.msgid}
