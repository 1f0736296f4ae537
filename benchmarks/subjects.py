"""The unpacked functions that are compared, packed by the same packer for the same Python."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from benchmarks.measure import Subject
from tools.package.dependencies import dependency_files
from tools.package.function import Built, build_function, own_files
from tools.package.pythons import Python

ROOT = Path(__file__).parents[1]
HELLO = Path(__file__).with_name("hello") / "lambda_function.py"


def skill(python: Python) -> Built:
    """Our function."""
    return build_function(python, own_files(ROOT), dependency_files(ROOT))


def hello(python: Python) -> Built:
    """The SDK's hello-world with the same dependencies."""
    return build_function(python, {"lambda_function.py": HELLO.read_bytes()}, dependency_files(ROOT))


def unpack(built: Built, name: str, folder: Path) -> Subject:
    """Unpack a zip as the cloud does."""
    place = folder / name
    with zipfile.ZipFile(io.BytesIO(built.data)) as archive:
        archive.extractall(place)
    return Subject(name, place)
