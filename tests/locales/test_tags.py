import re

import pytest

from locales import (
    UnknownLanguageError,
    canonical,
    direction,
    display_name,
    from_locale_id,
    language_gap,
    locale_id,
    plural_forms,
    script,
)
from locales.plurals import form_counts, nplurals

TAGS = [
    "de",
    "pt-BR",
    "zh-Hans",
    "sr-Latn-RS",
    "az-Cyrl",
    "ca-ES-valencia",
    "de-1996",
    "es-419",
    "en-u-ca-buddhist-x-team",
]


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("de_at", "de-AT"),
        ("zh-hans", "zh-Hans"),
        ("ZH_hant_tw", "zh-Hant-TW"),
        ("deu", "de"),
        ("ger", "de"),
        ("iw", "he"),
        ("cmn-Hans", "zh-Hans"),
        ("sh", "sr-Latn"),
        ("sh-Cyrl", "sr-Cyrl"),
        ("prs", "fa-AF"),
        ("az-cyrl", "az-Cyrl"),
        ("sr-latn", "sr-Latn"),
        ("en-UK", "en-GB"),
        ("ca-es-VALENCIA", "ca-ES-valencia"),
        ("en-U-CA-buddhist-X-Team", "en-u-ca-buddhist-x-team"),
        ("grc", "grc"),
        ("tlh", "tlh"),
        ("yue", "yue"),
        ("ckb", "ckb"),
    ],
)
def test_a_tag_is_written_as_bcp_47_has_it(written: str, tag: str) -> None:
    assert canonical(written) == tag
    assert canonical(tag) == tag


@pytest.mark.parametrize(
    "tag", ["zz", "xx", "english", "", "de-", "-de", "de--AT", "d", "x-team", "de AT", "de-AT\n", "дe"]
)
def test_what_is_no_language_is_refused_with_a_hint(tag: str) -> None:
    with pytest.raises(UnknownLanguageError, match="is not a known language; ") as caught:
        canonical(tag)
    assert caught.value.tag == tag


@pytest.mark.parametrize(
    ("tag", "hint"), [("english", "write 'en'"), ("jp", "'ja'"), ("cz", "'cs'"), ("zz", "'pt-BR'")]
)
def test_the_hint_names_the_tag_that_was_probably_meant(tag: str, hint: str) -> None:
    with pytest.raises(UnknownLanguageError, match=hint):
        canonical(tag)


@pytest.mark.parametrize("tag", TAGS)
def test_a_folder_name_leads_back_to_its_tag(tag: str) -> None:
    assert re.fullmatch(r"\w+", locale_id(tag))
    assert from_locale_id(locale_id(tag)) == tag


@pytest.mark.parametrize(
    ("name", "tag"),
    [("pt_BR", "pt-BR"), ("sr@latin", "sr-Latn"), ("sr_RS@cyrillic", "sr-Cyrl-RS"), ("ca@valencia", "ca-valencia")],
)
def test_folders_named_in_the_way_of_posix_are_understood(name: str, tag: str) -> None:
    assert from_locale_id(name) == tag


@pytest.mark.parametrize(
    "tag", ["ar", "he", "fa", "ur", "ckb", "dv", "yi", "syr", "az-Arab", "az-IR", "pa-PK", "ks", "uz-AF"]
)
def test_languages_of_right_to_left_scripts_run_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize(
    "tag", ["de", "tr", "az", "az-Cyrl", "ru", "hy", "hi", "th", "zh", "ja", "pa", "tlh", "sd-Deva"]
)
def test_other_languages_run_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_the_script_follows_from_language_and_region() -> None:
    assert [script(tag) for tag in ("zh", "zh-TW", "yue", "ja", "sr", "sr-Latn", "mn-CN")] == [
        "Hans", "Hant", "Hant", "Jpan", "Cyrl", "Latn", "Mong",
    ]  # fmt: skip


def test_only_chinese_and_japanese_join_sentences_without_a_space() -> None:
    assert {language_gap(tag) for tag in ("zh", "zh-TW", "yue", "ja", "lzh", "wuu")} == {""}
    assert {language_gap(tag) for tag in ("de", "ko", "th", "lo", "km", "my", "bo", "ar", "hi")} == {" "}


def test_a_language_is_named_in_the_words_of_another() -> None:
    assert display_name("pt-BR") == "Portuguese (Brazil)"
    assert display_name("zh-Hans", "de") == "Chinesisch (Vereinfacht)"
    assert display_name("ca-ES-valencia") == "Catalan (Spain, Valencian)"
    assert display_name("de", "de-AT") == "Deutsch"
    assert display_name("ru", "ru") == "русский"
    assert display_name("de", "grc") == "German"


@pytest.mark.parametrize("tag", [*TAGS, "ar", "ru", "dsb", "gv", "kw", "grc", "ckb", "sl", "ga"])
def test_every_plural_rule_can_be_computed_with(tag: str) -> None:
    rule = plural_forms(tag)
    assert set(form_counts(rule)) <= set(range(nplurals(rule) or 0))


def test_plural_rules_are_those_gettext_uses() -> None:
    assert plural_forms("pt-BR") == "nplurals=2; plural=(n > 1);"
    assert plural_forms("pt") == "nplurals=2; plural=(n != 1);"
    assert plural_forms("zh-Hant-TW") == "nplurals=1; plural=0;"
    assert plural_forms("ru").startswith("nplurals=3;")
