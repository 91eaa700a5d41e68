"""Where a reader would look for the translation of a sentence, alignment finds it: short texts, each with its turns."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from segments import Bead, SegmentsError, align, align_documents
from segments.alignment import Section, find_sections
from segments.errors import AlignmentError

Shape = tuple[list[int], list[int]]


def shown(beads: Sequence[Bead]) -> list[Shape]:
    return [(list(bead.source), list(bead.target)) for bead in beads]


def one_to_one(count: int) -> list[Shape]:
    return [([number], [number]) for number in range(count)]


ENGLISH = [
    "The Ferry to Lindholm",
    "Mira Okafor runs the smallest ferry on the lake.",
    "Every morning she starts the engine at 6:15 and checks the 24 life jackets.",
    "The crossing takes eleven minutes.",
    "Her first passengers are nearly always the same: a baker, two teachers and a dog called Bruno.",
    "“Does the dog pay?” a tourist once asked.",
    "“He pays in good humour,” said Mira.",
    "In 1987 her grandfather bought the boat for 900 crowns.",
    "It had been lying in a barn near Ostby for years, and nobody believed that it would ever float again.",
    "He painted it green, gave it a new engine and named it Kestrel.",
    "Today the Kestrel carries about 30,000 people a year.",
    "Most of them come in July.",
    "In winter the lake freezes, and then the ferry rests.",
    "Mira uses the quiet months to repair the seats and to write postcards.",
    "She has never missed a spring.",
]

GERMAN = [
    "Die Fähre nach Lindholm",
    "Mira Okafor betreibt die kleinste Fähre auf dem See.",
    "Jeden Morgen startet sie um 6.15 Uhr den Motor.",
    "Danach prüft sie die 24 Schwimmwesten.",
    "Die Überfahrt dauert elf Minuten.",
    "Ihre ersten Fahrgäste sind fast immer dieselben: ein Bäcker, zwei Lehrerinnen und ein Hund namens Bruno.",
    "„Bezahlt der Hund auch?“, fragte einmal ein Tourist.",
    "„Er bezahlt mit guter Laune“, sagte Mira.",
    "1987 kaufte ihr Großvater das Boot für 900 Kronen.",
    "Es hatte jahrelang in einer Scheune bei Ostby gelegen, und niemand glaubte, dass es je wieder schwimmen würde.",
    "Er strich es grün, gab ihm einen neuen Motor und taufte es Kestrel.",
    "Heute befördert die Kestrel rund 30.000 Menschen im Jahr, die meisten davon im Juli.",
    "Im Winter friert der See zu, und dann ruht die Fähre.",
    "Mira nutzt die stillen Monate, um die Sitze auszubessern und Postkarten zu schreiben.",
    "Noch nie hat sie einen Frühling verpasst.",
]


def test_a_split_and_a_merged_sentence_are_found_in_german() -> None:
    split, merged = ([2], [2, 3]), ([10, 11], [11])
    before = [([0], [0]), ([1], [1])]
    between = [([number], [number + 1]) for number in range(3, 10)]
    after = [([number], [number]) for number in range(12, 15)]
    assert shown(align(ENGLISH, GERMAN, "en", "de")) == [*before, split, *between, merged, *after]


def test_an_omitted_sentence_is_a_deletion_where_it_stood() -> None:
    omitted = 8
    german = [GERMAN[0], GERMAN[1], " ".join(GERMAN[2:4]), *GERMAN[4:9], *GERMAN[10:]]
    beads = shown(align(ENGLISH[:11], german[:10], "en", "de"))
    assert ([omitted], []) in beads
    assert ([7], [7]) in beads
    assert ([9], [8]) in beads


def test_an_inserted_sentence_is_an_addition_where_it_stands() -> None:
    note = "Anmerkung der Redaktion: Der Fahrplan hängt an beiden Anlegestellen aus."
    german = [GERMAN[0], GERMAN[1], " ".join(GERMAN[2:4]), *GERMAN[4:9], note, *GERMAN[9:11]]
    beads = align(ENGLISH[:10], german, "en", "de")
    assert shown(beads) == [*one_to_one(8), ([], [8]), ([8], [9]), ([9], [10])]
    assert beads[8].source == range(8, 8)


RUSSIAN = [
    "Паром в Линдхольм",
    "Мира Окафор водит самый маленький паром на озере.",
    "Каждое утро в 6:15 она запускает двигатель и проверяет 24 спасательных жилета.",
    "Переправа занимает одиннадцать минут.",
    "Её первые пассажиры почти всегда одни и те же: пекарь, две учительницы и собака по кличке Бруно.",
    "«А собака платит?» — спросил как-то один турист. «Она платит хорошим настроением», — сказала Мира.",
    "В 1987 году её дед купил лодку за 900 крон.",
    "Она годами лежала в сарае под Остбю, и никто не верил, что она снова поплывёт.",
    "Он покрасил её в зелёный цвет, поставил новый двигатель и назвал её «Кестрел».",
    "Сегодня «Кестрел» перевозит около 30 000 человек в год.",
    "Большинство приезжает в июле.",
    "Зимой озеро замерзает, и тогда паром отдыхает.",
    "Тихие месяцы Мира тратит на то, чтобы починить сиденья и написать открытки.",
    "Она ещё не пропустила ни одной весны.",
]


def test_a_merged_dialogue_is_found_across_scripts() -> None:
    after = [([number], [number - 1]) for number in range(7, 15)]
    assert shown(align(ENGLISH, RUSSIAN, "en", "ru")) == [*one_to_one(5), ([5, 6], [5]), *after]


AZERBAIJANI = [
    "Lindholm bərəsi",
    "Mira Okafor göldəki ən kiçik bərəni idarə edir.",
    "O, hər səhər saat 6:15-də mühərriki işə salır və 24 xilasedici jileti yoxlayır.",
    "Keçid on bir dəqiqə çəkir.",
    "İlk sərnişinləri demək olar ki, həmişə eynidir: bir çörəkçi, iki müəllimə və Bruno adlı bir it.",
    "“İt də pul verirmi?” – deyə bir dəfə bir turist soruşdu.",
    "“O, xoş əhval ilə ödəyir”, – Mira dedi.",
    "1987-ci ildə babası qayığı 900 krona aldı.",
    "Qayıq illərlə Ostby yaxınlığında bir anbarda qalmışdı və heç kim onun bir daha üzəcəyinə inanmırdı.",
    "O, qayığı yaşıl rəngə boyadı, ona yeni mühərrik qoydu və adını Kestrel qoydu.",
    "Bu gün Kestrel ildə təxminən 30 000 adam daşıyır.",
    "Onların çoxu iyulda gəlir.",
    "Qışda göl donur və bərə istirahət edir.",
    "Mira sakit aylarda oturacaqları təmir edir.",
    "Həm də açıqca yazır.",
    "O, hələ heç bir baharı buraxmayıb.",
]


def test_a_split_sentence_is_found_in_azerbaijani() -> None:
    assert shown(align(ENGLISH, AZERBAIJANI, "en", "az")) == [*one_to_one(13), ([13], [13, 14]), ([14], [15])]


CHINESE = [
    "开往林德霍尔姆的渡船",
    "米拉·奥卡福驾驶着湖上最小的渡船。",
    "每天早上6:15，她发动引擎，检查24件救生衣。",
    "过湖需要十一分钟。",
    "最早的乘客几乎总是那几位：一位面包师、两位老师和一只名叫布鲁诺的狗。",
    "“狗也要买票吗？”有一次一位游客问道。",
    "“它用好心情付钱。”米拉说。",
    "1987年，她的祖父花900克朗买下了这条船。",
    "它在奥斯特比附近的谷仓里放了很多年，谁也不相信它还能浮起来。",
    "他把船漆成绿色，装上新引擎，取名“红隼号”。",
    "如今“红隼号”每年运送大约30,000人。",
    "他们大多在七月来。",
    "冬天湖面结冰，渡船就休息。",
    "米拉利用安静的几个月修理座椅、写明信片。",
    "她从来没有错过一个春天。",
]


def test_a_text_without_spaces_or_shared_letters_is_aligned_by_length_numbers_and_marks() -> None:
    assert shown(align(ENGLISH, CHINESE, "en", "zh")) == one_to_one(15)


def test_documents_align_within_their_own_borders() -> None:
    pairs = [(ENGLISH[:7], GERMAN[:8]), ([], ["Nachtrag"]), (ENGLISH[7:], GERMAN[8:])]
    first, empty, last = align_documents(pairs, "en", "de")
    assert shown(first)[2] == ([2], [2, 3])
    assert shown(empty) == [([], [0])]
    assert shown(last)[3] == ([3, 4], [3])


def test_names_and_numbers_lead_past_a_long_omission() -> None:
    names = ["Anton", "Berta", "Viktor", "Galina", "Dmitri", "Elena", "Zakhar", "Irina", "Karim", "Lukas"]
    in_russian = ["Антон", "Берта", "Виктор", "Галина", "Дмитрий", "Елена", "Захар", "Ирина", "Карим", "Лукас"]
    english = [f"Room {number} belongs to {name}." for number, name in enumerate(names * 2, 101)]
    russian = [f"Комната {number} принадлежит: {name}." for number, name in enumerate(in_russian * 2, 101)]
    beads = shown(align(english, russian[:4] + russian[14:], "en", "ru"))
    assert beads[:3] == one_to_one(3)
    assert beads[-5:] == [([number], [number - 10]) for number in range(15, 20)]


def test_a_fixed_bead_stays_and_the_rest_goes_around_it() -> None:
    fixed = (range(1, 3), range(1, 3))
    beads = align(ENGLISH, GERMAN, "en", "de", fixed=[fixed])
    assert Bead(*fixed, confidence=1.0) in beads
    assert shown(beads)[:2] == [([0], [0]), ([1, 2], [1, 2])]


def test_fixed_beads_may_leave_out_or_add_and_come_in_any_order() -> None:
    fixed = [(range(3, 3), range(3, 4)), (range(1), range(0)), (range(2, 3), range(2, 3))]
    beads = align(ENGLISH, GERMAN, "en", "de", fixed=fixed)
    assert all(Bead(*ranges, confidence=1.0) in beads for ranges in fixed)


def test_fixed_beads_may_cover_both_texts() -> None:
    fixed = [(range(6), range(7)), (range(6, 15), range(7, 15))]
    assert align(ENGLISH, GERMAN, "en", "de", fixed=fixed) == [Bead(*ranges, confidence=1.0) for ranges in fixed]


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        ([(range(2), range(2)), (range(1, 3), range(2, 3))], "overlap or cross"),
        ([(range(1), range(5, 6)), (range(1, 2), range(3, 4))], "overlap or cross"),
        ([(range(14, 16), range(14, 15))], "is not a part of"),
        ([(range(-1, 1), range(1))], "is not a part of"),
        ([(range(3, 2), range(1))], "is not a part of"),
        ([(range(0, 4, 2), range(1))], "is not a part of"),
        ([(range(2, 2), range(2, 2))], "is not a part of"),
    ],
)
def test_fixed_beads_that_cannot_be_are_refused(fixed: list[tuple[range, range]], message: str) -> None:
    with pytest.raises(AlignmentError, match=message) as refusal:
        align(ENGLISH, GERMAN, "en", "de", fixed=fixed)
    assert isinstance(refusal.value, SegmentsError)


def test_fixed_beads_are_wanted_for_every_document_or_for_none() -> None:
    with pytest.raises(AlignmentError, match="1 lists of fixed beads for 2 documents"):
        align_documents([(ENGLISH, GERMAN), (ENGLISH, GERMAN)], "en", "de", fixed=[[]])


def test_fixed_beads_teach_other_documents() -> None:
    lesson = (["kuzo fima", "lote", "kuzo", "fima lote", "fima"], ["zag mil", "tor", "zag", "mil tor", "mil"])
    puzzle = (["lote", "kuzo"], ["tor", "zag", "mil"])
    fixed = [[(range(n, n + 1), range(n, n + 1)) for n in range(5)], []]
    learned = align_documents([lesson, puzzle], "art", "art", fixed=fixed)[1]
    assert learned != align(*puzzle, "art", "art")


def test_running_numbers_do_not_lead_astray() -> None:
    english = [f"{number}. {text}" for number, text in enumerate(ENGLISH, 1)]
    german = [f"{number}. {text}" for number, text in enumerate([*GERMAN[:2], " ".join(GERMAN[2:4]), *GERMAN[4:]], 1)]
    assert shown(align(english, german, "en", "de"))[:10] == one_to_one(10)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([], []),
        ([], ["Ein Satz."]),
        (["A sentence."], []),
        (["A sentence."], ["Ein Satz."]),
        (["One, two, three."], ["Eins.", "Zwei.", "Drei."]),
        (["", "", ""], ["", ""]),
        ([" \t", "\x00", "\ud800", "🎈🎈", "\u200f"], ["🎈", "\ufeff", "\udfff\ud800"]),
        (["The same."] * 400, ["Dasselbe."] * 300),
        (["A few."] * 5, ["Sehr viele."] * 400),
        (["word " * 200_000, "and one more"], ["Wort " * 200_000, "und noch eins"]),
        (["x" * 1_000_000], ["y" * 1_000_000]),
    ],
    ids=lambda sentences: f"{len(sentences)} sentences",
)
def test_strange_texts_are_covered_in_order(source: list[str], target: list[str]) -> None:
    beads = align(source, target, "en", "de")
    assert [i for bead in beads for i in bead.source] == list(range(len(source)))
    assert [j for bead in beads for j in bead.target] == list(range(len(target)))
    assert all(0 <= bead.confidence <= 1 for bead in beads)


def test_a_text_aligns_to_itself() -> None:
    beads = align(ENGLISH, ENGLISH, "en", "en")
    assert shown(beads) == one_to_one(15)
    assert min(bead.confidence for bead in beads) > 0.9


def test_confidence_is_lower_where_the_text_is_unclear() -> None:
    clear = align(ENGLISH, GERMAN, "en", "de")
    garbled = align(ENGLISH, [text[::-1] for text in reversed(GERMAN)], "en", "de")
    assert sum(b.confidence for b in garbled) / len(garbled) < 0.6 < sum(b.confidence for b in clear) / len(clear)


def test_progress_rises_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    align_documents([(ENGLISH, GERMAN)] * 2, "en", "de", progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_the_result_does_not_hang_on_the_order_of_sets() -> None:
    code = (
        "from segments import align; import sys; "
        "lines = sys.stdin.read().splitlines(); print(align(lines[:15], lines[15:], 'en', 'ru'))"
    )
    results = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            input="\n".join(ENGLISH + RUSSIAN),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(results) == 1


# ----------------------------------------------------------------------------------------------------------- structure


@pytest.mark.parametrize("place", [6, 7])
def test_a_heading_holds_its_place_when_both_sides_say_that_it_is_one(place: int) -> None:
    source, target = ["Noch ein Satz."] * 12, ["One more line."] * 11
    kinds = [""] * 12, [""] * 11
    kinds[0][7] = kinds[1][place] = "heading"
    assert ([7], [place]) in shown(align(source, target, "de", "en", kinds=kinds))


def test_kinds_of_one_side_alone_change_nothing() -> None:
    kinds = (["heading"] + ["item"] * 14, [""] * len(GERMAN))
    assert align(ENGLISH, GERMAN, "en", "de", kinds=kinds) == align(ENGLISH, GERMAN, "en", "de")


@pytest.mark.parametrize("kinds", [(["heading"], ["heading"] * 15), (["heading"] * 15, ["heading"])])
def test_kinds_are_wanted_for_every_sentence(kinds: tuple[list[str], list[str]]) -> None:
    with pytest.raises(AlignmentError, match="1 kinds for 15 sentences"):
        align(ENGLISH, GERMAN, "en", "de", kinds=kinds)


def test_kinds_are_wanted_for_every_document_or_for_none() -> None:
    with pytest.raises(AlignmentError, match="1 lists of kinds for 2 documents"):
        align_documents([(ENGLISH, GERMAN), (ENGLISH, GERMAN)], "en", "de", kinds=[None])


ROOMS = [
    f"Room {number} belongs to {name}."
    for number, name in enumerate(["Anton", "Berta", "Viktor", "Galina", "Dmitri", "Elena", "Zakhar", "Irina"] * 4, 101)
]
ZIMMER = [room.replace("Room", "Zimmer").replace("belongs to", "gehört") for room in ROOMS]


def test_a_section_that_moved_is_told_by_both_its_places() -> None:
    target = ZIMMER[:4] + ZIMMER[10:24] + ZIMMER[4:10] + ZIMMER[24:]
    beads = align(ROOMS, target, "en", "de")
    assert find_sections(ROOMS, target, "en", "de", beads) == [Section(range(4, 10), range(18, 24))]


def test_a_section_that_is_missing_and_one_that_is_added_are_told_apart_from_one_that_moved() -> None:
    added = ["Die Miete ist am ersten Tag fällig.", "Wer sie schuldig bleibt, zieht aus.", "Haustiere sind erlaubt."]
    target = [*ZIMMER[:4], *ZIMMER[8:20], *added, *ZIMMER[20:]]
    beads = align(ROOMS, target, "en", "de")
    expected = [Section(range(4, 8), range(0)), Section(range(0), range(16, 19))]
    assert find_sections(ROOMS, target, "en", "de", beads) == expected


def test_a_section_that_moved_is_found_among_many_that_are_missing_and_added() -> None:
    source, target, beads = [], [], []

    def say(left: list[str], right: list[str]) -> None:
        step = range(len(source), len(source) + len(left)), range(len(target), len(target) + len(right))
        beads.append(Bead(*step, 0.9))
        source.extend(left)
        target.extend(right)

    for floor in range(8):
        say([f"Floor {floor}."], [f"Stock {floor}."])
        for line in ("swept", "aired", "heated"):
            say([f"It was {line} {floor + 40} times."], [])
        say([f"End of floor {floor}."], [f"Ende von Stock {floor}."])
        for line in ("Ruhe", "Ordnung", "Sauberkeit"):
            say([], [f"Wir bitten um {line}, Haus {floor + 70}."])
    for room in ROOMS[:6]:
        say([room], [])
    say(["The house is closed."], ["Das Haus ist geschlossen."])
    moved_to = len(target)
    for zimmer in ["Wer wohnt wo?", *ZIMMER[:6]]:
        say([], [zimmer])
    moved = Section(range(40, 46), range(moved_to, moved_to + 7))
    assert moved in find_sections(source, target, "en", "de", beads)


def test_single_sentences_left_out_make_no_section() -> None:
    target = ZIMMER[:4] + ZIMMER[5:]
    assert find_sections(ROOMS, target, "en", "de", align(ROOMS, target, "en", "de")) == []
