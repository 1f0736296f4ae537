"""`python -m tools.review PAGE [--out FILE]`: lay every spoken text beside the paragraph that it rests on.

PAGE is a text copy of the source page, one paragraph a line. Exit status 1 when a paragraph is no longer found in it: the page
has changed, or the copy is not whole. The review page is written anyway and shows which.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.content.sources import read_sources
from tools.review.page import find_paragraphs
from tools.review.render import render

OUT = Path("build") / "review.html"


def main() -> int:
    """Write the review page."""
    parser = argparse.ArgumentParser(prog="python -m tools.review", description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    try:
        text = options.page.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        print(
            f"{options.page}: cannot be read ({type(error).__name__}); give a text file with the page", file=sys.stderr
        )
        return 2
    sources = read_sources()
    found = find_paragraphs(text, sources.page.paragraphs)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(render(sources, found), encoding="utf-8")
    gone = sorted(set(sources.page.paragraphs) - set(found))
    print(f"{options.out}: {len(found)} of {len(sources.page.paragraphs)} paragraphs found")
    if gone:
        print(f"not on the page as it was: {', '.join(gone)}", file=sys.stderr)
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
