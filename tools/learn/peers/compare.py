"""`python -m tools.learn peers`: judge every method and write figures.json, unless it already holds the figures of today's data."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tools.learn.data import OUT_OF_SCOPE, ROOT, Row, fingerprint, read_rows
from tools.learn.peers import split
from tools.learn.peers.methods import FOLDER, PEERS, Peer
from tools.learn.peers.scores import score

FIGURES = FOLDER / "figures.json"
AMOUNTS = (split.ALL, split.SAMPLE)


def compare(again: bool) -> int:
    """Make the figures anew when data, methods or pins changed, or on request. Returns an exit status."""
    if not again and (kept := read_figures()) and kept["made_of_sha256"] == made_of():
        print(f"{FIGURES.name}: up to date ({kept['date']})")
        return 0
    began = time.perf_counter()
    rows = read_rows()
    document = {
        "made_by": "python -m tools.learn peers",
        "made_of_sha256": made_of(),
        "date": datetime.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "asked": len(split.questions(rows)),
        "learnt_from": {amount: len(split.training(rows, amount, with_danger=False)) for amount in AMOUNTS},
        "methods": {peer.key: try_out(peer, rows) for peer in PEERS},
    }
    FIGURES.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{FIGURES.name}: written, {time.perf_counter() - began:.0f} s")
    return 0


def read_figures() -> dict[str, Any] | None:
    """The figures that are kept, or None."""
    return dict(json.loads(FIGURES.read_bytes())) if FIGURES.exists() else None


def made_of() -> str:
    """SHA-256 over what shapes the figures: utterances and marks (data.fingerprint), the methods here and their pins."""
    digest = hashlib.sha256(fingerprint().encode("ascii"))
    lock = FOLDER / "nlpjs" / "package-lock.json"
    for path in [*sorted(FOLDER.glob("*.py")), FOLDER / "nlpjs" / "nlp.cjs", lock, ROOT / "requirements-peers.txt"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def try_out(peer: Peer, rows: list[Row]) -> dict[str, Any]:
    """One method's figures by amount and its installed size, or how to install what it lacks."""
    if remedy := peer.missing():
        print(f"{peer.title}: not installed here; {remedy}", file=sys.stderr)
        return {"missing": remedy}
    from tools.learn.peers.sizes import installed  # noqa: PLC0415 # needs a package of the same environment

    figures: dict[str, Any] = {"installed": installed(peer)}
    for amount in AMOUNTS[1:] if peer.slow else AMOUNTS:
        began = time.perf_counter()
        figures[amount] = measured(peer, rows, amount)
        print(
            f"{peer.title}, {amount}: {time.perf_counter() - began:.0f} s, {figures[amount]['first']:.3f} first right"
        )
    return figures


def measured(peer: Peer, rows: list[Row], amount: str) -> dict[str, Any]:
    """Scores and costs, each from a process of its own. Raises CalledProcessError when the method fails."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        asked = [row.words for row in split.questions(rows)]
        (folder / "questions.json").write_text(json.dumps(asked), encoding="utf-8")
        results = {}
        for command in ("judge", "cost"):
            program = [sys.executable, "-m", "tools.learn.peers.trial", command, peer.key, amount, place]
            one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            subprocess.run(program, cwd=ROOT, env=one_thread, check=True)
            results[command] = json.loads((folder / f"{command}.json").read_bytes())
    scores = score(results["judge"]["rankings"], OUT_OF_SCOPE)
    return {name: round_up(value) for name, value in {**scores._asdict(), **results["cost"]}.items()}


def round_up(value: float | None) -> float | None:
    """Four decimals are enough to keep; a count stays as it is."""
    return round(value, 4) if isinstance(value, float) else value
