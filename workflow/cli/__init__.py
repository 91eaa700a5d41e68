"""The `hexapla` command: one module a command, loaded when it is asked for."""

from importlib import import_module

import click

from locales import LocalesError
from segments import SegmentsError
from segments.errors import PatternError

from ..errors import SettingsError, WorkflowError

COMMANDS = (
    "add",
    "align",
    "beads",
    "build",
    "check",
    "compile",
    "confirm",
    "demo",
    "diff",
    "edit",
    "find",
    "formats",
    "git-setup",
    "history",
    "init",
    "lexicon",
    "merge",
    "pseudo",
    "replace",
    "segment",
    "status",
    "undo",
    "update",
)
EXTENSIONS = "hexapla.commands"


class Commands(click.Group):
    """The commands of this package, and those that other packages register under ``hexapla.commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in alphabetical order."""
        from importlib import metadata  # a third of the start-up, and most commands are known without it

        return sorted({*COMMANDS, *metadata.entry_points(group=EXTENSIONS).names})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        if name in COMMANDS:
            module = import_module(f".{name.replace('-', '_')}", __name__)
            return _command(getattr(module, "command"))  # noqa: B009 - the name is fixed
        from importlib import metadata

        for entry_point in metadata.entry_points(group=EXTENSIONS, name=name):
            return _command(entry_point.load())
        return None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what can go wrong ends in one sentence and exit code 3, or 2 for what the settings say."""
        try:
            return super().invoke(ctx)
        except (WorkflowError, SegmentsError, LocalesError, OSError) as error:
            if isinstance(error, BrokenPipeError) or ctx.params["debug"]:
                raise
            click.echo(f"hexapla: {error}", err=True)
            ctx.exit(2 if isinstance(error, SettingsError | PatternError) else 3)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show the Python traceback of an error.")
@click.version_option(package_name="hexapla")
def main(debug: bool) -> None:
    """Split, align, review and compile translations in plain gettext catalogs."""


def _command(found: object) -> click.Command:
    if not isinstance(found, click.Command):
        raise TypeError(f"{found!r} is registered under {EXTENSIONS} but is no click command")
    return found
