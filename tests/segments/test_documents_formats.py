"""A format of another package joins through the entry point, as those of this one do."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from segments.documents import (
    format_packages,
    identity,
    installed_formats,
    pseudo_translate,
    read_document,
    write_document,
)
from segments.errors import DocumentError

EXAMPLE = Path(__file__).parents[2] / "examples" / "hexapla-lyrics"
LYRICS = b"[ti:A day]\r\n[00:01.00]Rain on the mill\r\n[00:05.00][00:09.00] and wind \r\n"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that packages are installed in."""
    monkeypatch.syspath_prepend(tmp_path)
    installed_formats.cache_clear()
    yield tmp_path
    installed_formats.cache_clear()


def install(folder: Path, package: str, entry_point: str, modules: dict[str, str]) -> None:
    info = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[hexapla.formats]\n{entry_point}\n")
    for name, code in modules.items():
        (folder / name).write_text(code)
        sys.modules.pop(name.removesuffix(".py"), None)


def test_the_example_package_reads_and_writes_its_format(packages: Path) -> None:
    code = (EXAMPLE / "hexapla_lyrics.py").read_text()
    assert 'lrc = "hexapla_lyrics:FORMAT"' in (EXAMPLE / "pyproject.toml").read_text()
    install(packages, "hexapla-lyrics", "lrc = hexapla_lyrics:FORMAT", {"hexapla_lyrics.py": code})
    assert format_packages()["lrc"] == "hexapla-lyrics 1.0"
    document = read_document("a.lrc", LYRICS)
    assert [unit.text for unit in document.units] == ["Rain on the mill", "and wind"]
    assert identity(document, "en").data == LYRICS
    assert pseudo_translate(document, "en").structure_kept
    assert write_document(document, {1: "und Wind"}, "de") == LYRICS.replace(b"and wind", b"und Wind")


@pytest.mark.parametrize("code", ["import no_such_module", "NAME = 'other'", ""])
def test_a_format_that_cannot_be_loaded_is_named_with_its_package(packages: Path, code: str) -> None:
    install(packages, "hexapla-broken", "broken = hexapla_broken", {"hexapla_broken.py": code})
    with pytest.raises(DocumentError, match=r"the format broken of hexapla-broken cannot be loaded"):
        read_document("a.txt", b"Rain.")


def test_the_ending_decides_and_content_only_where_there_is_none() -> None:
    assert read_document("a.txt", b"<!DOCTYPE html><p>Rain").format == "text"
    assert read_document("page", b"<!DOCTYPE html><p>Rain").format == "text"
    assert read_document("page.asp", b"<html><p>Rain").format == "html"
    assert read_document("captions.x", b"WEBVTT\n\n00:01.000 --> 00:02.000\nRain").format == "vtt"
