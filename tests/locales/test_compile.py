import gettext
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.support import Translations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locales import (
    WORD_JOINER,
    Catalog,
    CompileError,
    Fact,
    State,
    UnencodableError,
    compile_catalog,
    new_catalog,
    new_entry,
    parse_catalog,
)
from locales.checks import finished
from locales.msgfmt import check_other_formats

needs_msgfmt = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")

HEADER = (
    'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2024-05-01 12:00+0000\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
ENTRIES = """\
msgid "tea"
msgstr "Tee"

msgctxt "drink"
msgid "tea"
msgstr "Tee 茶"

msgid "a day"
msgid_plural "%d days"
msgstr[0] "ein Tag"
msgstr[1] "%d Tage"

#, fuzzy
msgid "draft"
msgstr "Entwurf"

msgid "untranslated"
msgstr ""

msgid "half"
msgid_plural "halves"
msgstr[0] "halb"
msgstr[1] ""

#~ msgid "gone"
#~ msgstr "weg"
"""


def read(data: bytes) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(data))


def catalog_of(entries: str = ENTRIES, header: str = HEADER) -> Catalog:
    return parse_catalog((header + entries).encode())


def msgfmt(catalog: Catalog, folder: Path, *options: str) -> bytes | None:
    """Return what msgfmt makes of the catalog; None where it refuses."""
    source, target = folder / "a.po", folder / "a.mo"
    source.write_bytes(catalog.to_bytes())
    command = ["msgfmt", "--no-hash", "--endianness=little", *options, "-o", target, source]
    done = subprocess.run(command, capture_output=True)
    return None if done.returncode else target.read_bytes()


def test_gettext_reads_what_is_translated_and_falls_back_to_the_source() -> None:
    translations = read(compile_catalog(catalog_of()))
    assert translations.gettext("tea") == "Tee"
    assert translations.pgettext("drink", "tea") == "Tee 茶"
    assert [translations.ngettext("a day", "%d days", n) for n in (1, 2)] == ["ein Tag", "%d Tage"]
    assert [translations.gettext(text) for text in ("draft", "untranslated", "gone")] == [
        "draft",
        "untranslated",
        "gone",
    ]
    assert translations.ngettext("half", "halves", 1) == "half"
    assert translations.info()["plural-forms"] == "nplurals=2; plural=(n != 1);"


def test_babel_reads_it_too() -> None:
    translations = Translations(io.BytesIO(compile_catalog(catalog_of())))
    assert translations.upgettext("drink", "tea") == "Tee 茶"
    assert translations.ungettext("a day", "%d days", 5) == "%d Tage"


def test_drafts_are_compiled_only_where_they_are_asked_for() -> None:
    translations = read(compile_catalog(catalog_of(), drafts=True))
    assert translations.gettext("draft") == "Entwurf"
    assert translations.gettext("untranslated") == "untranslated"


def test_entries_that_are_left_out_show_their_source() -> None:
    catalog = catalog_of()
    entry = catalog.get("tea")
    assert entry is not None
    translations = read(compile_catalog(catalog, leave_out=[entry]))
    assert translations.gettext("tea") == "tea"
    assert translations.pgettext("drink", "tea") == "Tee 茶"


def test_the_charset_of_the_catalog_is_kept() -> None:
    header = HEADER.replace("UTF-8", "KOI8-R")
    catalog = parse_catalog((header + 'msgid "spring"\nmsgstr "весна"\n').encode("koi8-r"))
    data = compile_catalog(catalog)
    assert "весна".encode("koi8-r") in data
    assert read(data).gettext("spring") == "весна"


