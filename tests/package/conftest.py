"""One build of the function for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.package.function import Built, package_function
from tools.package.pythons import NoPythonError, Python, find_python

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def python() -> Python:
    try:
        return find_python()
    except NoPythonError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def built(python: Python) -> Built:
    return package_function(ROOT, python)
