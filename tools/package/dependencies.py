"""The part of the SDK's family that a turn needs, taken from this environment after comparing it with what was pinned."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

PINS = "requirements-lambda.txt"
SHIPPED = ("ask-sdk-core", "ask-sdk-model", "ask-sdk-runtime", "python-dateutil", "six")
LEFT_OUT = {
    "requests": "for calls to Alexa's services, which a turn never makes (ask_sdk_core.api_client)",
    "certifi": "of requests",
    "charset-normalizer": "of requests",
    "idna": "of requests",
    "urllib3": "of requests",
    "tzdata": "of dateutil, for time zones by name",
}
# Folders of a distribution that no turn imports.
SKIPPED_PARTS = ("dateutil/zoneinfo/rebuild.py", "ask_sdk_core/api_client.py")


class DependencyError(Exception):
    """What is installed here is not what was pinned; the text says what to do."""


def pinned(root: Path) -> dict[str, str]:
    """Name and version of everything in requirements-lambda.txt."""
    text = (root / PINS).read_text(encoding="utf-8")
    return {match[1].lower(): match[2] for match in re.finditer(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", text, re.MULTILINE)}


def dependency_files(root: Path) -> dict[str, bytes]:
    """Path in the zip and content of every file of the shipped distributions. Raises DependencyError."""
    versions = pinned(root)
    undecided = set(versions) - set(SHIPPED) - set(LEFT_OUT)
    if undecided or not set(SHIPPED) <= set(versions):
        raise DependencyError(
            f"{PINS} and tools/package/dependencies.py disagree on: "
            f"{', '.join(sorted(undecided | (set(SHIPPED) - set(versions))))}. Say there whether a turn needs it."
        )
    files: dict[str, bytes] = {}
    for name in SHIPPED:
        found = distribution(name)
        if found.version != versions[name]:
            raise DependencyError(
                f"{name} {found.version} is installed, {versions[name]} is pinned; "
                "run: .venv/bin/python -m pip install -r requirements.txt"
            )
        files |= _files_of(found)
    return files


def _files_of(found: Distribution) -> dict[str, bytes]:
    files = {}
    for entry in found.files or []:
        name = entry.as_posix()
        if entry.hash is None or ".dist-info/" in name or name.startswith("..") or name in SKIPPED_PARTS:
            continue
        data = Path(str(entry.locate())).read_bytes()
        digest = base64.urlsafe_b64encode(hashlib.new(entry.hash.mode, data).digest()).rstrip(b"=").decode("ascii")
        if digest != entry.hash.value:
            raise DependencyError(
                f"{name} was changed after it was installed; run: "
                f".venv/bin/python -m pip install --force-reinstall --no-deps {found.name}=={found.version}"
            )
        files[name] = data
    return files
