import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segments.documents import identity, pseudo_translate, read_document, write_document
from segments.documents.reading_speed import cue_findings
from segments.errors import DocumentError

SRT = """\
1
00:00:01,000 --> 00:00:03,500
The bus stops here,
and <i>nobody</i> gets out.

2
00:00:04,000 --> 00:00:06,000 X1:1
{\\an8}- Is it raining?
- Not yet.

3
00:00:07,000 --> 00:00:09,000
1986

said in the same breath
4
00:00:10,000 --> 00:00:12,000
"""

VTT = """\
WEBVTT - A day

STYLE
::cue { color: white }

NOTE Not to be translated

intro
00:01.000 --> 00:03.500 align:start
<v Ann>The bus &amp; the <c.loud>tram</c> stop.

00:04.000 --> 00:06.000
And <00:05.000>go on.
"""


def written(name: str, source: str, *targets: str, language: str = "de") -> str:
    document = read_document(name, source.encode())
    return write_document(document, dict(enumerate(targets)), language).decode()


def test_a_cue_is_a_unit_and_so_is_each_speaker() -> None:
    document = read_document("a.srt", SRT.encode())
    assert [(unit.text, unit.context[:12]) for unit in document.units] == [
        ("The bus stops here, and {1}nobody{/1} gets out.", "00:00:01,000"),
        ("Is it raining?", "00:00:04,000"),
        ("Not yet.", "00:00:04,000"),
        ("1986", "00:00:07,000"),
        ("said in the same breath", "00:00:07,000"),
    ]
    captions = read_document("a.vtt", VTT.encode())
    assert [unit.text for unit in captions.units] == ["{1/}The bus & the {2}tram{/2} stop.", "And {1/}go on."]


@pytest.mark.parametrize(("name", "text"), [("a.srt", SRT), ("a.vtt", VTT)])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_subtitles_survive_translation(name: str, text: str, newline: str, mark: bytes) -> None:
    data = mark + text.replace("\n", newline).encode()
    document = read_document(name, data)
    assert identity(document, "en").data == data
    pseudo = pseudo_translate(document, "en")
    assert pseudo.structure_kept
    assert pseudo.reached == pseudo.letters > 0


def test_a_translation_is_set_on_lines_about_equally_long() -> None:
    source = "1\r\n00:00:01,000 --> 00:00:03,500\r\nRain.\r\n"
    target = "Es regnet seit gestern Abend, und niemand steigt an der Mühle aus."
    assert written("a.srt", source, target) == (
        "1\r\n00:00:01,000 --> 00:00:03,500\r\n"
        "Es regnet seit gestern Abend, und\r\nniemand steigt an der Mühle aus.\r\n"
    )


def test_nothing_in_a_translation_looks_like_the_next_cue() -> None:
    source = "1\n00:00:01,000 --> 00:00:03,500\nRain.\n"
    target = "Es regnete im ganzen langen Winter des Jahres 1986 00:00:05,000 --> 00:00:07,000 und noch später."
    document = read_document("a.srt", written("a.srt", source, target).encode())
    assert [unit.text for unit in document.units] == [target]
    assert "--&gt;" in written("a.vtt", VTT, "{1/}a --> {2}b{/2} & c")


def test_what_cannot_be_read_in_its_time_is_found() -> None:
    document = read_document("a.srt", SRT.encode())
    long = "Der Bus hält genau hier an der Mühle, und {1}niemand{/1} steigt heute noch aus, wirklich gar niemand."
    (finding,) = cue_findings(document, {0: long}, "de")
    assert (finding.cue[:12], finding.problem) == (
        "00:00:01,000",
        "38 characters a second are more than 20; shorten it",
    )
    wide = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"
    problems = [finding.problem for finding in cue_findings(document, {3: wide}, "de")]
    assert problems == [
        "36 characters a second are more than 20; shorten it",
        "a line of 48 columns is longer than 42; shorten it",
    ]
    assert [f.problem[:2] for f in cue_findings(document, {3: "一九八六年的春天雨水特别多"}, "ja")][2:] == ["18"]


def test_cues_that_overlap_are_found() -> None:
    source = "1\n00:00:01,000 --> 00:00:09,000\nRain.\n\n2\n00:00:04,000 --> 00:00:12,000\nWind.\n"
    (finding,) = cue_findings(read_document("a.srt", source.encode()), {}, "en")
    assert finding.cue.startswith("00:00:04,000")
    assert "before the cue 00:00:01,000" in finding.problem


LINES = """1|2|00:00:01,000 --> 00:00:02,000|00:01.000 --> 00:02.000 align:start|| |Rain.|- So?|–|<i>Wind|</i>|{\\an8}\
|NOTE|WEBVTT|&amp; a|<00:01.500>b|雨が降る。|\t7 |-->|STYLE|{1}|--->"""


@given(
    st.lists(st.sampled_from(LINES.split("|")), max_size=20),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["a.srt", "a.vtt"]),
)
@example(["00:00:01,000 --> 00:00:02,000", "1", "00:00:01,000 --> 00:00:02,000", "a"], "\n", "a.srt")
def test_any_lines_are_rebuilt_and_keep_their_structure(lines: list[str], newline: str, name: str) -> None:
    data = newline.join(lines).encode()
    try:
        document = read_document(name, data)
    except DocumentError:
        return
    assert identity(document, "en").data == data
    assert pseudo_translate(document, "en").structure_kept
