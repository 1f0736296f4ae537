"""`learnt.json` in the form that a turn uses as it lies: see skill/understanding/quick.py."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from array import array
from itertools import accumulate

from skill.understanding.quick import QUICK_VERSION

LEFT_BEHIND = ("version", "made_by", "hash", "packed", "names_length", "marks")


class QuickError(Exception):
    """The learnt parameters cannot be brought into the quick form."""


def quick_form(learnt: bytes) -> bytes:
    """The bytes of `learnt.bin` for those of `learnt.json`: a line of JSON, then keys, where names end, rarity, weights, names."""
    document = json.loads(learnt)
    packed = zlib.decompress(base64.b64decode(document["packed"]))
    names = packed[: document["names_length"]].decode("utf-8").split("\n")
    count, width = len(names), document["width"]
    rarity = packed[document["names_length"] :][:count]
    weights = packed[document["names_length"] + count :]
    rows = sorted((zlib.crc32(name.encode("utf-8")), name, row) for row, name in enumerate(names))
    keys = array("I", (key for key, _, _ in rows))
    if sys.byteorder != "little" or keys.itemsize != 4:
        raise QuickError("this machine writes numbers in another order than the cloud reads them")
    spelt = [name.encode("utf-8") for _, name, _ in rows]
    body = (
        keys.tobytes()
        + array("I", accumulate(map(len, spelt))).tobytes()
        + bytes(rarity[row] for _, _, row in rows)
        + b"".join(weights[row * width : (row + 1) * width] for _, _, row in rows)
        + b"".join(spelt)
    )
    head = {name: value for name, value in document.items() if name not in LEFT_BEHIND}
    head |= {"quick_version": QUICK_VERSION, "marks": count, "crc": zlib.crc32(body)}
    # In the order of the document: which concept a word belongs to depends on it.
    return json.dumps(head, ensure_ascii=False).encode("utf-8") + b"\n" + body
