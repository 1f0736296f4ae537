"""`python -m tools.learn train [--choose] | evaluate [--given FILE] [--note TEXT] | saturation [--given FILE] | peers [--again] | check`.

train       learn the parameters; `--choose` first chooses temperatures and thresholds anew on held-out hands (a quarter of an hour)
evaluate    measure on the measuring sets and write docs/understanding.md; `--given` adds a set that is not in the repository
saturation  measure what a fifth more data moved, for that report (a quarter of an hour)
peers       compare methods and write them into docs/understanding.md, unless those of today's data are there (a quarter of an hour)
check       fail when the parameters are older than what they are made from
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.learn.data import LEARNT


def main(arguments: list[str]) -> int:
    """Run one command; the exit status is 0 when all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.learn", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train")
    train.add_argument("--choose", action="store_true")
    evaluate = commands.add_parser("evaluate")
    evaluate.add_argument("--given", metavar="FILE", type=measuring_set)
    evaluate.add_argument("--note", default="", help="what was changed since the last run; goes into the log")
    saturation = commands.add_parser("saturation")
    saturation.add_argument("--given", metavar="FILE", type=measuring_set)
    peers = commands.add_parser("peers")
    peers.add_argument("--again", action="store_true", help="also when the figures are of today's data")
    commands.add_parser("check")
    chosen = parser.parse_args(arguments)
    if chosen.command == "check":
        return check()
    if chosen.command == "train":
        from tools.learn.train import train as run  # noqa: PLC0415

        run(chosen.choose)
        return 0
    if chosen.command == "saturation":
        from tools.learn.saturation import saturation as leave_out  # noqa: PLC0415

        return check() or leave_out(chosen.given)
    if chosen.command == "peers":
        from tools.learn.peers.compare import compare  # noqa: PLC0415
        from tools.learn.peers_table import renew  # noqa: PLC0415

        status = compare(chosen.again)
        renew()
        return status
    from tools.learn.evaluate import evaluate as measure  # noqa: PLC0415

    return measure(chosen.given, chosen.note)


def measuring_set(name: str) -> Path:
    """The path of a set that is not in the repository. Raises ArgumentTypeError where there is none."""
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(
            f"{name}: no such file; give the path of a measuring set (JSON lines with text and accept)"
        )
    return path


def check() -> int:
    """Compare the fingerprint in the parameters with the data's."""
    from skill.understanding.model import LearntError, load_learnt  # noqa: PLC0415
    from tools.learn.data import fingerprint  # noqa: PLC0415

    try:
        learnt = load_learnt()
    except LearntError as error:
        print(error, file=sys.stderr)
        return 1
    if learnt.data_hash != fingerprint():
        print(f"{LEARNT.name} is older than what it is made from; run: make train", file=sys.stderr)
        return 1
    print(f"{LEARNT.name}: up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
