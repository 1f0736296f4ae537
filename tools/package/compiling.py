"""Byte code for the function, made by the function's own Python.

Modules travel as `name.pyc` beside no source: the smallest and quickest form, and the loader asks nothing of a file system
that cannot be written. A process of its own with nothing else loaded compiles them in a fixed order, as the bytes
depend on what the process holds. Docstrings of the SDK stay out (they are most of it); ours stay, as `dataclasses` would
otherwise spend time at every start making one up.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import NamedTuple

from tools.package.pythons import Python

# Runs in the function's Python: pairs of name, source and level in, byte code out. The hash kind "unchecked" makes a file that
# depends on no date and is never compared with a source.
_PROGRAM = """
import base64, importlib._bootstrap_external as files, importlib.util, json, sys
found = {}
for name, source, level in json.load(sys.stdin):
    code = compile(base64.b64decode(source), name, "exec", dont_inherit=True, optimize=level)
    data = files._code_to_hash_pyc(code, importlib.util.source_hash(base64.b64decode(source)), False)
    found[name] = base64.b64encode(data).decode()
json.dump(found, sys.stdout)
"""
KEEP_ALL, DROP_DOCSTRINGS = 0, 2


class Module(NamedTuple):
    """A module to compile. `name`: its path in the zip, as tracebacks show it."""

    name: str
    source: bytes
    level: int


def compile_modules(python: Python, modules: Sequence[Module]) -> dict[str, bytes]:
    """Byte code by the path that it gets in the zip (`.pyc`). Raises CalledProcessError for a source that does not compile."""
    asked = [(module.name, base64.b64encode(module.source).decode("ascii"), module.level) for module in sorted(modules)]
    done = python.run("-I", "-S", "-c", _PROGRAM, text=json.dumps(asked))
    compiled = json.loads(done.stdout)
    return {f"{name}c": base64.b64decode(data) for name, data in compiled.items()}
