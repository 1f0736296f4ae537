"""The same skill with ten times the sections and utterances, made up from what there is.

Content: every section, text and name ten times. Learnt parameters: ten times the columns of the section head, and as many more marks as
ten times the utterances would bring. New utterances repeat marks that are known already; how many are new is measured on ours
(a tenth of them against all) and carried on.
"""

from __future__ import annotations

import json
import math
from copy import deepcopy
from pathlib import Path
from typing import Any

from skill.content.library import content_hash
from skill.understanding.features import Concepts, key_of, marks
from skill.understanding.keys import Keys, shelved, size_of
from skill.understanding.model import unpacked
from tools.content.sources import every_utterance
from tools.package.function import CONTENT, LEARNT, QUICK
from tools.package.quick import joined

TIMES = 10
Json = dict[str, Any]


def tenfold(own: dict[str, bytes], root: Path) -> dict[str, bytes]:
    """The files of the function with ten times of everything."""
    content, learnt = json.loads(own[CONTENT]), json.loads(own[LEARNT])
    factor = growth_of_marks(root, Concepts(learnt["concepts"]))
    others = {name: data for name, data in own.items() if name != LEARNT}
    return others | {
        CONTENT: json.dumps(_more_content(content), ensure_ascii=False).encode(),
        QUICK: _more_learnt(learnt, factor),
    }


def growth_of_marks(root: Path, concepts: Concepts) -> float:
    """How many times more marks ten times the utterances bring, from the growth between a tenth of ours and all of them."""
    spoken = [utterance.text.split() for utterance in every_utterance(root / "skill" / "content")]
    few, all_of_them = (
        len({m for words in part for b in marks(words, concepts).values() for m in b})
        for part in (spoken[::TIMES], spoken)
    )
    return all_of_them / few


def _more_content(document: Json) -> Json:
    body = deepcopy(document["body"])
    for number in range(1, TIMES):
        body["texts"] |= {f"{key}.{number}": text for key, text in document["body"]["texts"].items()}
        body["sections"] += [{**one, "id": f"{one['id']}-{number}"} for one in document["body"]["sections"]]
        body["names"] |= {f"{name} {number}": f"{one}-{number}" for name, one in document["body"]["names"].items()}
    return {**document, "body": body, "hash": content_hash(body)}


def _more_learnt(document: Json, factor: float) -> bytes:
    body, count = unpacked(document["packed"]), document["marks"]
    size = document["row_bytes"]
    keys, lines = list(Keys(memoryview(body)[: size_of(count)])), body[size_of(count) :]
    columns, heads = _wider_heads(document["heads"])
    before = sum(head["columns"] for head in document["heads"])
    known = set(keys)
    new = {key_of(f"~{index}") for index in range(math.ceil(count * (factor - 1)))} - known
    # Every key with the row of ours that it takes after; new keys take them in turn.
    rows = sorted([*zip(keys, range(count), strict=True), *((key, index % count) for index, key in enumerate(new))])
    wide = [
        row[: columns.stop] + row[columns] * (TIMES - 1) + row[columns.stop : before] + row[-1:]
        for row in (lines[index * size : (index + 1) * size] for index in range(count))
    ]
    more = shelved(key for key, _ in rows) + b"".join(wide[row] for _, row in rows)
    return joined({**document, "heads": heads, "marks": len(rows), "row_bytes": len(wide[0])}, more)


def _wider_heads(heads: list[Json]) -> tuple[slice, list[Json]]:
    """Where the section head's columns lie, and the heads with ten times as many of them."""
    place = next(index for index, head in enumerate(heads) if head["name"] == "section")
    begin = sum(head["columns"] for head in heads[:place])
    return slice(begin, begin + heads[place]["columns"]), [
        _wider(head) if head["name"] == "section" else head for head in heads
    ]


def _wider(head: Json) -> Json:
    classes = head["classes"] + [f"{name}-{number}" for number in range(1, TIMES) for name in head["classes"]]
    return {
        **head,
        "classes": classes,
        "columns": head["columns"] * TIMES,
        "scale": head["scale"] * TIMES,
        # A little less likely than the first, so that the answers stay what they were.
        "bias": head["bias"] + [bias - 5.0 for bias in head["bias"]] * (TIMES - 1),
    }
