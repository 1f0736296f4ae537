"""skill/content/takes.toml: which take of a telephone number a clip is made of, where it is not the first.

A voice says a number in a few fixed ways (`TAKES` of kokoro_sounds.py). `python -m tools.intelligibility --takes` chooses and writes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from tools.audio.manifest import Paced
from tools.audio.plan import PAUSES

FILE = Path(__file__).parents[2] / "skill" / "content" / "takes.toml"
_HEADING = """\
# Takes of telephone numbers, as in a recording studio: where the recogniser of `make intelligibility` misread a number, the clip is
# made of the first other take that it read digit for digit. The words are the same; only pace, rests and melody of the numbers differ.
# Every other clip is made of take 1. The takes stand in tools/audio/engines/kokoro_sounds.py; other voices have one take.
# Written by: python -m tools.intelligibility --takes. Then run: make audio. A number may be changed by hand after listening.
"""


class TakesError(Exception):
    """The file cannot be read; the text says what is wrong in it."""


def read_takes(path: Path = FILE) -> dict[Paced, int]:
    """The take by content key and pace. Without the file: nothing. Raises TakesError."""
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TakesError(f"{path.name}: {error}") from error
    takes = {}
    for pace, table in tables.items():
        if pace not in PAUSES or not isinstance(table, dict):
            raise TakesError(f"{path.name}: {pace!r} is no pace; write [{'] or ['.join(PAUSES)}]")
        for key, take in table.items():
            if type(take) is not int or take < 1:
                raise TakesError(f"{path.name}: {key!r} should be the number of a take, 1 or more")
            takes[key, pace] = take
    return takes


def write_takes(takes: Mapping[Paced, int], path: Path = FILE) -> None:
    """Write the takes, in the order given, a table a pace."""
    tables = [
        f"\n[{pace}]\n" + "".join(f'"{key}" = {take}\n' for (key, at), take in takes.items() if at == pace)
        for pace in PAUSES
    ]
    path.write_text(_HEADING + "".join(tables), encoding="utf-8")
