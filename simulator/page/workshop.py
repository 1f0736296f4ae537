"""The skill in this process, made anew when an editor saves a content file.

What is compiled here stays in memory; `make content` writes it. A mistake is told with file and line, and the last good content keeps
answering.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ask_sdk_core.skill import CustomSkill

from simulator.doors import Door, LocalDoor
from simulator.labels import SimulatorError
from simulator.page.mistakes import Mistake, in_dutch
from skill.alexa.door import MANIFEST, build_skill
from skill.alexa.door import Door as SkillDoor
from skill.content.library import Content, ContentError, content_hash, from_body, load_content
from skill.speech.clips import Clips
from skill.understanding import Interpreter, LearntError, Understanding, load_interpreter
from tools.content.findings import Fault, Finding, Place

Json = dict[str, Any]

CONTENT = Path(__file__).parents[2] / "skill" / "content"
# Stands in the responses; the page plays the files of this machine by their names.
CLIPS_URL = "https://geluid.invalid/audio"
SOURCES = ("*.toml", "tips/*.toml", "words/*.toml", "utterances/*.txt", "utterances/gevaar/*.txt")


@dataclass(frozen=True)
class Made:
    """The skill as it stands: content, how words are understood, and its doors: `door` speaks text, `clips` plays recordings, `broken`
    has a fault inside.
    """

    content: Content
    interpreter: Interpreter
    door: Door
    clips: Door
    broken: Door


class Workshop:
    """Keeps the skill up to date with the content files. Raises SimulatorError when there is no good content to begin with."""

    def __init__(self, root: Path = CONTENT, manifest: Path = MANIFEST) -> None:
        self.root = root
        self._manifest = manifest
        self.mistakes: tuple[Mistake, ...] = ()
        self.edited = False
        self._lock = threading.Lock()
        self._seen = {} if self._is_behind() else self._look()
        try:
            self._made = _make(load_content(root / "compiled.json"), manifest)
        except (ContentError, LearntError) as error:
            raise SimulatorError.say("skill_cannot_start", reason=str(error)) from error

    def current(self) -> Made:
        """The skill with the content as it stands now; the last good one when a file holds a mistake."""
        with self._lock:
            seen = self._look()
            if seen != self._seen:
                self._seen = seen
                self._renew()
            return self._made

    def _renew(self) -> None:
        # Only here: the checks need tools that a conversation does not.
        checks, compiling, reading = (
            import_module(f"tools.content.{name}") for name in ("checks", "compile", "sources")
        )
        wording = import_module("tools.interaction_model.wording")
        try:
            sources = reading.read_sources(self.root)
            wording.read_wording(self.root)
            wrong: Sequence[Finding] = checks.findings(sources)
            if not wrong:
                body = compiling.compile_body(sources)
                self._made = _make(from_body(body, content_hash(body)), self._manifest)
                self.edited = True
        except reading.SourceError as error:
            wrong = error.findings
        except Exception as error:  # an editor's half sentence must not take the page down, whatever it breaks
            wrong = [Finding(Fault.UNFORESEEN, Place(self._newest()), {"detail": f"{type(error).__name__}: {error}"})]
        self.mistakes = tuple(in_dutch(finding, self.root) for finding in wrong)

    def _newest(self) -> str:
        """The source that was saved last, inside the content folder."""
        sources = [Path(path) for path in self._seen if path != str(self._manifest)]
        newest = max(sources, key=lambda path: self._seen[str(path)])
        return newest.relative_to(self.root).as_posix()

    def _is_behind(self) -> bool:
        """Whether a source was saved after the compiled file: then the first turn already gets what stands in the sources."""
        compiled = self.root / "compiled.json"
        sources = (path for pattern in SOURCES for path in self.root.glob(pattern))
        return compiled.exists() and any(path.stat().st_mtime_ns > compiled.stat().st_mtime_ns for path in sources)

    def _look(self) -> dict[str, tuple[int, int]]:
        found = {}
        for path in [self._manifest, *(path for pattern in SOURCES for path in self.root.glob(pattern))]:
            try:
                status = path.stat()
            except OSError:
                continue  # an editor that saves by renaming; the next look sees it
            found[str(path)] = (status.st_mtime_ns, status.st_size)
        return found


class _Fault:
    """In the place of understanding: it always breaks."""

    def understand(self, words: str | None, entities: Sequence[str] = ()) -> Understanding:
        """Never an answer."""
        raise RuntimeError("switched on in the page")


class Choosing:
    """A door that opens on the skill as it is when asked, whole or broken."""

    def __init__(self, workshop: Workshop) -> None:
        self.broken = False
        self.clips = False
        self._workshop = workshop

    def answer(self, event: Mapping[str, Any]) -> Json:
        """The skill's answer."""
        made = self._workshop.current()
        door = made.broken if self.broken else made.clips if self.clips else made.door
        return door.answer(event)


def _make(content: Content, manifest: Path) -> Made:
    interpreter = load_interpreter(content)
    fault: Any = _Fault()

    def door(skill: CustomSkill) -> Door:
        return LocalDoor(SkillDoor(skill, content, None))

    return Made(
        content,
        interpreter,
        door(build_skill(content, interpreter)),
        door(build_skill(content, interpreter, Clips.load(manifest, content, CLIPS_URL))),
        door(build_skill(content, fault)),
    )
