"""docs/performance.md: every command writes its own part and leaves the others."""

from __future__ import annotations

import datetime
import platform
import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
START = """# What it costs

Every part below is written by the command that it names, on the machine that it names. CPU time comes first: on a machine that does other
work too it moves least, and the cloud bills by it. The comparison is the SDK's own hello-world (`benchmarks/hello/`), packed by the same
packer, compiled for the same Python, with a sample envelope handled at import time.
"""
PARTS = ("bench", "load", "soak")


def put(part: str, text: str) -> None:
    """Replace one part of the document."""
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    found = {name: match[1] for name in PARTS if (match := re.search(_block(name), before, re.DOTALL))}
    found[part] = f"\n{text.strip()}\n"
    blocks = "\n".join(f"<!-- {name} -->{found[name]}<!-- /{name} -->\n" for name in PARTS if name in found)
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(f"{START}\n{blocks}", encoding="utf-8")


def _block(name: str) -> str:
    return rf"<!-- {name} -->(.*?)<!-- /{name} -->"


def machine(python: str) -> str:
    """Processor, number of cores, Python and date in one line."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return f"{today}; {names[0] if names else platform.machine()}, {len(names) or '?'} cores; {python}"


def table(rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; the first row is its head."""
    head, *rest = rows
    lines = [head, ("---",) * len(head), *rest]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)
