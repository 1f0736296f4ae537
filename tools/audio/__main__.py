"""`make audio`: render every text of the content that can be said, at both paces.

python -m tools.audio                       only what is missing or changed; stays with the voice that is there
python -m tools.audio --engine gtts         everything by that engine (see --help); the next takes over where it fails
python -m tools.audio --recordings FOLDER   a human voice, files named by content key
python -m tools.audio --check               nothing is made; status 1 where a clip is missing or does not fit its text
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from tools.audio.build import Builder, Summary
from tools.audio.engines import ORDER, EngineError, Options, engines_in_order
from tools.audio.manifest import AUDIO, ManifestError
from tools.audio.recordings import Recordings
from tools.audio.sentences import FOLDER, SentenceStore
from tools.audio.spoken import read_pronunciations
from tools.audio.takes import TakesError, read_takes
from tools.content.compile import spoken_texts
from tools.content.sources import SourceError, read_sources

MOST_BYTES = 15_000_000
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being ended is an interrupt like any other
    try:
        texts = spoken_texts(read_sources())
        builder = Builder(
            given.folder,
            engines_in_order(given.engine, Options.from_env(os.environ)),
            SentenceStore(given.cache),
            chosen=given.engine,
            recordings=Recordings(given.recordings),
            pronunciations=read_pronunciations(),
            takes=read_takes(),
        )
        if given.check:
            return _check(builder.stale(texts))
        return _report(builder.run(texts, given.jobs, _progress))
    except (SourceError, ManifestError, TakesError, EngineError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; what is finished is kept, the same command goes on from there", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.audio", description="Render the spoken texts as MP3.")
    parser.add_argument("--engine", choices=ORDER, help="the engine to use for everything (default: keep what fits)")
    parser.add_argument("--recordings", type=Path, metavar="FOLDER", help="recordings of a human voice, named by key")
    parser.add_argument("--jobs", type=_at_least_one, default=os.cpu_count() or 1, help="worker processes")
    parser.add_argument("--folder", type=Path, default=AUDIO, help="where the files and the manifest are")
    parser.add_argument("--cache", type=Path, default=FOLDER, help="where single sentences are kept between runs")
    parser.add_argument("--check", action="store_true", help="only tell what is missing or out of date")
    return parser


def _at_least_one(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _check(stale: list[str]) -> int:
    for name in stale:
        print(f"audio: {name} is missing or does not fit its text", file=sys.stderr)
    if stale:
        print(f"{len(stale)} clips are out of date; run: make audio", file=sys.stderr)
    return 1 if stale else 0


def _report(summary: Summary) -> int:
    for note in summary.notes:
        print(f"note: {note}", file=sys.stderr)
    for name, reason in summary.failed.items():
        print(f"failed: {name}: {reason}", file=sys.stderr)
    voices = ", ".join(f"{count} by {engine}" for engine, count in summary.engines.most_common())
    print(
        f"audio: {summary.rendered} rendered, {summary.kept} kept, {summary.removed} old files removed; {voices}; "
        f"{summary.bytes / 1e6:.1f} MB"
    )
    if len(summary.engines) > 1:
        print("note: more than one voice; --engine NAME makes it one", file=sys.stderr)
    if summary.bytes > MOST_BYTES:
        print(f"note: more than {MOST_BYTES / 1e6:.0f} MB, which is too much for the repository", file=sys.stderr)
    return 1 if summary.failed else 0


def _progress(done: int, total: int, doing: str) -> None:
    """A bar on a terminal; elsewhere a line every fifty clips."""
    if sys.stderr.isatty():
        filled = 30 * done // total
        bar = "#" * filled + "." * (30 - filled)
        print(
            f"\r[{bar}] {done}/{total} {doing[:30]:30}", end="" if done < total else "\n", file=sys.stderr, flush=True
        )
    elif done % 50 == 0 or done == total:
        print(f"audio: {done}/{total}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
