"""Language tags: their canonical form, names of folders, names for people, direction and plural rules.

Tags are those of BCP 47 (RFC 5646); what is known of languages comes from the Unicode CLDR by way of Babel.
"""

import re
from functools import lru_cache

from babel import Locale, localedata
from babel.core import get_global
from babel.plural import to_gettext

from .errors import UnknownLanguageError

_TAG = re.compile(
    r"""
    (?P<language> [a-z]{2,3})
    (?:-(?P<script> [a-z]{4}))?
    (?:-(?P<region> [a-z]{2} | [0-9]{3}))?
    (?P<variants> (?:-(?:[a-z0-9]{5,8} | [0-9][a-z0-9]{3}))*)
    (?P<extensions> (?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)
    (?P<private> (?:-x(?:-[a-z0-9]{1,8})+)?)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# The scripts that gettext's folders write after @; what else stands there is a variant, as in ca@valencia.
_MODIFIERS = {"arabic": "Arab", "cyrillic": "Cyrl", "devanagari": "Deva", "latin": "Latn"}

# Scripts whose letters have Bidi_Class R or AL in Unicode 16; a code of four letters is found only as a word.
_RIGHT_TO_LEFT = (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo "
    "Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo Syrc Syre Syrj Syrn Thaa Todr Yezi"
)
# Thai, Lao, Khmer and Burmese put no space between words, but they do between sentences, which is what a gap joins.
_WITHOUT_GAP = "Bopo Hanb Hani Hans Hant Hira Hrkt Jpan Kana"


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """Return the tag as BCP 47 writes it, with deprecated and three-letter codes replaced as CLDR does.

    ``_`` is taken for ``-``. Variants, extensions and private use are kept. Raises `UnknownLanguageError` for what is
    no tag and for a language that CLDR does not know.

    >>> canonical("de_at"), canonical("zh-hans"), canonical("deu"), canonical("iw")
    ('de-AT', 'zh-Hans', 'de', 'he')
    """
    found = _TAG.fullmatch(tag.replace("_", "-"))
    language = found["language"].lower() if found else ""
    language, *implied = get_global("language_aliases").get(language, language).split("_")
    if found is None or not _is_known(language):
        raise UnknownLanguageError(tag, _hint(tag))
    # sh stands for sr in Latin letters, prs for fa as in Afghanistan.
    script = (found["script"] or next((part for part in implied if len(part) == 4), "")).title()
    region = _current_region((found["region"] or next((part for part in implied if len(part) < 4), "")).upper())
    rest = (found["variants"] + found["extensions"] + found["private"]).lower()
    return "-".join(filter(None, (language, script, region))) + rest


def locale_id(tag: str) -> str:
    """Return the name that Babel and gettext give the folder of a language.

    >>> locale_id("pt-br"), locale_id("zh-Hans")
    ('pt_BR', 'zh_Hans')
    """
    return canonical(tag).replace("-", "_")


def from_locale_id(name: str) -> str:
    """Return the tag of a locale name, also of one with the codeset and modifier of POSIX.

    >>> from_locale_id("pt_BR"), from_locale_id("sr_RS@latin"), from_locale_id("de_DE.UTF-8")
    ('pt-BR', 'sr-Latn-RS', 'de-DE')
    """
    locale, _, modifier = name.partition("@")
    language, separator, region = locale.partition(".")[0].partition("_")
    if modifier in _MODIFIERS:
        return canonical(f"{language}-{_MODIFIERS[modifier]}{separator}{region}")
    return canonical("-".join(filter(None, (language + separator + region, modifier))))


def display_name(tag: str, in_language: str = "en") -> str:
    """Return the name of a language for people, in the words of another; a part without a name stays as it is written.

    A language that CLDR has no words of names others in English.

    >>> display_name("pt-BR"), display_name("zh-Hans", "de")
    ('Portuguese (Brazil)', 'Chinesisch (Vereinfacht)')
    """
    language, script, region, variants = _parts(tag)
    names = _locale(in_language) or Locale("en")
    details = [names.scripts.get(script, script), names.territories.get(region, region)]
    details += [names.variants.get(variant.upper(), variant) for variant in variants]
    in_brackets = ", ".join(filter(None, details))
    name = names.languages.get(language, language)
    return f"{name} ({in_brackets})" if in_brackets else name


def script(tag: str) -> str:
    """Return the ISO 15924 code of the script a language is most often written in, or that the tag names.

    >>> script("sr"), script("sr-Latn"), script("az-IR")
    ('Cyrl', 'Latn', 'Arab')
    """
    language, written, region, _ = _parts(tag)
    if written:
        return written
    likely = get_global("likely_subtags")
    expanded = likely.get(f"{language}_{region}") or likely.get(language) or f"{language}_Latn"
    return str(expanded.split("_")[1])


def direction(tag: str) -> str:
    """Return ``rtl`` for a language written from right to left, else ``ltr``.

    >>> direction("az"), direction("az-Arab"), direction("yi")
    ('ltr', 'rtl', 'rtl')
    """
    return "rtl" if script(tag) in _RIGHT_TO_LEFT else "ltr"


def language_gap(tag: str) -> str:
    """Return what stands between two sentences of a language: nothing in Chinese and Japanese, else a space.

    >>> language_gap("ja"), language_gap("ko"), language_gap("th")
    ('', ' ', ' ')
    """
    return "" if script(tag) in _WITHOUT_GAP else " "


def plural_forms(tag: str) -> str:
    """Return the value of the header field Plural-Forms.

    The rules are those gettext translations are made with (`babel.messages.plurals`); for languages not listed there
    those of CLDR; without either, one and many.

    >>> plural_forms("de"), plural_forms("ja")
    ('nplurals=2; plural=(n != 1);', 'nplurals=1; plural=0;')
    """
    from babel.messages.plurals import PLURALS  # its package is twice as big as all else here

    language, _, region, _ = _parts(tag)
    count, expression = PLURALS.get(f"{language}_{region}") or PLURALS.get(language) or (2, "(n != 1)")
    locale = _locale(language)
    if language not in PLURALS and locale is not None:
        return to_gettext(locale.plural_form)
    return f"nplurals={count}; plural={expression};"


def _parts(tag: str) -> tuple[str, str, str, list[str]]:
    found = _TAG.fullmatch(canonical(tag))
    assert found is not None
    return found["language"], found["script"] or "", found["region"] or "", found["variants"].split("-")[1:]


def _is_known(language: str) -> bool:
    return language in get_global("likely_subtags") or localedata.exists(language) or language in Locale("en").languages


def _current_region(region: str) -> str:
    successors = get_global("territory_aliases").get(region, [region])
    return str(successors[0]) if len(successors) == 1 else region


def _locale(tag: str) -> Locale | None:
    """Return the locale of the longest beginning of the tag that Babel has data of."""
    language, script, region, _ = _parts(tag)
    candidates = ((language, script, region), (language, script), (language, region), (language,))
    names = ("_".join(filter(None, candidate)) for candidate in candidates)
    return next((Locale.parse(name) for name in names if localedata.exists(name)), None)


def _hint(tag: str) -> str:
    wanted = tag.casefold()
    named = next((code for code, name in Locale("en").languages.items() if name.casefold() == wanted), None)
    likely = get_global("likely_subtags").get(f"und_{tag.upper()}")
    if named:
        return f"write {named.replace('_', '-')!r}"
    if likely:
        return f"the language of that country is {likely.split('_')[0]!r}"
    return "write a BCP 47 tag such as 'de', 'pt-BR' or 'zh-Hans'"
