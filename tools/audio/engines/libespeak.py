"""espeak-ng as the library in the `espeakng-loader` wheel, driven through ctypes: speech and phonemes, no program to install.

The library holds one global state and is not thread-safe, so every call takes the lock. GPL-3; the wheel ships the
library and its data (measured: 3-5 ms to start, 7-25 ms a sentence, the same bytes in every process).
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_UTF8_END_PAUSE = 0x1001
_IPA = 0x02
_RATE = 1
_LOCK = threading.Lock()


class LibEspeakError(Exception):
    """The library is not installed, or refused what it was asked."""


class LibEspeak:
    """One Dutch espeak-ng. `rate` in words a minute: 135 is understood best (175 is the default of the program)."""

    _shared: ctypes.CDLL | None = None
    sample_rate = 0

    def __init__(self, voice: str = "nl", rate: int = 135) -> None:
        with _LOCK:
            self._library = self._load()
            if self._library.espeak_SetVoiceByName(voice.encode("ascii")) != 0:
                raise LibEspeakError(f"espeak-ng has no voice {voice!r}")
        self._rate = rate

    @classmethod
    def _load(cls) -> ctypes.CDLL:
        if cls._shared is not None:
            return cls._shared
        try:
            import espeakng_loader  # noqa: PLC0415  (only this engine needs it)
        except ImportError as error:
            raise LibEspeakError(
                "espeakng-loader is not installed; run: pip install -r requirements-audio.txt"
            ) from error
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        # The data path is the folder that holds espeak-ng-data.
        data = str(Path(espeakng_loader.get_data_path()).parent).encode()
        sample_rate = library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT)
        if sample_rate <= 0:
            raise LibEspeakError("espeak-ng does not start: its data files are missing or of another version")
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        cls.sample_rate = sample_rate
        cls._shared = library
        return library

    def version(self) -> str:
        """The version of the library, such as 1.52.0."""
        self._library.espeak_Info.restype = ctypes.c_char_p
        return str(self._library.espeak_Info(None).decode()).split(" ")[0]

    def speak(self, text: str) -> bytes:
        """Speech as 16-bit mono samples in the machine's byte order, at `sample_rate`."""
        chunks: list[bytes] = []
        signature: Callable[..., Any] = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )

        def collect(samples: Any, count: int, _events: Any) -> int:
            if samples and count > 0:
                chunks.append(ctypes.string_at(samples, count * 2))
            return 0

        callback = signature(collect)
        encoded = text.encode("utf-8") + b"\0"
        with _LOCK:
            self._library.espeak_SetSynthCallback(callback)
            self._library.espeak_SetParameter(_RATE, self._rate, 0)
            failed = self._library.espeak_Synth(encoded, len(encoded), 0, 0, 0, _UTF8_END_PAUSE, None, None)
            self._library.espeak_Synchronize()
        if failed:
            raise LibEspeakError(f"espeak-ng refused the text (status {failed})")
        return b"".join(chunks)

    def phonemes(self, text: str) -> str:
        """The IPA of a text without punctuation, words parted by one space."""
        pointer = ctypes.c_char_p(text.encode("utf-8"))
        parts: list[str] = []
        with _LOCK:
            while pointer.value:
                found = self._library.espeak_TextToPhonemes(ctypes.byref(pointer), _UTF8, _IPA)
                parts.append((found or b"").decode("utf-8").strip())
        return " ".join(part for part in parts if part)
