"""`python -m tools.soak requests|conversations|turns [COUNT] [--seed N]`: long runs, one process, a line of figures at the end.

requests       hostile envelopes at both doors; the answer must be valid and the same              (200,000)
conversations  random conversations of 50 turns against the model of what must hold                 (20,000)
turns          the dialogues over and over in one process; memory must stay flat                   (100,000)

Exit status 1 with the smallest case that failed. `--minutes` ends a run early and says how many were done.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from skill.content.library import load_content
from tools.soak.doors import Both, open_function
from tools.soak.hostile import Hostile, other_skill, recorded
from tools.soak.walk import TURNS, Walk

COUNTS = {"requests": 200_000, "conversations": 20_000, "turns": 100_000}
OTHER_SKILL_EVERY = 20
# Growth after the first tenth of a run; the interpreter's own arenas move by less.
MOST_GROWTH_KB = 2_048


def main() -> int:
    """Run what was asked."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.soak", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=COUNTS)
    parser.add_argument("count", nargs="?", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    count = options.count or COUNTS[options.what]
    began = time.monotonic()
    cases = {"requests": requests, "conversations": conversations, "turns": turns}[options.what](options.seed)
    done, slowest, figures = 0, 0.0, ""
    try:
        while done < count and time.monotonic() - began < options.minutes * 60:
            before = time.perf_counter()
            figures = next(cases)
            # The first one opens the doors and loads everything.
            slowest = max(slowest, time.perf_counter() - before) if done else 0.0
            done += 1
    except AssertionError as error:
        print(f"{options.what}: case {done + 1} of seed {options.seed} failed: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - began
    print(
        f"{options.what}: {done} of {count} done, all good; seed {options.seed}, {seconds:.0f} s, "
        f"slowest {slowest * 1000:.0f} ms; {figures}"
    )
    return 0


def requests(seed: int) -> Iterator[str]:
    """Hostile requests; every twentieth is also sent for another skill."""
    function = open_function()
    both = Both(function)
    hostile = Hostile(recorded(function), seed)
    for number in itertools.count(1):
        event = hostile.case()
        try:
            both.check(event)
            if number % OTHER_SKILL_EVERY == 0:
                both.check_refused(other_skill(event, hostile.random))
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}\n{json.dumps(event)[:4000]}") from error
        yield f"{both.judge.different} different answers judged"


def conversations(seed: int) -> Iterator[str]:
    """Random conversations against the model."""
    walk = Walk(load_content(), seed)
    for number in itertools.count(1):
        walk.conversation()
        yield f"{number * TURNS} turns"


def turns(seed: int) -> Iterator[str]:
    """The recorded dialogues over and over through the cloud function; the process may not grow."""
    function = open_function()
    events = recorded(function)
    settled: int | None = None
    for number in itertools.count(1):
        function(events[(number + seed) % len(events)])
        if number == COUNTS["turns"] // 10:
            settled = _resident_kb()
        grown = _resident_kb() - settled if settled and number % 1000 == 0 else 0
        if grown > MOST_GROWTH_KB:
            raise AssertionError(f"{grown} kB more than after the first {COUNTS['turns'] // 10} turns")
        if number % 1000 == 0 or number == 1:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            said = f"resident {_resident_kb()} kB, after a tenth {settled} kB, peak {peak} kB"
        yield said


def _resident_kb() -> int:
    """Resident memory of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    sys.exit(main())
