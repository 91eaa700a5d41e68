"""Which way is a language written?"""

__all__ = ["is_right_to_left"]

_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
_LANGUAGES = frozenset(
    {"ar", "arc", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "prs"}
    | {"ps", "rhg", "sd", "sdh", "syr", "ug", "ur", "yi"}
)


def is_right_to_left(language: str) -> bool:
    """Tell whether a language (BCP 47) is written from right to left, in the script it names or else its usual one.

    >>> is_right_to_left("fa"), is_right_to_left("az"), is_right_to_left("az-Arab"), is_right_to_left("ar-Latn")
    (True, False, True, False)
    """
    first, *others = language.lower().replace("_", "-").split("-")
    script = next((subtag for subtag in others if len(subtag) == 4 and subtag.isalpha()), "")
    return script in _SCRIPTS if script else first in _LANGUAGES
