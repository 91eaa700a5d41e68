"""Update real catalogs to a much later version of their program, with Hexapla and with msgmerge, and compare.

    python benchmarks/update.py [--wheels DIR] [--repeat N] [--json FILE]

The catalogs are those inside the wheels of `PROGRAMS`, in an early and a late version; without --wheels they are
downloaded by pip. The early catalog is updated to the messages of the late one. The last row is made: 3,600 messages of
one catalog in shuffled blocks, of which 40 % have 30 % of their words changed; there the right source is known.

CPU is user and system time of the whole program, the best of N runs, less that of a run on an empty catalog. Lost are
exact translations whose text stands in the new template. Drafts are those for messages whose text is not in the old
catalog; their similarity is that (Indel ratio) of the new text and the text that the translation was made for, their
use the similarity of the offered translation and the one that people published later.
"""

import argparse
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from statistics import fmean

from rapidfuzz import fuzz

from locales import Catalog, CatalogError, Entry, State, new_catalog, new_entry, read_catalog

PROGRAMS = (("Django", "3.2", "5.2"), ("wagtail", "2.11", "6.4"), ("pretix", "4.0.0", "2024.10.0"))
LANGUAGES = ("de", "fr", "ru", "ja")
ALIKE = 60.0
SEED = 7
MADE_FROM = ("pretix", "de")
MADE_SIZE = 3_600
EMPTY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


@dataclass(frozen=True, slots=True)
class Case:
    """One update: the old catalog, the new template, and what is known of the right result, by key."""

    name: str
    old: Path
    template: Path
    translations: dict[tuple[str | None, str], str]
    sources: dict[tuple[str | None, str], str]


@dataclass(slots=True)
class Result:
    """What one tool made of the cases of one program and language."""

    name: str
    tool: str
    messages: int = 0
    cpu: float = 0.0
    lost: int = 0
    drafts: int = 0
    alike: int = 0
    similarity: float = 0.0
    use: float = 0.0
    right: float | None = None


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheels = arguments.wheels or download(work / "wheels")
        groups = [found for program in PROGRAMS for found in find_cases(program, wheels, work)]
        groups.append([make_case(groups, work)])
        results = [result for group in groups for result in measure(group, work, arguments.repeat)]
        print_table(results)
        print(signature([case for group in groups for case in group]))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(result) for result in results], indent=1), encoding="utf-8")


def download(folder: Path) -> Path:
    """Download the wheels by pip."""
    for name, *versions in PROGRAMS:
        for each in versions:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
            subprocess.run([*pip, "--dest", folder, f"{name}=={each}"], check=True)
    return folder


def find_cases(program: tuple[str, str, str], wheels: Path, work: Path) -> list[list[Case]]:
    """Return the cases of one program, those of a language together; only catalogs that both versions have."""
    name, *versions = program
    archives = [zipfile.ZipFile(next(wheels.glob(f"{name}-{each}-*.whl"))) for each in versions]
    paths = sorted(set(archives[0].namelist()) & set(archives[1].namelist()))
    groups = []
    for language in LANGUAGES:
        cases = []
        for path in paths:
            if path.endswith(".po") and f"/{language}/LC_MESSAGES/" in path:
                old, new = (work / each / path for each in versions)
                for file, archive in zip((old, new), archives, strict=True):
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(archive.read(path))
                try:
                    read_catalog(old)
                    catalog = read_catalog(new)
                except CatalogError as error:  # msgfmt -c refuses it too
                    print(f"left out: {path}: {error}", file=sys.stderr)
                    continue
                translations = {entry.key: entry.msgstr for entry in catalog if entry.state >= State.TRANSLATED}
                template = write_template(catalog, new.with_suffix(".pot"))
                cases.append(Case(f"{name} {language}", old, template, translations, {}))
        if cases:
            groups.append(cases)
    return groups


def write_template(catalog: Catalog, path: Path) -> Path:
    """Write the messages of a catalog without their translations."""
    entries = (
        new_entry(
            msgctxt=entry.msgctxt,
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            extracted=entry.extracted,
            references=entry.references,
            flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        )
        for entry in catalog
        if not entry.obsolete
    )
    new_catalog("und", entries, template=True).save(path)
    return path


def make_case(groups: Sequence[Sequence[Case]], work: Path) -> Case:
    """Return the case that is made: blocks of a real catalog shuffled, words of its messages changed."""
    chance = random.Random(SEED)
    (case,) = [max(group, key=size) for group in groups if group[0].name == " ".join(MADE_FROM)]
    catalog = read_catalog(case.old)
    known: dict[str, Entry] = {
        entry.msgid: entry for entry in catalog if entry.state >= State.TRANSLATED and not entry.msgid_plural
    }
    entries = list(known.values())[:MADE_SIZE]
    words = [word for entry in entries for word in entry.msgid.split()]
    blocks = []
    rest = entries
    while rest:
        length = chance.randrange(5, 60)
        blocks.append(rest[:length])
        rest = rest[length:]
    chance.shuffle(blocks)
    sources: dict[tuple[str | None, str], str] = {}
    texts: dict[str, None] = {}
    for entry in (entry for block in blocks for entry in block):
        text = entry.msgid
        if chance.random() < 0.4:
            text = " ".join(chance.choice(words) if chance.random() < 0.3 else word for word in text.split(" "))
        if text not in texts:
            texts[text] = None
            if text not in known:
                sources[None, text] = entry.msgid
    old, template = work / "made.po", work / "made.pot"
    new_catalog("de", [new_entry(msgid=entry.msgid, msgstr=entry.msgstr) for entry in entries]).save(old)
    new_catalog("und", [new_entry(msgid=text) for text in texts], template=True).save(template)
    return Case("made de", old, template, {key: known[text].msgstr for key, text in sources.items()}, sources)


