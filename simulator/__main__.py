"""The command line: `python -m simulator ask|talk|run|page`. What it prints as JSON, and its exit statuses, others script against."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn

from simulator import conversation, envelopes, terminal
from simulator.conversation import CommandError
from simulator.doors import Door, HttpDoor, open_local_door
from simulator.ears import load_ears
from simulator.labels import SimulatorError, label
from simulator.lines import argument_texts, piped_lines, typed_lines
from simulator.report import record
from simulator.service import running_page, running_service
from simulator.session import Session, Turn

USAGE_STATUS = 2
INTERRUPTED_STATUS = 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise SimulatorError.say("usage", detail=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0, or 2 with a sentence on standard error."""
    try:
        _run(_parse(arguments))
        print(end="", flush=True)
    except SimulatorError as error:
        print(label("fault.prefix") + terminal.printable(str(error)), file=sys.stderr)
        return USAGE_STATUS
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED_STATUS
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="python -m simulator", description=label("usage.program"), allow_abbrev=False, add_help=False)
    _add_options(parser)
    commands = parser.add_subparsers(
        dest="command", required=True, title=label("usage.commands"), metavar=label("usage.command")
    )
    for name in ("ask", "talk", "run", "page"):
        about = label(f"usage.{name}")
        command = commands.add_parser(name, help=about, description=about, allow_abbrev=False, add_help=False)
        if name == "ask":
            command.add_argument_group(label("usage.texts")).add_argument(
                "text", nargs="*", metavar="TEXT", help=label("usage.ask_text")
            )
        options = _add_options(command)
        options.add_argument("--url", help=label("usage.url"))
        if name != "page":
            options.add_argument("--json", action="store_true", help=label("usage.json"))
            options.add_argument("--say", type=Path, metavar="FILE", help=label("usage.say"))
    chosen, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise SimulatorError.say("unknown_option", options=" ".join(unknown))
    return chosen


def _add_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    options = parser.add_argument_group(label("usage.options"))
    options.add_argument("-h", "--help", action="help", help=label("usage.help"))
    return options


def _run(options: argparse.Namespace) -> None:
    skill_id = os.environ.get("SKILL_ID") or envelopes.SKILL_ID
    elsewhere = HttpDoor(options.url) if options.url is not None else None
    if options.command == "page":
        _serve_page(elsewhere, skill_id)
        return
    _set_encoding(as_json=options.json)
    with contextlib.ExitStack() as stack:
        door: Door | None = elsewhere
        if options.command == "run":
            if door is None:
                url = stack.enter_context(running_service())
                print(label("terminal.listening", url=url), file=sys.stderr, flush=True)
                door = HttpDoor(url)
            page = stack.enter_context(running_page(elsewhere, skill_id))
            print(label("terminal.page", url=page), file=sys.stderr, flush=True)
        session = Session(door or open_local_door(), load_ears(), skill_id=skill_id)
        if options.command == "ask":
            texts = argument_texts(options.text) or piped_lines(_standard_input())
            _print_all(_heard(conversation.ask(session, texts), options), as_json=options.json)
        elif not options.json and _at_terminal():
            _talk_at_terminal(session, options)
        else:
            lines = piped_lines(_standard_input())
            _print_all(_heard(conversation.talk(session, lines), options), as_json=options.json)


def _serve_page(elsewhere: Door | None, skill_id: str) -> None:
    """The page alone, until it is interrupted or asked to end."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: ended.set())
    with running_page(elsewhere, skill_id) as url:
        print(label("terminal.page", url=url), file=sys.stderr, flush=True)
        ended.wait()


def _standard_input() -> BinaryIO:
    """Its bytes; nothing where it was closed, which Python shows as None."""
    return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()


def _at_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _print_all(turns: Iterable[Turn], *, as_json: bool) -> None:
    for turn in turns:
        if as_json:
            print(json.dumps(record(turn), ensure_ascii=False), flush=True)
        else:
            print(terminal.show(turn, echo=True), flush=True)


def _heard(turns: Iterable[Turn], options: argparse.Namespace) -> Iterable[Turn]:
    """The turns, with their sound where `--say` asks for it; the makers of sound are loaded only then."""
    if options.say is None:
        return turns
    from simulator.sound import sounding  # noqa: PLC0415

    return sounding(turns, options.say)


def _talk_at_terminal(session: Session, options: argparse.Namespace) -> None:
    print(label("terminal.welcome"), end="\n\n")
    for turn in _heard([session.launch()], options):
        print(terminal.show(turn, echo=False, reopens=True))
    for line in typed_lines(terminal.prompt()):
        for turn in _heard(_forgiving(session, line), options):
            print(terminal.show(turn, echo=False, reopens=True), flush=True)


def _forgiving(session: Session, line: str) -> Iterator[Turn]:
    """The turns of a typed line; a command that does not exist is told and not the end."""
    try:
        yield from conversation.answer_line(session, line)
    except CommandError as error:
        print(error, file=sys.stderr)


def _set_encoding(*, as_json: bool) -> None:
    """Scripts read UTF-8, whatever the locale; a terminal gets its own encoding, with a mark for what that cannot show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        for_eyes = not as_json and sys.stdout.isatty()
        sys.stdout.reconfigure(encoding=None if for_eyes else "utf-8", errors="replace" if for_eyes else "strict")


if __name__ == "__main__":
    sys.exit(main())
