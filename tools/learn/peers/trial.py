"""One method in a process of its own: `python -m tools.learn.peers.trial judge|cost KEY AMOUNT FOLDER`, results as files in the folder.

judge   learn, rank every question, keep what was learnt
cost    in a process that has imported nothing else: load what was learnt, answer a few questions, say what that took
"""

from __future__ import annotations

import json
import pickle
import statistics
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.learn.peers.base import Method, resident
from tools.learn.peers.methods import PEERS, Peer

TIMED = 200
WARMING = 10


def judge(peer: Peer, amount: str, folder: Path) -> dict[str, Any]:
    """Right label and ranking of every question."""
    from tools.learn.data import read_rows  # noqa: PLC0415 # the other command must not pay for it
    from tools.learn.peers import split  # noqa: PLC0415

    rows = read_rows()
    method = peer.make()
    method.fit(split.training(rows, amount, method.wants_danger))
    (folder / "learnt.pickle").write_bytes(pickle.dumps(method))
    return {"rankings": [[row.label, method.rank(row.words)] for row in split.questions(rows)]}


def cost(peer: Peer, folder: Path) -> dict[str, Any]:
    """CPU milliseconds to import and a question (median), bytes of memory added by both."""
    asked: list[list[str]] = json.loads((folder / "questions.json").read_bytes())[:TIMED]
    before, began = resident("self"), time.process_time()
    import_module(f"tools.learn.peers.{peer.place.split(':')[0]}")
    imported = time.process_time() - began
    method: Method = pickle.loads((folder / "learnt.pickle").read_bytes())
    for words in asked[:WARMING]:
        method.rank(words)
    spent = []
    for words in asked:
        began = method.cpu_seconds()
        method.rank(words)
        spent.append(method.cpu_seconds() - began)
    after = method.resident()
    added = None if before is None or after is None else after - (0 if peer.node else before)
    return {
        "import_ms": 1000 * (imported if method.start_seconds is None else method.start_seconds),
        "question_ms": 1000 * statistics.median(spent),
        "memory": added,
    }


def main(command: str, key: str, amount: str, place: str) -> None:
    peer = next(peer for peer in PEERS if peer.key == key)
    folder = Path(place)
    result = judge(peer, amount, folder) if command == "judge" else cost(peer, folder)
    (folder / f"{command}.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
