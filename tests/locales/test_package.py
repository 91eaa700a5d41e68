import subprocess
import sys

import pytest

import locales


def test_every_public_name_is_there() -> None:
    assert all(getattr(locales, name) is not None for name in locales.__all__)
    assert len(set(locales.__all__)) == len(locales.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'translate'"):
        locales.translate  # noqa: B018


def test_reading_catalogs_does_not_pay_for_babel() -> None:
    program = "import sys, locales; locales.parse_catalog(b''); assert 'babel' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
