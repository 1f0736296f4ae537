"""Is there enough data? The figures on the measuring sets when a random sixth of the utterances is left out, beside those of all.

From five sixths to all is 20 % more training data. Six sixths are left out in turn, so that the mean does not hang on which one it is.
Limits and temperatures stay those that ship; nothing is chosen by this.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from joblib import Parallel, delayed

from skill.content.library import load_content
from skill.understanding import Interpreter, load_interpreter
from skill.understanding.model import Learnt, unpacked
from tools.learn.data import Row, fingerprint, read_rows
from tools.learn.measure import DANGER_FIGURES, SECTION_FIGURES, Share, measure_sets
from tools.learn.saturation_table import KEPT, compared
from tools.learn.train import parameters_of

PARTS = 6
Figures = dict[str, dict[str, float]]
"""By measuring set, by name: a percentage."""


def saturation(given: Path | None) -> int:
    """Measure with all utterances and without each sixth, and keep the figures for the report. Returns an exit status."""
    rows = read_rows()
    part = parts(len(rows))
    without = Parallel(n_jobs=2)(delayed(_without)(rows, part, number, given) for number in range(PARTS))
    kept = {
        "date": datetime.date.today().isoformat(),
        "made_of_sha256": fingerprint(),
        "utterances": len(rows),
        "all": figures(load_interpreter(load_content()), given),
        "without": without,
    }
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(compared(kept))
    return 0


def parts(count: int) -> list[int]:
    """The part that each of so many rows belongs to, by lot; the same for the same count."""
    numbers = [index % PARTS for index in range(count)]
    random.Random(0).shuffle(numbers)
    return numbers


def _without(rows: Sequence[Row], part: Sequence[int], number: int, given: Path | None) -> Figures:
    learnt_from = [row for row, own in zip(rows, part, strict=True) if own != number]
    document = json.loads(parameters_of(learnt_from))
    return figures(Interpreter(load_content(), Learnt(document, memoryview(unpacked(document["packed"])))), given)


def figures(interpreter: Interpreter, given: Path | None) -> Figures:
    """The figures of issue 3's table on every measuring set, in per cent."""
    sets, danger = measure_sets(interpreter, given)
    return {name: _of(shares, SECTION_FIGURES) for name, shares in sets.items()} | {
        name: _of(shares, DANGER_FIGURES) for name, shares in danger.items()
    }


def _of(shares: Mapping[str, Share], names: Iterable[str]) -> dict[str, float]:
    return {name: round(100 * shares[name].value, 2) for name in names}
