"""gTTS: the Dutch voice of Google's translation page. Needs the internet; an undocumented service that may refuse at any time.

Its traps (gTTS 2.5.4, each one covered by a test against a server that speaks Google's protocol): without a time limit it waits for
ever; a page instead of sound is a "success" of 0 bytes; texts over 100 characters are cut at every comma. So: own parts of at most 100
characters, time limits, the answer checked frame by frame, and after one failure nothing more is asked in this run (circuit breaker).
"""

from __future__ import annotations

import binascii
import io
import threading
from importlib.metadata import PackageNotFoundError, version

from tools.audio import frames
from tools.audio.engines.base import FIRST_TAKE, EngineError, Identity, ReadsLetters
from tools.audio.sound import Sound, SoundError, decode, join, speech_of

LONGEST = 100
CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
# Speech takes 0.058 to 0.087 seconds a character; less than half of that is a torn answer.
LEAST_SECONDS_A_CHARACTER = 0.03
_PAUSE_MS = 150


class Google(ReadsLetters):
    name = "gtts"

    def __init__(self, host: str = "com", connect: float = CONNECT_SECONDS, read: float = READ_SECONDS) -> None:
        self._host = host
        self._limits = (connect, read)
        self._broken: str | None = None
        self._lock = threading.Lock()

    def identity(self) -> Identity:
        if self._broken:
            raise EngineError(f"gtts: given up for this run ({self._broken})")
        try:
            package = version("gTTS")
        except PackageNotFoundError as error:
            raise EngineError("gtts: not installed; run: pip install -r requirements-audio.txt") from error
        return Identity(self.name, f"gTTS {package}", f"nl {self._host}", "")

    def render(self, sentence: str, take: int = FIRST_TAKE) -> Sound:
        try:
            return join([speech_of(self._ask(part)) for part in parts_of(sentence)], _PAUSE_MS)
        except (SoundError, EngineError) as error:
            raise EngineError(f"gtts: {error}") from error

    def _ask(self, part: str) -> Sound:
        with self._lock:  # one request at a time: more at once is what gets an address refused
            if self._broken:
                raise EngineError(f"given up for this run ({self._broken})")
            try:
                return self._fetch(part)
            except EngineError as error:
                self._broken = str(error)
                raise

    def _fetch(self, part: str) -> Sound:
        from gtts import gTTS  # noqa: PLC0415  (only this engine needs it)
        from gtts.tts import gTTSError  # noqa: PLC0415  (only this engine needs it)

        answer = io.BytesIO()
        try:
            gTTS(part, lang="nl", tld=self._host, lang_check=False, timeout=self._limits).write_to_fp(answer)
        except (gTTSError, AssertionError, ValueError, OSError, binascii.Error) as error:
            raise EngineError(f"{type(error).__name__}: {str(error)[:120]}") from error
        met = frames.walk(answer.getvalue())
        if met.frames == 0:
            raise EngineError("an answer without sound")
        if met.seconds < LEAST_SECONDS_A_CHARACTER * len(part):
            raise EngineError(f"{met.seconds:.1f} s of sound for {len(part)} characters")
        try:
            return decode(answer.getvalue())
        except SoundError as error:
            raise EngineError(str(error)) from error


def parts_of(sentence: str) -> list[str]:
    """The sentence in parts of at most 100 characters, cut after a comma where there is one, else between words."""
    parts = []
    rest = sentence.strip()
    while len(rest) > LONGEST:
        cut = rest.rfind(", ", 0, LONGEST) + 1 or rest.rfind(" ", 0, LONGEST) or LONGEST
        if cut < 0:
            cut = LONGEST
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*parts, rest]
