"""`python -m tools.content`: check the content and compile it; `--check` only says whether the compiled file is up to date."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence

from skill.content.library import COMPILED
from tools.content.checks import findings, warnings
from tools.content.compile import compile_body, compiled_bytes, write_if_changed
from tools.content.findings import Finding
from tools.content.sources import SourceError, read_sources
from tools.content.trial import try_out


def main() -> int:
    """Exit status 0 when all is well, 1 when content is refused or out of date."""
    parser = argparse.ArgumentParser(prog="python -m tools.content", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when compiled.json is out of date")
    arguments = parser.parse_args()
    try:
        sources = read_sources()
    except SourceError as error:
        return _refuse(error.findings)
    if wrong := findings(sources):
        return _refuse(wrong)
    for warning in warnings(sources, datetime.datetime.now(tz=datetime.UTC).date()):
        print(f"warning: {warning}", file=sys.stderr)
    body = compile_body(sources)
    if wrong := list(try_out(body)):
        return _refuse(wrong)
    data = compiled_bytes(body)
    if arguments.check:
        if not COMPILED.exists() or COMPILED.read_bytes() != data:
            print(f"skill/content/{COMPILED.name}: is older than its sources; run: make content", file=sys.stderr)
            return 1
        print("content: up to date")
        return 0
    changed = write_if_changed(COMPILED, data)
    count = sum(map(len, sources.utterances.values()))
    print(f"content: {len(sources.tips)} sections, {count} utterances, {'written' if changed else 'no change'}")
    return 0


def _refuse(wrong: Sequence[Finding]) -> int:
    for finding in wrong:
        print(finding, file=sys.stderr)
    print(f"content: refused, {len(wrong)} to mend; the last good compiled.json stays", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
