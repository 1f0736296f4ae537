"""From content keys to the clips of audio/: `<audio>` tags instead of text, or None, and then the text is spoken.

`audio/manifest.json` (made by ``make audio``) says which file speaks which text. A clip is used only while its text is still the
content's: an editor's change is heard at once, in Alexa's own voice, until the clips are rendered anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from skill.speech.ssml import escape

VERSION = 1
# Alexa's limits (developer.amazon.com/docs/custom-skills/speech-synthesis-markup-language-ssml-reference.html#audio).
MOST_TAGS = 5
MOST_SECONDS = 240.0
MOST_REPROMPT_SECONDS = 90.0

NORMAL, SLOW = "normal", "slow"
# A clip begins with 50 ms of silence and ends with 250: together the 300 ms that stand between texts. Slow speech has 600.
BETWEEN_CLIPS = " "
BETWEEN_SLOW_CLIPS = ' <break time="300ms"/> '

_FILE = re.compile(r"[0-9a-f]{24}\.mp3")


class Texts(Protocol):
    """What is needed of `skill.content.library.Content`."""

    @property
    def texts(self) -> Mapping[str, str]: ...


class Clip(NamedTuple):
    """One file. `text_sha256`: hash of the text that it says, in UTF-8."""

    file: str
    text_sha256: str
    seconds: float


class Clips:
    """The clips that may be played. `problem` says why there are none, for the log at start; None when there are."""

    def __init__(
        self, clips: Mapping[tuple[str, str], Clip], texts: Texts, base_url: str | None, problem: str | None = None
    ) -> None:
        self._clips = clips
        self._texts = texts
        self._base_url = base_url
        self.problem = problem or (None if base_url else "no audio base url; set AUDIO_BASE_URL")

    @classmethod
    def load(cls, manifest_path: Path, content: Texts, base_url: str | None) -> Clips:
        """Read the manifest. Never raises: without a good one there are no clips, and `problem` says why."""
        try:
            document = json.loads(manifest_path.read_bytes())
            if document["version"] != VERSION:
                return cls(
                    {}, content, base_url, f"{manifest_path.name}: version {document['version']!r}; run: make audio"
                )
            clips = {(entry["key"], entry["pace"]): _clip(entry) for entry in document["clips"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            return cls({}, content, base_url, f"{manifest_path.name}: {type(error).__name__}; run: make audio")
        return cls(clips, content, base_url)

    def speech(self, keys: Sequence[str], slow: bool = False, *, reprompt: bool = False) -> str | None:
        """The inside of `<speak>`: one `<audio>` a key. None where a key has no clip that fits its text, or Alexa would refuse it."""
        if self._base_url is None or not 0 < len(keys) <= MOST_TAGS:
            return None
        clips = [self.clip(key, slow) for key in keys]
        found = [clip for clip in clips if clip is not None]
        most = MOST_REPROMPT_SECONDS if reprompt else MOST_SECONDS
        if len(found) < len(clips) or sum(clip.seconds for clip in found) + 0.3 * len(found) > most:
            return None
        base = escape(self._base_url.rstrip("/"))
        return (BETWEEN_SLOW_CLIPS if slow else BETWEEN_CLIPS).join(
            f'<audio src="{base}/{clip.file}"/>' for clip in found
        )

    def clip(self, key: str, slow: bool = False) -> Clip | None:
        """The clip of a key at this pace, while it says the content's text of today."""
        clip = self._clips.get((key, SLOW if slow else NORMAL))
        text = self._texts.texts.get(key)
        if clip is None or text is None or clip.text_sha256 != hashlib.sha256(text.encode("utf-8")).hexdigest():
            return None
        return clip


def _clip(entry: Mapping[str, object]) -> Clip:
    file, text_sha256, seconds = entry["file"], entry["text_sha256"], entry["seconds"]
    if not isinstance(file, str) or not _FILE.fullmatch(file):
        raise ValueError("a file name that is no hash")
    if not isinstance(text_sha256, str) or not isinstance(seconds, (int, float)):
        raise TypeError("a field of another type")
    return Clip(file, text_sha256, float(seconds))
