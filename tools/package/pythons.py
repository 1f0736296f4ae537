"""Finding the Python whose byte code the cloud function runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

VERSION = (3, 13)
NAME = "python3.13"
VARIABLE = "FUNCTION_PYTHON"
# A stand-in of pyenv only starts a version that is switched on; this switches it on for one call.
_PYENV = {"PYENV_VERSION": "3.13"}
_PROBE = "import sys; sys.exit(0 if sys.version_info[:2] == (3, 13) and sys.implementation.name == 'cpython' else 1)"


class NoPythonError(Exception):
    """There is no Python 3.13 here; the text says how to get one."""


@dataclass(frozen=True, slots=True)
class Python:
    """A command that starts CPython 3.13, and what must stand in its environment."""

    command: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, text: str | None = None, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run it to its end; CalledProcessError when it fails."""
        return subprocess.run(
            [self.command, *arguments],
            env={**os.environ, **self.environment},
            input=text,
            capture_output=True,
            text=True,
            check=True,
            timeout=timeout,
        )


def find_python(environment: Mapping[str, str] = os.environ) -> Python:
    """A Python 3.13 by its name. Raises NoPythonError."""
    for python in _candidates(environment):
        try:
            python.run("-I", "-c", _PROBE, timeout=20)
        except (OSError, subprocess.SubprocessError):
            continue
        return python
    raise NoPythonError(
        "The cloud function runs Python 3.13, and what is packed is compiled for it; there is none here. Install one "
        "(uv python install 3.13, or pyenv install 3.13, or sudo apt install python3.13 where the system has it), or "
        f"name one: {VARIABLE}=/path/to/python3.13 make package"
    )


def _candidates(environment: Mapping[str, str]) -> Iterator[Python]:
    if named := environment.get(VARIABLE):
        yield Python(named)
        return
    if sys.version_info[:2] == VERSION:
        yield Python(sys.executable)
    if found := shutil.which(NAME, path=environment.get("PATH")):
        yield Python(found)
        yield Python(found, _PYENV)
    if uv := shutil.which("uv", path=environment.get("PATH")):
        done = subprocess.run([uv, "python", "find", "3.13"], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            yield Python(done.stdout.strip())
