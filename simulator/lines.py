"""Reading what a tester or a script says: one utterance a line, in UTF-8 and nothing else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from simulator.labels import SimulatorError


def piped_lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream, as they come, without their ends. Raises SimulatorError with the number of a line that is no UTF-8."""
    for number, line in enumerate(iter(stream.readline, b""), start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SimulatorError.say("not_utf8_line", number=number) from error
        yield text.removesuffix("\n").removesuffix("\r")


def typed_lines(prompt: str) -> Iterator[str]:
    """Lines typed at a terminal, until the end of input (Ctrl-D). Empty ones are passed over: they are no silence and no words."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415  (gives `input` its line editing; not on every system)
    number = 0
    while True:
        number += 1
        try:
            line = input(prompt)
            line.encode()
        except EOFError:
            print()
            return
        except UnicodeError as error:
            raise SimulatorError.say("not_utf8_line", number=number) from error
        if line.strip():
            yield line


def argument_texts(arguments: Iterable[str]) -> list[str]:
    """Texts of the command line. Raises SimulatorError for one that is no UTF-8, whatever the terminal is set to."""
    try:
        return [os.fsencode(argument).decode("utf-8") for argument in arguments]
    except UnicodeError as error:
        raise SimulatorError.say("not_utf8_text") from error
