"""`make intelligibility`: what an offline recogniser makes of the clips and of fixed sentences.

    python -m tools.intelligibility                      the clips and fixed sentences, by every engine here
    python -m tools.intelligibility --engines kokoro     only these engines on the fixed sentences
    python -m tools.intelligibility --no-clips           the fixed sentences only
    python -m tools.intelligibility --record             writes the figures down as those that may not get worse
    python -m tools.intelligibility --takes              measures nothing; chooses a take for every clip with a help number

All clips are heard at the normal pace; of the slower pace, which has the same words, those with help numbers.

The fixed sentences are in two sets: `tuned`, on which settings were chosen, and `held_out`, which nobody looked at while choosing.
Status 1 where a figure on the held-out set is more than three points worse than the recorded one. The report goes into audio/README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.audio.engines import ORDER, Engine, EngineError, Options, engines_in_order
from tools.audio.manifest import AUDIO, read_manifest
from tools.audio.mastering import PAUSE_MS, MasteringError, master
from tools.audio.plan import NORMAL, clips_of
from tools.audio.sentences import FOLDER, SentenceStore
from tools.audio.spoken import pronounced, read_pronunciations, spoken_form
from tools.audio.takes import write_takes
from tools.content.compile import spoken_texts
from tools.content.sources import read_sources
from tools.intelligibility.recogniser import Recogniser, RecogniserError
from tools.intelligibility.report import Report, numbers_line, write_report
from tools.intelligibility.takes import choose, heard_by, other_takes
from tools.intelligibility.takes import told as told_of_takes
from tools.intelligibility.words import Heard, compare, digits_in, rate

HERE = Path(__file__).parent
SENTENCES = HERE / "sentences.toml"
RECORDED = HERE / "recorded.toml"
MAY_RISE = 3.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.intelligibility")
    parser.add_argument("--engines", nargs="*", choices=ORDER, default=[name for name in ORDER if name != "gtts"])
    parser.add_argument("--no-clips", action="store_true", help="leave the shipped clips out")
    parser.add_argument("--record", action="store_true", help="write the figures down as the recorded ones")
    parser.add_argument(
        "--takes", action="store_true", help="choose takes of help numbers, write skill/content/takes.toml"
    )
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args(arguments)
    try:
        recogniser = Recogniser(threads=given.threads)
    except RecogniserError as error:
        print(error, file=sys.stderr)
        return 1
    if given.takes:
        return choose_takes(recogniser)
    fixed = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    report = Report({}, {})
    for name in given.engines:
        for part in ("held_out", "tuned"):
            heard = of_sentences(engines_in_order(name, Options.from_env(os.environ))[0], fixed[part], recogniser)
            if heard:
                report.fixed[name, part] = heard
                print(f"{name}, {part}: {rate(heard).percent:.1f} % of {rate(heard).words} words", flush=True)
    if not given.no_clips:
        report.clips.update(of_clips(recogniser))
        for (engine, pace), heard_by_key in report.clips.items():
            print(f"clips by {engine}, {pace}: {rate(heard_by_key.values()).percent:.1f} %", flush=True)
            print(f"  {numbers_line(pace, heard_by_key)}", flush=True)
    if given.record:
        record(report)
    write_report(AUDIO / "README.md", report)
    return told(worse(report, tomllib.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}))


def of_sentences(engine: Engine, sentences: Sequence[str], recogniser: Recogniser) -> list[Heard]:
    """The fixed sentences by one engine, as finished clips; nothing where the engine is not here."""
    store = SentenceStore(FOLDER)
    pronunciations = read_pronunciations()
    heard = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.mp3"
        for sentence in sentences:
            said = pronounced(spoken_form(sentence), pronunciations, engine.name)
            try:
                path.write_bytes(master([store.sound(engine, engine.identity(), said)], PAUSE_MS).mp3)
            except (EngineError, MasteringError) as error:
                print(f"{engine.name}: left out ({error})", file=sys.stderr)
                return []
            heard.append(compare(spoken_form(sentence), recogniser.transcribe(path)))
    return heard


def of_clips(recogniser: Recogniser) -> dict[tuple[str, str], dict[str, Heard]]:
    """Shipped clips by the engine that made them and their pace, then by key; a file behind two keys is heard once a pace."""
    texts = spoken_texts(read_sources())
    found: dict[tuple[str, str], dict[str, Heard]] = {}
    files: set[tuple[str, str]] = set()
    for (key, pace), entry in read_manifest(AUDIO).items():
        said = spoken_form(texts.get(key, ""))
        wanted = said if pace == NORMAL else digits_in(said)
        if wanted and (entry.file, pace) not in files:
            files.add((entry.file, pace))
            found.setdefault((entry.engine, pace), {})[key] = compare(said, recogniser.transcribe(AUDIO / entry.file))
    return found


def choose_takes(recogniser: Recogniser) -> int:
    """Write down the first take that is understood of every clip with a help number, and tell what became of each."""
    engine = engines_in_order("kokoro", Options.from_env(os.environ))[0]
    try:
        choices = choose(clips_of(spoken_texts(read_sources())), heard_by(recogniser, engine))
    except (EngineError, MasteringError) as error:
        print(error, file=sys.stderr)
        return 1
    write_takes(other_takes(choices))
    print("\n".join(told_of_takes(choices)))
    return 0


def record(report: Report) -> None:
    """Write down the figures of the fixed sentences, keeping those of engines that were not measured now."""
    before = tomllib.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    for (engine, part), heard in report.fixed.items():
        before.setdefault(engine, {})[part] = round(rate(heard).percent, 1)
    lines = ["# Word error rates in percent on sentences.toml; written by: python -m tools.intelligibility --record"]
    for engine, figures in before.items():
        lines += ["", f"[{engine}]", *(f"{part} = {figure}" for part, figure in figures.items())]
    RECORDED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def worse(report: Report, recorded: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What is worse than recorded by more than it may be."""
    found = []
    for (engine, part), heard in report.fixed.items():
        before, now = recorded.get(engine, {}).get(part), rate(heard).percent
        if part == "held_out" and before is not None and now > before + MAY_RISE:
            found.append(f"{engine}: {now:.1f} % on the held-out sentences, recorded were {before:.1f} %")
    return found


def told(worse_than_recorded: list[str]) -> int:
    for line in worse_than_recorded:
        print(f"worse: {line}", file=sys.stderr)
    return 1 if worse_than_recorded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
