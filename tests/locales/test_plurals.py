import pytest

from locales import UnknownLanguageError
from locales.plurals import plural_examples


@pytest.mark.parametrize(
    ("language", "examples"),
    [
        ("ja", [(0, 1, 2, 3, 4, 5)]),
        ("de", [(1,), (0, 2, 3, 4, 5, 6)]),
        ("fr", [(0, 1), (2, 3, 4, 5, 6, 7)]),
        ("ru", [(1, 21, 31, 41, 51, 61), (2, 3, 4, 22, 23, 24), (0, 5, 6, 7, 8, 9)]),
        ("nplurals=2; plural=n != 0 && n % 1000000 == 0;", [(0, 1, 2, 3, 4, 5), (1_000_000,)]),
        ("nplurals=2; plural=0;", [(0, 1, 2, 3, 4, 5), ()]),
    ],
)
def test_each_form_has_the_first_numbers_said_with_it(language: str, examples: list[tuple[int, ...]]) -> None:
    assert plural_examples(language) == examples


def test_arabic_has_six_forms_with_examples_each() -> None:
    assert sorted(form[0] for form in plural_examples("ar")) == [0, 1, 2, 3, 11, 100]


def test_a_rule_that_does_not_work_and_an_unknown_language_are_refused() -> None:
    with pytest.raises(ValueError, match="divides by zero"):
        plural_examples("nplurals=2; plural=1/n;")
    with pytest.raises(UnknownLanguageError):
        plural_examples("zz")
