"""The learnt parameters in the form that the cloud function carries: the same bytes as in `learnt.json`, ready to use.

`learnt.json` is for the repository: deflated, in one text. Opening it costs a cold start more than all of this skill's
imports. `learnt.bin` (made by ``make package``, never in the repository) is a line of JSON and the body; it is mapped into memory, so
that a turn loads the pages it touches and a start none. Its first line carries a check sum and the size of the rest. The rest
itself is not read through at every start: the zip it travels in has a check sum a file, and the cloud one over the zip.
"""

from __future__ import annotations

import json
import mmap
import zlib
from pathlib import Path

from skill.content.library import Content
from skill.understanding.interpreter import Interpreter
from skill.understanding.model import LEARNT, Learnt, LearntError, load_learnt

QUICK_VERSION = 3
QUICK = LEARNT.with_name("learnt.bin")


def read_quick(data: bytes | mmap.mmap) -> Learnt:
    """`Learnt` from the bytes of `learnt.bin`. Raises ValueError, KeyError, TypeError or AttributeError for bytes that are none."""
    end = data.find(b"\n")
    line = data[: max(end, 0)]
    check, _, text = line.partition(b" ")
    if int(check, 16) != zlib.crc32(text):
        raise ValueError("the check sum of its first line does not fit")
    head = json.loads(text)
    if head["quick_version"] != QUICK_VERSION:
        raise ValueError(f"version {head['quick_version']!r}, this code reads {QUICK_VERSION}")
    return Learnt(head, memoryview(data)[end + 1 :])


def load_quick(path: Path = QUICK) -> Learnt:
    """Read and check the quick form. Raises LearntError with the reason and the remedy."""
    try:
        with path.open("rb") as file:
            return read_quick(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LearntError(f"{path.name}: damaged ({type(error).__name__}: {error}); run: make package") from error


def load_interpreter(content: Content) -> Interpreter:
    """An interpreter with the quick form where there is one, as in the cloud, and else with `learnt.json`. Raises LearntError."""
    return Interpreter(content, load_quick() if QUICK.is_file() else load_learnt())
