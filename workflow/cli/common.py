"""What several commands share: language options, finding the project, tables, progress."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..project import Project
    from ..recutting import Recut


class Language(click.ParamType[Any]):
    """A BCP 47 tag, brought to its canonical form."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the canonical tag.

        Raises:
            UnknownLanguageError: there is no such language.
        """
        from locales.tags import canonical

        return canonical(str(value))


class Languages(Language):
    """Several BCP 47 tags, separated by commas."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the canonical tags, in the order given."""
        one = super().convert
        return tuple(one(tag.strip(), param, ctx) for tag in str(value).split(",") if tag.strip())


LANGUAGE = Language()
LANGUAGES = Languages()
FILE = click.Path(path_type=Path)

document_argument = click.argument("document", required=False)
language_option = click.option("--lang", "language", type=LANGUAGE, help="Only this target language.")
drafts_option = click.option("--drafts", "--fuzzy", is_flag=True, help="Take drafts too, not only confirmed work.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
force_option = click.option("--force", is_flag=True, help="Replace what is there.")


def note(text: str) -> None:
    """Say something beside the result, on stderr."""
    click.echo(text, err=True)


def open_here() -> "Project":
    """Open the project that the current folder lies in, as `open_at` does."""
    return open_at(Path.cwd())


def open_at(folder: Path) -> "Project":
    """Open the project that a folder lies in, its catalogs brought up to what was reviewed in a browser."""
    from ..project import open_project
    from ..session import recover

    project = open_project(folder)
    recover(project)
    return project


def check_outputs(outputs: Sequence[Path], *, force: bool) -> None:
    """Refuse, before the work begins, to write a file twice or over what somebody has.

    Raises:
        ProjectError: two outputs are the same file, or one holds something already and ``force`` is not given.
    """
    from ..errors import ProjectError

    for number, output in enumerate(outputs):
        if output in outputs[:number]:
            raise ProjectError(f"{output}: is named as an output twice; give each result a file of its own")
        if not output.parent.is_dir():
            raise ProjectError(f"{output}: there is no folder {output.parent}; make it first, or check the name")
        if not force and output.exists() and output.stat().st_size:
            raise ProjectError(f"{output}: is there already; --force replaces it")


def write_results(results: Mapping[Path | None, str | bytes]) -> None:
    """Write results to their files, all or none; None is standard output. A text is written as UTF-8.

    Raises:
        ProjectError: a file cannot be written.
    """
    from ..store import save_files

    data = {o: r if isinstance(r, bytes) else r.encode("utf-8", "surrogatepass") for o, r in results.items()}
    save_files({output: result for output, result in data.items() if output is not None})
    if None in data:
        sys.stdout.buffer.write(data[None])


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay out a table; a column of numbers stands to the right.

    >>> print(table(["name", "n"], [["a", 10], ["bc", 2]]))
    name   n
    a     10
    bc     2
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    right = [bool(cells) and all(_numeric(row[i]) for row in cells) for i in range(len(head))]
    widths = [max(len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]

    def line(row: Sequence[str]) -> str:
        parts = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True))
        return "  ".join(parts).rstrip()

    return "\n".join(line(row) for row in [head, *cells])


def _numeric(cell: str) -> bool:
    return not cell.strip("0123456789.,%+-–")


def say_border(border: "Recut") -> None:
    """Say on stderr which sentences were cut or joined."""
    done = "{} and {} are one sentence now" if border.joined else "cut into {} and {}"
    click.echo(done.format(border.first, border.second), err=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress on stderr: what, how much is done, how much there is.

    Nothing is shown where stderr is no terminal.
    """
    bars: dict[str, Any] = {}

    def show(label: str, done: int, total: int) -> None:
        if label not in bars:
            bars[label] = click.progressbar(length=total, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())
            bars[label].render_progress()
        bar = bars[label]
        bar.update(done - bar.pos)
        if done >= total:
            bar.render_finish()

    yield show
