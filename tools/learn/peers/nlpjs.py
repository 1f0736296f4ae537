"""nlp.js in a Node process of its own: lang-nl, its neural classifier, out of scope taught as its class None."""

from __future__ import annotations

import atexit
import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from tools.learn.peers.base import Method, Ranking, best_first, resident

if TYPE_CHECKING:
    from tools.learn.data import Row

FOLDER = Path(__file__).parent / "nlpjs"
OUT_OF_SCOPE, NONE = "buiten", "None"


class NlpJs(Method):
    """Speaks with nlpjs/nlp.cjs in lines of JSON; what was learnt is nlp.js' own exported model."""

    def __init__(self) -> None:
        command = ["node", "nlp.cjs"]
        self.node = subprocess.Popen(command, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.node.kill)
        self._cpu = self.start_seconds = float(self._read()["cpu"])

    def fit(self, rows: Sequence[Row]) -> None:
        # It learns utterance by utterance, and favours the last label where they come label by label.
        mixed = sorted(rows, key=lambda row: hashlib.sha256(row.text.encode("utf-8")).digest())
        pairs = [[" ".join(row.words), NONE if row.label == OUT_OF_SCOPE else row.label] for row in mixed]
        self.model = str(self._ask({"train": pairs})["model"])

    def rank(self, words: list[str]) -> Ranking:
        scores = self._ask({"rank": " ".join(words)})["scores"]
        return best_first((OUT_OF_SCOPE if name == NONE else name, float(score)) for name, score in scores)

    def cpu_seconds(self) -> float:
        """Node's CPU seconds; the pipe to it is not counted."""
        return self._cpu

    def resident(self) -> int | None:
        """All of Node: a skill in Python would have to start it."""
        return resident(str(self.node.pid))

    def __getstate__(self) -> str:
        return self.model

    def __setstate__(self, model: Any) -> None:
        NlpJs.__init__(self)
        self.model = model
        self._ask({"load": model})

    def _ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        pipe = cast(IO[str], self.node.stdin)
        pipe.write(json.dumps(question) + "\n")
        pipe.flush()
        answer = self._read()
        self._cpu = float(answer["cpu"])
        return answer

    def _read(self) -> dict[str, Any]:
        line = cast(IO[str], self.node.stdout).readline()
        if not line:
            raise RuntimeError("nlp.js ended; what it said stands above")
        return dict(json.loads(line))
