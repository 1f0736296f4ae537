"""How many bytes a method's packages take once they are installed, with all that they need; compiled bytecode is not counted."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tools.learn.peers.methods import FOLDER, Peer

SKILL = FOLDER.parents[2] / "skill" / "understanding"
OURS = ("shipped", "shippedandembeddings")


def installed(peer: Peer) -> int:
    """Bytes of its packages and theirs; of understanding itself with the parameters that ship; of nlp.js without Node."""
    if peer.node:
        return of_folder((FOLDER / "nlpjs" / "node_modules").rglob("*"))
    ours = of_folder([*SKILL.glob("*.py"), *SKILL.glob("*.json"), *SKILL.glob("*.toml")]) if peer.key in OURS else 0
    return ours + sum(of_package(name) for name in with_needs(peer.packages))


def with_needs(names: Iterable[str]) -> set[str]:
    """Packages and all that they need on this machine."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:  # an extra of another package
            continue
        found.add(name)
        needs = [Requirement(line) for line in requires]
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found


def of_package(name: str) -> int:
    """Bytes of the files that a distribution's record names."""
    return of_folder(Path(str(file.locate())) for file in distribution(name).files or [])


def of_folder(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file() and path.suffix != ".pyc")