def size(case: Case) -> int:
    """Return how many bytes the old catalog has."""
    return case.old.stat().st_size


def measure(cases: Sequence[Case], work: Path, repeat: int) -> list[Result]:
    """Run both tools over the cases, each case by turns."""
    programs = {
        "hexapla": [sys.executable, "-m", "workflow.cli", "update", "--force"],
        "msgmerge": ["msgmerge", "--quiet", "--previous", "--no-wrap"],
    }
    results = {tool: Result(cases[0].name, tool) for tool in programs}
    drafts: dict[str, list[tuple[float, float | None, bool]]] = {tool: [] for tool in programs}
    empty = work / "empty.po"
    empty.write_text(EMPTY, encoding="utf-8")
    for case in cases:
        for tool, command in programs.items():
            out = work / f"{tool}.po"
            start = min(cpu([*command, "-o", out, empty, empty]) for _ in range(repeat + 2))
            spent = min(cpu([*command, "-o", out, case.old, case.template]) for _ in range(repeat))
            results[tool].cpu += max(0.0, spent - start)
            judge(case, read_catalog(out), results[tool], drafts[tool])
    for tool, result in results.items():
        summarise(result, drafts[tool], known=bool(cases[0].sources))
    return list(results.values())


def cpu(command: Sequence[str | Path]) -> float:
    """Run a program and return its user and system time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def judge(case: Case, made: Catalog, result: Result, drafts: list[tuple[float, float | None, bool]]) -> None:
    """Add what is lost and offered in one updated catalog."""
    old = read_catalog(case.old)
    live = [entry for entry in made if not entry.obsolete]
    result.messages += len(live)
    texts = {(entry.msgid, entry.msgid_plural) for entry in live}
    exact = {(entry.msgid, *entry.forms()) for entry in live if entry.state >= State.TRANSLATED}
    for entry in old:
        if not entry.obsolete and entry.state >= State.TRANSLATED and (entry.msgid, entry.msgid_plural) in texts:
            result.lost += (entry.msgid, *entry.forms()) not in exact
    known = {entry.msgid for entry in old}
    for entry in live:
        if entry.previous_msgid is not None and entry.msgid not in known:
            published = case.translations.get(entry.key)
            use = None if published is None else fuzz.ratio(entry.msgstr, published) / 100
            right = case.sources.get(entry.key) == entry.previous_msgid
            drafts.append((fuzz.ratio(entry.msgid, entry.previous_msgid), use, right))


def summarise(result: Result, drafts: Sequence[tuple[float, float | None, bool]], *, known: bool) -> None:
    """Fill in the means over all drafts."""
    if drafts:
        result.drafts = len(drafts)
        result.alike = sum(similarity >= ALIKE for similarity, _, _ in drafts)
        result.similarity = fmean(similarity for similarity, _, _ in drafts) / 100
        uses = [use for _, use, _ in drafts if use is not None]
        result.use = fmean(uses) if uses else 0.0
        result.right = sum(right for _, _, right in drafts) / len(drafts) if known else None


def print_table(results: Sequence[Result]) -> None:
    """Print two rows a program and language."""
    print(f"{'catalogs':14}{'tool':10}{'messages':>9}{'CPU s':>8}{'ratio':>8}{'lost':>6}", end="")
    print(f"{'drafts':>8}{'>= .6':>7}{'similarity':>12}{'use':>7}{'right':>7}")
    for ours, theirs in zip(results[::2], results[1::2], strict=True):
        for row, ratio in ((ours, f"{ours.cpu / theirs.cpu:.1%}"), (theirs, "")):
            right = "" if row.right is None else f"{row.right:.3f}"
            print(f"{row.name:14}{row.tool:10}{row.messages:9}{row.cpu:8.2f}{ratio:>8}{row.lost:6}", end="")
            print(f"{row.drafts:8}{row.alike:7}{row.similarity:12.4f}{row.use:7.3f}{right:>7}")


def signature(cases: Sequence[Case]) -> str:
    """Say with what, and on which bytes, the figures were made."""
    digest = blake2b(digest_size=6)
    for case in cases:
        digest.update(case.old.read_bytes() + case.template.read_bytes())
    programs = ", ".join(f"{name} {early} to {late}" for name, early, late in PROGRAMS)
    gettext = subprocess.run(["msgmerge", "--version"], check=True, capture_output=True, text=True).stdout.split("\n")[
        0
    ]
    packages = ", ".join(f"{name} {version(name)}" for name in ("hexapla", "rapidfuzz"))
    return f"\n{packages}, {gettext}, Python {platform.python_version()}; {programs}; data {digest.hexdigest()}"


if __name__ == "__main__":
    main()
