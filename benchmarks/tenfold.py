"""The same skill with ten times the sections and utterances, made up from what there is.

Content: every section, text and name ten times. Learnt parameters: ten times the columns of the section head, and as many more marks as
ten times the utterances would bring. New utterances repeat marks that are known already; how many are new is measured on ours
(a tenth of them against all) and carried on.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import zlib
from copy import deepcopy
from pathlib import Path
from typing import Any

from skill.content.library import content_hash
from skill.understanding.features import Concepts, marks
from tools.package.function import CONTENT, LEARNT

TIMES = 10
Json = dict[str, Any]


def tenfold(own: dict[str, bytes], root: Path) -> dict[str, bytes]:
    """The files of the function with ten times of everything."""
    content, learnt = json.loads(own[CONTENT]), json.loads(own[LEARNT])
    factor = growth_of_marks(root, Concepts(learnt["concepts"]))
    bodies = {CONTENT: _more_content(content), LEARNT: _more_learnt(learnt, factor)}
    return {**own, **{name: json.dumps(body, ensure_ascii=False).encode() for name, body in bodies.items()}}


def growth_of_marks(root: Path, concepts: Concepts) -> float:
    """How many times more marks ten times the utterances bring, from the growth between a tenth of ours and all of them."""
    paths = sorted((root / "skill" / "content" / "utterances").rglob("*.txt"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    spoken = [line.split() for line in lines if line and not line.startswith("#")]
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


def _more_learnt(document: Json, factor: float) -> Json:
    packed = zlib.decompress(base64.b64decode(document["packed"]))
    names = packed[: document["names_length"]].decode("utf-8").split("\n")
    count, width = len(names), document["width"]
    rarity = packed[document["names_length"] :][:count]
    weights = packed[document["names_length"] + count :]
    heads, before, columns = [], 0, None
    for head in document["heads"]:
        is_section = head["name"] == "section"
        if is_section:
            columns = slice(before, before + head["columns"])
        before += head["columns"]
        heads.append(_wider(head) if is_section else head)
    assert columns is not None
    more = math.ceil(count * (factor - 1))
    all_names = names + [f"{names[index % count]}~{index // count}" for index in range(more)]
    rows = [weights[index * width : (index + 1) * width] for index in range(count)]
    wide = [row[: columns.stop] + row[columns] * (TIMES - 1) + row[columns.stop :] for row in rows]
    text = "\n".join(all_names).encode("utf-8")
    body = (
        text
        + (rarity * math.ceil(factor))[: count + more]
        + b"".join(wide[index % count] for index in range(count + more))
    )
    data = base64.b64encode(zlib.compress(body, 9)).decode("ascii")
    changed = {
        "packed": data,
        "hash": hashlib.sha256(data.encode("ascii")).hexdigest(),
        "names_length": len(text),
        "heads": heads,
    }
    return {**document, **changed, "width": width + (TIMES - 1) * (columns.stop - columns.start), "marks": count + more}


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
