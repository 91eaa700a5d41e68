from hypothesis import given
from hypothesis import strategies as st

from segments.blocks import blocks, starts_block
from segments.lines import columns, fold, is_cjk, joint, outside
from segments.model import Span

LETTER = """\
Dear neighbours, the garden behind the house will be open from May until
October. Please close the gate when you leave, so that the rabbits do not
get at the lettuce.
We thank you."""

LISTS = """\
What to bring:
* a spade
* boots that may get wet and stay wet for the whole of a long afternoon in
  the mud
1. Dig.
2. Plant.
a) Water it."""


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks(text)]


def contents(text: str) -> list[list[str]]:
    return [[text[line.slice()] for line in block.lines] for block in blocks(text)]


def test_a_wrapped_paragraph_is_one_block_and_a_line_that_ends_early_closes_it() -> None:
    assert [len(lines) for lines in contents(LETTER)] == [3, 1]


def test_a_blank_line_ends_a_block_whatever_the_line_ends_are() -> None:
    for newline in ("\n", "\r\n", "\r"):
        assert kinds(f"A walk{newline}{newline}It rained.{newline}") == ["heading", "para"]


def test_short_lines_stand_alone() -> None:
    assert kinds("Mill Lane 3\n12345 Riverside\nthe old bakery") == ["line", "line", "line"]


def test_verse_stands_line_by_line_though_its_longest_line_looks_full() -> None:
    verse = (
        "The moon above the harbour wall\n"
        "Looks down on boats and looks on all\n"
        "The nets that hang to dry in rows of green and blue\n"
        "And on the cat who waits there, too"
    )
    assert len(blocks(verse)) == 4


def test_lines_that_each_end_a_sentence_are_paragraphs() -> None:
    text = (
        "The first bus of the day leaves the market square at six o'clock.\nNobody takes it.\nThe driver likes it so.\n"
    )
    assert kinds(text) == ["para", "para", "para"]


def test_a_paragraph_a_line_stays_so_when_the_longest_comes_first() -> None:
    long = "The harbour was quiet and the boats lay still, " * 8
    assert len(blocks(f"{long.strip()}\n{long[:180].strip()}\n{long[:200].strip()}")) == 3


def test_a_line_with_a_long_address_is_not_the_width_of_the_paragraph() -> None:
    wrapped = "\n".join(["the boats lay in the harbour and the nets were hung out to dry"] * 5)
    text = f"{wrapped}\nhttps://example.org/a/rather/long/address/that/nobody/could/have/wrapped.html"
    assert kinds(text) == ["para"]


def test_markers_start_items_and_stay_outside_the_lines() -> None:
    found = blocks(LISTS)
    assert [block.kind for block in found] == ["line", "item", "item", "item", "item", "item"]
    assert [LISTS[block.marker.slice()] for block in found] == ["", "* ", "* ", "1. ", "2. ", "a) "]
    assert len(found[2].lines) == 2


def test_a_dash_starts_a_turn_in_every_usual_form() -> None:
    text = "- Where to?\n– Nach Hause.\n— Домой.\n—Hola.\n-- So?"
    assert kinds(text) == ["turn"] * 5


def test_a_number_without_a_neighbour_is_part_of_the_sentence() -> None:
    assert contents("12. Mai war ein Sonntag.") == [["12. Mai war ein Sonntag."]]
    assert contents("2. Mai.\n\n3. Mai.") == [["Mai."], ["Mai."]]


def test_a_dash_that_wrapping_brought_to_the_front_starts_no_turn() -> None:
    text = (
        "The old ferry still runs twice a day between the island and the town\n"
        "– nobody knows why – and its bell is heard as far as the mill on the\n"
        "hill."
    )
    assert kinds(text) == ["para"]


def test_an_underlined_title_is_a_heading_and_its_rule_is_a_block() -> None:
    assert kinds("A day out\n=========\nIt rained all day.") == ["heading", "rule", "para"]


def test_a_deeper_line_starts_a_new_paragraph() -> None:
    text = (
        "   The harbour was quiet that morning, and the boats lay still in it\n"
        "while the fog came in from the sea and hid the lighthouse and the rocks\n"
        "   Then the bell began to ring, and from the houses on the hill people\n"
        "came down to see."
    )
    assert [len(lines) for lines in contents(text)] == [2, 2]


def test_columns_of_a_table_do_not_run_together() -> None:
    text = (
        "Name of the boat that is for hire       Price for a whole day out at sea\n"
        "The little gull with the red sail       forty, or thirty in the autumn\n"
    )
    assert len(blocks(text)) == 2


def test_wrapped_japanese_is_one_paragraph() -> None:
    text = (
        "春になると庭の桜が咲きはじめ、近所の子どもたちが毎日のように遊びに\n"
        "くる。祖母は縁側でお茶をいれ、その声を聞きながらゆっくりと本を読ん\n"
        "でいる。"
    )
    assert kinds(text) == ["para"]


def test_set_line_breaks_end_a_block() -> None:
    assert len(blocks("one\u2028two\u2029three\fFour")) == 4


def test_no_text_has_no_blocks() -> None:
    assert blocks("") == blocks(" \n\t\r\n\u3000") == []


@given(st.text(st.characters(codec=None) | st.sampled_from("\n\r -–—*1.) \u2028\x00"), max_size=200))
def test_blocks_hold_all_but_white_space_once_and_in_order(text: str) -> None:
    position = 0
    for block in blocks(text):
        for span in (block.marker, *block.lines):
            assert text[position : span.start].strip() == ""
            assert span.start >= position
            position = span.end
        assert all(text[line.slice()] == text[line.slice()].strip() != "" for line in block.lines)
    assert text[position:].strip() == ""


def test_what_starts_a_block_is_known_from_its_first_words() -> None:
    assert all(map(starts_block, ["- So", "* a", "1. a", "(b) c", "-----", "— Да"]))
    assert not any(map(starts_block, ["so - on", "1986 was", "-5 degrees", ""]))


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert [columns(text) for text in ("abc", "春が", "né", "ne\u0301", "हिन्दी", "")] == [3, 4, 2, 2, 5, 0]
    assert (columns("“春”"), columns("“春”", ambiguous=2)) == (4, 6)


def test_only_scripts_without_spaces_join_without_one() -> None:
    assert joint("春", "が") == joint("。", "「") == ""
    assert joint("spring", "春") == joint("한국", "어") == joint("สวัสดี", "ครับ") == joint("🌸", "🌸") == " "
    assert not any(map(is_cjk, ["", "\u3000", "한", "🌸"]))


def test_folding_reads_every_line_break_as_a_soft_one() -> None:
    assert fold("  It rained\r\n\r\n all\u2028day. ") == "It rained all day."
    assert fold("春が\n来た。") == "春が来た。"
    assert fold("") == ""


def test_a_gap_inside_a_span_is_dropped_and_one_beside_it_kept() -> None:
    gaps = [Span(2, 2), Span(4, 5), Span(9, 9)]
    assert list(outside(gaps, [Span(2, 4), Span(8, 12), Span(5, 7)])) == [Span(2, 2), Span(4, 5)]