def test_a_word_joiner_is_compiled_only_beside_its_fact() -> None:
    catalog = new_catalog("de", [new_entry(msgid=name) for name in ("linked", "omitted", "broken")])
    linked, omitted, broken = catalog
    catalog.translate(linked, WORD_JOINER, facts=[Fact("cont", (), "0123456789ab")])
    catalog.translate(omitted, WORD_JOINER, facts=[Fact("omit", (), "0123456789ab")])
    catalog.translate(broken, WORD_JOINER)
    translations = read(compile_catalog(catalog))
    assert [translations.gettext(name) for name in ("linked", "omitted", "broken")] == [
        WORD_JOINER,
        WORD_JOINER,
        "broken",
    ]


def test_the_date_of_the_template_is_left_out() -> None:
    assert "pot-creation-date" not in read(compile_catalog(catalog_of())).info()


REFUSED = {
    "no header": ("", ENTRIES, "no header"),
    "no charset": (HEADER.replace("; charset=UTF-8", ""), ENTRIES, "no charset"),
    "a template's charset": (HEADER.replace("UTF-8", "CHARSET"), ENTRIES, "no charset"),
    "no plural rule": (HEADER.replace("Plural-Forms: nplurals=2; plural=(n != 1);", "X: 1"), ENTRIES, "has to be"),
    "a template's plural rule": (HEADER.replace("2", "N"), ENTRIES, "Plural-Forms has to be"),
    "a rule with a syntax error": (HEADER.replace("!= 1)", "!= 1"), ENTRIES, "cannot be computed"),
    "a rule with a word": (HEADER.replace("(n != 1)", "EXPRESSION"), "", "cannot be computed"),
    "a rule that divides by zero": (HEADER.replace("n != 1", "1 / n"), ENTRIES, "divides by zero"),
    "a rule with more forms": (HEADER.replace("n != 1", "n"), ENTRIES, "its expression gives 1000"),
    "a rule with negative forms": (HEADER.replace("n != 1", "n - 1 > 0 ? 1 : 0 - 1"), ENTRIES, "gives -1"),
    "a newline at the beginning": (HEADER, 'msgid "\\na"\nmsgstr "b"\n', r"both begin with \\n"),
    "a newline at the end": (HEADER, 'msgid "a"\nmsgstr "b\\n"\n', r"both end with \\n"),
    "a newline in one form": (
        HEADER, 'msgid "a\\n"\nmsgid_plural "as\\n"\nmsgstr[0] "b\\n"\nmsgstr[1] "b"\n', r"both end with \\n"),
    "a word joiner for a line": (
        HEADER, f'# hx: omit 0123456789ab\nmsgid "a\\n"\nmsgstr "{WORD_JOINER}"\n', r"both end with \\n"),
    "a lost placeholder": (HEADER, '#, python-format\nmsgid "%s a"\nmsgstr "b"\n', "lacks % placeholder number 1"),
    "a lost brace": (HEADER, '#, python-brace-format\nmsgid "{x} a"\nmsgstr "b"\n', r"lacks \{x\}"),
    "a lost number": (
        HEADER, '#, python-format\nmsgid "a"\nmsgid_plural "%(n)d a"\nmsgstr[0] "b"\nmsgstr[1] "b"\n', r"lacks %\(n\)"),
}  # fmt: skip


