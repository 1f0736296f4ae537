"""`python -m tools.interaction_model`: write interaction model, annotation set and replays; `--check` only compares."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.content.sources import SourceError, Sources, read_sources
from tools.interaction_model.annotations import build_annotations
from tools.interaction_model.generate import SENSITIVITIES, Json, Options, TooLargeError, build_model, model_bytes
from tools.interaction_model.limits import LOCALE
from tools.interaction_model.lint import lint
from tools.interaction_model.replays import DialogueError, build_replays
from tools.interaction_model.schema import schema_findings
from tools.interaction_model.wording import Wording, read_wording

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "interaction_models"
DIALOGUES = ROOT / "tests" / "dialogues"
REPLAYS = "replays"
COMMAND = "make model"


class RefusedError(Exception):
    """The model breaks a rule and must not be written; the message lists the findings, one a line."""


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 when all is well, 1 when something is refused or out of date, 2 for a wrong use of the command."""
    options = _parse(arguments)
    try:
        files = build_files(read_sources(), read_wording(), _options(options), DIALOGUES)
    except (SourceError, DialogueError, RefusedError, TooLargeError) as error:
        print(f"{error}\ninteraction model: refused; the last good files stay", file=sys.stderr)
        return 1
    target = TARGET if options.out is None else Path(options.out)
    stale = out_of_date(files, target)
    if options.check:
        for name in stale:
            print(f"{target.name}/{name}: is older than its sources; run: {COMMAND}", file=sys.stderr)
        print(f"interaction model: {f'{len(stale)} files out of date' if stale else 'up to date'}")
        return 1 if stale else 0
    write(files, target)
    print(f"interaction model: {len(files)} files, {len(stale)} changed")
    return 0


def build_files(sources: Sources, wording: Wording, options: Options, dialogues: Path) -> dict[str, bytes]:
    """Content of every generated file by its name. Raises RefusedError where the model breaks a rule."""
    model = build_model(sources, wording, options)
    findings = schema_findings(model) or lint(model)
    if findings:
        raise RefusedError("\n".join(map(str, findings)))
    files: dict[str, Json] = {
        f"{LOCALE}.json": model,
        f"{LOCALE}.annotations.json": build_annotations(sources, wording, model),
    }
    files |= {f"{REPLAYS}/{name}": replay for name, replay in build_replays(dialogues, wording.invocation_name).items()}
    return {name: model_bytes(content) for name, content in files.items()}


def out_of_date(files: dict[str, bytes], target: Path) -> list[str]:
    """Names of files that are missing or differ, and of replays whose dialogue is gone."""
    present = {name: (target / name).read_bytes() for name in files if (target / name).is_file()}
    return [*(name for name, data in files.items() if present.get(name) != data), *_left_over(files, target)]


def write(files: dict[str, bytes], target: Path) -> None:
    """Bring `target` up to date."""
    for name, data in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    for name in _left_over(files, target):
        (target / name).unlink()


def _left_over(files: dict[str, bytes], target: Path) -> list[str]:
    present = [f"{REPLAYS}/{path.name}" for path in sorted((target / REPLAYS).glob("*.json"))]
    return [name for name in present if name not in files]


def _options(namespace: argparse.Namespace) -> Options:
    return Options(search_query=namespace.search_query, sensitivity=namespace.fallback_sensitivity)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.interaction_model", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a file is out of date")
    parser.add_argument("--out", metavar="FOLDER", help="write there instead of interaction_models/")
    parser.add_argument(
        "--search-query",
        action="store_true",
        help="use AMAZON.SearchQuery instead of the custom slot type, to compare both on a live console; needs --out",
    )
    parser.add_argument(
        "--fallback-sensitivity",
        choices=SENSITIVITIES,
        help="add fallbackIntentSensitivity, whose support in nl-NL is not confirmed; needs --out",
    )
    namespace = parser.parse_args(arguments)
    if namespace.out is None and (namespace.search_query or namespace.fallback_sensitivity):
        parser.error("--search-query and --fallback-sensitivity make a model to try elsewhere; add --out FOLDER")
    return namespace


if __name__ == "__main__":
    sys.exit(main())
