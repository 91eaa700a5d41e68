"""Is a language written from right to left?"""

__all__ = ["direction"]

# ISO 15924 scripts that run from right to left, and the languages that are written in one where their tag says nothing
# (CLDR 46, likely subtags).
_SCRIPTS = frozenset("Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".lower().split())
_LANGUAGES = frozenset(
    {"ar", "arc", "arz", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "ps"}
    | {"rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi"}
)


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for a BCP 47 tag.

    >>> direction("az"), direction("az-Arab"), direction("fa-IR")
    ('ltr', 'rtl', 'rtl')
    """
    language, *rest = tag.replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return "rtl" if (script in _SCRIPTS if script else language in _LANGUAGES) else "ltr"
