"""`hexapla compile`: catalogs to MO files."""

import json
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import drafts_option, json_option, language_option, open_at, table

if TYPE_CHECKING:
    from ..compiling import Compiled, Options, Source

Row = dict[str, "str | int"]


@click.command()
@click.argument("name", metavar="[DOC|DIR]", required=False)
@language_option
@drafts_option
@click.option("--check", is_flag=True, help="Write nothing; list what would be refused.")
@click.option("--check-accelerators", "accelerator", metavar="MARK", default="", help="Compare accelerators: & or _.")
@click.option("--keep-going", "-k", is_flag=True, help="Compile what is sound although other catalogs are refused.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    name: str | None,
    language: str | None,
    drafts: bool,
    check: bool,
    accelerator: str,
    keep_going: bool,
    as_json: bool,
) -> None:
    """Compile catalogs (PO) to MO files beside them; those that have not changed are passed over.

    In a project these are its catalogs, or those of DOC alone. Elsewhere, and for DIR, these are all *.po files below
    the folder; no project is needed. A name that is both means the document; ./DIR means the folder.

    What would break a program (all that msgfmt -c refuses) is listed with file and line. Then no MO file is written at
    all, unless --keep-going is given, and the exit code is 1; it is 3 where a catalog cannot even be read.
    """
    from ..compiling import Options

    root, sources = _sources(name, language)
    done = _compile(root, sources, Options(drafts, accelerator, check, keep_going))
    rows = _rows(done)
    if as_json:
        click.echo(json.dumps({"languages": rows, **_details(done)}, ensure_ascii=False, indent=1))
    elif rows:
        click.echo(table(list(rows[0]), [list(row.values()) for row in rows]))
    _talk(done, drafts=sum(each.tally.drafts for each in done))
    refused = {each.outcome for each in done if each.refused}
    if refused:
        context.exit(3 if "unreadable" in refused and not check else 1)


def _sources(name: str | None, language: str | None) -> "tuple[Path, list[Source]]":
    """Return the catalogs that are meant, and the folder that they are named relative to."""
    from ..compiling import project_sources, tree_sources
    from ..folders import find_root

    folder = Path(name or ".").resolve()
    here, root = find_root(Path.cwd()), find_root(folder)
    if here and (name is None or not folder.is_dir() or _is_document(name)):
        root, document = here, name
    elif root == folder:
        document = None
    else:
        root = root or folder
        return root, tree_sources(folder, root, language)
    project = open_at(root)
    return root, project_sources(project, project.select_documents(document), project.select_languages(language))


def _is_document(name: str) -> bool:
    from ..project import open_project

    return name in open_project(Path.cwd()).documents()


def _compile(root: Path, sources: "Sequence[Source]", options: "Options") -> "list[Compiled]":
    from ..compiling import compile_catalogs
    from ..folders import SETTINGS
    from ..store import writing

    in_project = (root / SETTINGS).is_file()
    with writing(root) if in_project and not options.check else nullcontext():
        return compile_catalogs(root, sources, options)


def _rows(done: "Sequence[Compiled]") -> list[Row]:
    """Return one row of sums for each language, in the order in which they come."""
    rows: dict[str, Row] = {}
    for each in done:
        language = each.source.language
        row = rows.setdefault(language, {"language": language, "catalogs": 0})
        counts = {"catalogs": 1, **each.tally._asdict(), **_outcomes(each)}
        for name, count in counts.items():
            row[name] = int(row.get(name, 0)) + count
    return list(rows.values())


def _outcomes(each: "Compiled") -> dict[str, int]:
    return {
        "written": int(each.outcome == "written"),
        "pending": int(each.outcome == "pending"),
        "unchanged": int(each.outcome == "unchanged"),
        "refused": int(each.refused),
    }


def _details(done: "Sequence[Compiled]") -> dict[str, list[Row]]:
    catalogs: list[Row] = [
        {"path": each.source.name, "language": each.source.language, **each.tally._asdict(), "outcome": each.outcome}
        for each in done
    ]
    findings: list[Row] = [
        {"path": each.source.name, "line": finding.line, "msgid": finding.msgid, "problem": finding.problem}
        for each in done
        for finding in each.findings
    ]
    notes: list[Row] = [{"path": each.source.name, "note": note} for each in done for note in each.notes]
    return {"catalogs": catalogs, "findings": findings, "notes": notes}


def _talk(done: "Sequence[Compiled]", drafts: int) -> None:
    """Say on stderr what the table cannot: findings with their places, notes, what was left out."""
    for each in done:
        for finding in each.findings:
            click.echo(f"hexapla: {each.source.name}:{finding.line}: {finding.problem}", err=True)
        for note in each.notes:
            click.echo(f"{each.source.name}: {note}", err=True)
    if drafts and not any(each.refused for each in done):
        click.echo(f"{drafts} drafts were left out; confirm them, or take them too with --drafts", err=True)
