"""`hexapla check`: is a catalog sound, and if not, mend it."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FILE, LANGUAGE, drafts_option, force_option, json_option

if TYPE_CHECKING:
    from locales import Finding


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a file, what was changed in it, and what is only worth a word."""

    path: str
    findings: "tuple[Finding, ...]" = ()
    changes: "tuple[Finding, ...]" = ()
    notes: "tuple[Finding, ...]" = ()


@click.command()
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@drafts_option
@click.option("--check-accelerators", "accelerator", metavar="MARK", default="", help="Compare accelerators: & or _.")
@click.option("--repair", is_flag=True, help="Mend what cannot be read; every change is listed.")
@click.option("--to-utf8", is_flag=True, help="Convert to UTF-8; the texts stay the same.")
@click.option("--charset", help="With --repair: charset of bytes that are no text, such as windows-1252.")
@click.option("--lang", "language", type=LANGUAGE, help="With --repair: language of a catalog without header.")
@click.option("--output", "-o", type=FILE, help="Write the result here and leave FILE as it is.")
@force_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    drafts: bool,
    accelerator: str,
    repair: bool,
    to_utf8: bool,
    charset: str | None,
    language: str | None,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Check PO catalogs as msgfmt -c does, and the tags in them; exit with 1 if anything is wrong, by file and line.

    Nothing is written unless --repair or --to-utf8 is given. Then FILE is kept beside the new one as FILE.bak, which is
    never replaced without --force, or left as it is where -o names another file.
    """
    if output is not None and (len(files) > 1 or not (repair or to_utf8)):
        raise click.UsageError("-o goes with --repair or --to-utf8, and with one FILE")
    if (charset or language) and not repair:
        raise click.UsageError("--charset and --lang go with --repair")
    if charset and not _is_charset(charset):
        raise click.UsageError(f"--charset {charset}: no such charset is known; write it as in windows-1252 or utf-8")
    changed = [(path, *_changed(path, repair, to_utf8, charset, language)) for path in files]
    reports = []
    for path, data, changes in changed:
        if data is not None and (output is not None or data != path.read_bytes()):
            _write(path, data, output, force=force)
        findings, notes = _look(path, path.read_bytes() if data is None else data, drafts, accelerator)
        reports.append(Report(str(path), findings, changes, notes))
    if as_json:
        click.echo(json.dumps([asdict(report) for report in reports], ensure_ascii=False, indent=1))
    else:
        for line in _lines(reports):
            click.echo(line)
    if any(report.findings for report in reports):
        context.exit(1)


def _is_charset(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _changed(
    path: Path, repair: bool, to_utf8: bool, charset: str | None, language: str | None
) -> "tuple[bytes | None, tuple[Finding, ...]]":
    """Return what is to be written, None where nothing was asked for, and what was changed."""
    from locales import parse_catalog
    from locales.repair import repair_catalog

    from ..store import read_bytes

    data = read_bytes(path)
    changes: tuple[Finding, ...] = ()
    if repair:
        repaired = repair_catalog(data, str(path), charset=charset, language=language)
        data, changes = repaired.data, repaired.changes
    if to_utf8:
        data = parse_catalog(data, str(path)).to_utf8()
    return (data if repair or to_utf8 else None), changes


def _look(path: Path, data: bytes, drafts: bool, accelerator: str) -> "tuple[tuple[Finding, ...], tuple[Finding, ...]]":
    """Return what is wrong with a catalog and what is worth a word."""
    from locales import CatalogError, Finding, parse_catalog
    from locales.checks import find_problems, finished, header_notes
    from locales.msgfmt import check_other_formats

    from ..tag_checks import tag_findings

    try:
        catalog = parse_catalog(data, str(path))
    except CatalogError as error:
        return (Finding(error.line, error.msgid or "", error.problem),), ()
    messages = finished(catalog, drafts=drafts)
    others, unchecked = check_other_formats(catalog, messages)
    notes = [*header_notes(catalog), *(Finding(1, "", note) for note in unchecked)]
    tags = tag_findings(catalog, drafts=drafts)
    return (*find_problems(catalog, messages, accelerator), *others, *tags), tuple(notes)


def _write(path: Path, data: bytes, output: Path | None, *, force: bool) -> None:
    from ..errors import ProjectError
    from ..store import read_bytes, save_files

    backup = path.with_name(path.name + ".bak")
    target = output or backup
    if target.exists() and not force:
        raise ProjectError(f"{target}: is there already; --force replaces it")
    save_files({output: data} if output else {backup: read_bytes(path), path: data})


def _lines(reports: list[Report]) -> Iterator[str]:
    for report in reports:
        for change in report.changes:
            yield f"{report.path}:{change.line}: changed: {change.problem}"
        for finding in report.findings:
            yield f"{report.path}:{finding.line}: {finding.problem}"
        for note in report.notes:
            yield f"{report.path}:{note.line}: note: {note.problem}"