@pytest.mark.parametrize(("header", "entries", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_break_a_program_is_refused(header: str, entries: str, problem: str) -> None:
    with pytest.raises(CompileError, match=problem) as caught:
        compile_catalog(catalog_of(entries, header))
    assert str(caught.value).startswith(f"<catalog>:{caught.value.findings[0].line}: ")


NO_MATTER_TO_MSGFMT = {"no charset", "a template's charset", "a rule with a word"}


@needs_msgfmt
@pytest.mark.parametrize("name", sorted(REFUSED.keys() - NO_MATTER_TO_MSGFMT))
def test_msgfmt_refuses_it_too(name: str, tmp_path: Path) -> None:
    header, entries, _ = REFUSED[name]
    assert msgfmt(catalog_of(entries, header), tmp_path, "-c") is None


def test_all_findings_are_named_with_their_lines() -> None:
    entries = 'msgid "a"\nmsgstr "b\\n"\n\nmsgid "c"\nmsgstr "\\nd"\n'
    with pytest.raises(CompileError, match=r"<catalog>:7: .* \(and 1 more\); correct it") as caught:
        compile_catalog(catalog_of(entries))
    assert [(finding.line, finding.msgid) for finding in caught.value.findings] == [(7, "a"), (10, "c")]


def test_a_draft_that_is_not_compiled_is_not_looked_at() -> None:
    catalog = catalog_of('#, fuzzy\nmsgid "a"\nmsgstr "b\\n"\n')
    assert compile_catalog(catalog)
    with pytest.raises(CompileError):
        compile_catalog(catalog, drafts=True)


def test_a_text_the_charset_cannot_hold_is_refused() -> None:
    catalog = parse_catalog((HEADER.replace("UTF-8", "US-ASCII") + 'msgid "a"\nmsgstr ""\n').encode())
    catalog.translate(next(iter(catalog)), "ä")
    with pytest.raises(UnencodableError):
        compile_catalog(catalog)


@needs_msgfmt
def test_the_bytes_are_those_of_msgfmt(tmp_path: Path) -> None:
    # msgfmt compiles a plural entry with an empty form; then a program would show nothing.
    catalog = catalog_of(ENTRIES.replace('"halb"', '""'))
    assert compile_catalog(catalog) == msgfmt(catalog, tmp_path, "-c")
    assert compile_catalog(catalog, drafts=True) == msgfmt(catalog, tmp_path, "-c", "--use-fuzzy")


TEXTS = st.text(st.sampled_from('ab é茶"\\\n%{}\t\u2060'), min_size=1, max_size=6).map(
    lambda text: text.strip("\n") or "x"
)


@needs_msgfmt
@given(st.dictionaries(st.tuples(st.none() | TEXTS, TEXTS), st.tuples(TEXTS, TEXTS, st.booleans()), max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_catalog_compiles_to_the_bytes_of_msgfmt(
    tmp_path: Path, texts: dict[tuple[str | None, str], tuple[str, str, bool]]
) -> None:
    catalog = new_catalog("de")
    catalog.arrange(
        new_entry(msgctxt=context, msgid=msgid, msgid_plural=f"{msgid}s" if plural else None)
        for (context, msgid), (_, _, plural) in texts.items()
    )
    for entry, (one, many, plural) in zip(catalog, texts.values(), strict=True):
        catalog.translate(entry, one, plural={1: many} if plural else None)
    catalog.arrange(entry for entry in catalog if entry.msgstr != WORD_JOINER)
    assert all(entry.state is State.TRANSLATED for entry in catalog)
    assert compile_catalog(catalog) == msgfmt(catalog, tmp_path, "-c")


def test_accelerators_are_compared_only_where_a_program_has_them() -> None:
    catalog = catalog_of('msgid "&Open"\nmsgstr "Öffnen"\n\nmsgid "a && b"\nmsgstr "a und b"\n')
    assert compile_catalog(catalog)
    with pytest.raises(CompileError, match="0 keyboard accelerator marks '&'") as caught:
        compile_catalog(catalog, accelerator="&")
    assert len(caught.value.findings) == 1


def test_a_number_may_be_missing_where_the_range_has_one_number_for_the_form() -> None:
    forms = 'msgid "%(n)d a"\nmsgid_plural "%(n)d as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\n'
    assert compile_catalog(catalog_of("#, python-format, range: 0..1\n" + forms))
    with pytest.raises(CompileError):
        compile_catalog(catalog_of("#, python-format, range: 0..9\n" + forms))


@needs_msgfmt
def test_other_formats_are_checked_by_msgfmt() -> None:
    catalog = catalog_of('# note\n#: a.cpp:1\n#, qt-format\nmsgid "%1 cups"\nmsgstr "%2 Tassen"\n')
    (finding,), unchecked = check_other_formats(catalog, finished(catalog))
    assert (finding.line, finding.msgid, unchecked) == (10, "%1 cups", [])
