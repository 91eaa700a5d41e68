"""The formats that are not compared here (Qt, Java, PHP and others), checked by GNU msgfmt where it is installed."""

import os
import re
import shutil
import subprocess
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from .catalog import Catalog
from .checks import Message
from .errors import Finding
from .placeholders import FORMATS

_FORMAT = re.compile(r"(?!no-|possible-|impossible-)[a-z+-]+-format")
_MESSAGE = re.compile(r"^<stdin>:([0-9]+): (?!warning:)(.+)", re.MULTILINE)


def check_other_formats(catalog: Catalog, messages: Sequence[Message]) -> tuple[list[Finding], list[str]]:
    """Return what msgfmt finds in the messages with other formats, and which formats nobody checked.

    Only these messages are given to it: what it would say of the rest is not asked for.
    """
    asked = [message for message in messages if _other_formats(message)]
    if not asked:
        return [], []
    program = shutil.which("msgfmt")
    if program is None:
        counts = Counter(form for message in asked for form in _other_formats(message))
        return [], [f"{form} is not checked in {n} entries: msgfmt is not installed" for form, n in counts.items()]
    text, starts = _part(catalog, asked)
    done = subprocess.run(  # noqa: S603 - the program is msgfmt, the text goes through a pipe
        [program, "--check-format", "--use-fuzzy", "--output-file", os.devnull, "-"],
        input=text.encode(catalog.encoding),
        capture_output=True,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace")
    findings = []
    for line, problem in _MESSAGE.findall(said):
        place = bisect_right(starts, int(line)) - 1
        if place >= 0:
            entry = asked[place].entry
            findings.append(Finding(entry.line, entry.msgid, problem.rstrip(". ")))
    if done.returncode and not findings:
        reason = said.strip().partition("\n")[0]
        findings.append(Finding(1, "", f"msgfmt cannot check the formats of this catalog: {reason}"))
    return findings, []


def _other_formats(message: Message) -> list[str]:
    flags = message.entry.flags
    return [flag for flag in flags if flag not in FORMATS and _FORMAT.fullmatch(flag)]


def _part(catalog: Catalog, messages: Sequence[Message]) -> tuple[str, list[int]]:
    """Return a catalog of these messages alone, and the line in which each begins."""
    text = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={catalog.encoding}\\n"\n'
    rule = catalog.header.get("Plural-Forms", "")
    text += f'"Plural-Forms: {rule}\\n"\n' if rule else ""
    line = text.count("\n") + 1
    parts, starts = [text], []
    for message in messages:
        starts.append(line)
        part = message.entry.replace(comments=(), extracted=(), references=()).raw.replace("\r\n", "\n") + "\n"
        parts.append(part)
        line += part.count("\n")
    return "".join(parts), starts
