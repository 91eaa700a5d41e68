from pathlib import Path

import pytest

from segments import split
from segments.errors import RulesError
from segments.srx import srx_ends

SRX = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="yes"/>
<body><languagerules><languagerule languagerulename="own">
<rule break="no"><beforebreak>\\bNo\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule break="yes"><beforebreak>[.;]</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="own"/></maprules></body></srx>
"""


def test_the_rules_of_an_srx_file_say_where_sentences_end(tmp_path: Path) -> None:
    (tmp_path / "own.srx").write_text(SRX, encoding="utf-8")
    text = "Take No. 5; it is late. Then\nwait."
    spans = split(text, "en", srx_ends(tmp_path / "own.srx", "en"))
    assert [text[span.slice()] for span in spans] == ["Take No. 5;", "it is late.", "Then", "wait."]


@pytest.mark.parametrize("data", ["", "no xml", SRX.replace("[.;]", "[.;")])
def test_a_file_that_is_no_srx_is_refused(tmp_path: Path, data: str) -> None:
    (tmp_path / "own.srx").write_text(data, encoding="utf-8")
    with pytest.raises(RulesError, match=r"own\.srx"):
        srx_ends(tmp_path / "own.srx", "en")


@pytest.mark.parametrize(
    ("before", "after"), [("[.;]", "(a|aa)+$"), ("(a|aa)+$", r"\s")], ids=["after the break", "before the break"]
)
def test_a_pattern_that_would_take_for_ever_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    monkeypatch.setattr("segments.patterns.SECONDS", 0.1)
    rules = SRX.replace("[.;]</beforebreak><afterbreak>\\s", f"{before}</beforebreak><afterbreak>{after}")
    (tmp_path / "own.srx").write_text(rules, encoding="utf-8")
    with pytest.raises(RulesError, match=r"own\.srx: '.*\(a\|aa\).*' takes too long on these texts; make it simpler"):
        split("Oh;" + "a" * 5_000 + "!", "en", srx_ends(tmp_path / "own.srx", "en"))


def test_a_file_that_declares_entities_or_is_missing_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "own.srx").write_text('<!DOCTYPE srx [<!ENTITY a "b">]>' + SRX, encoding="utf-8")
    with pytest.raises(RulesError, match="entities"):
        srx_ends(tmp_path / "own.srx", "en")
    with pytest.raises(RulesError, match="cannot be read"):
        srx_ends(tmp_path / "none.srx", "en")
