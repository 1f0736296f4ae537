"""Renders what is missing or out of date, and nothing else. May be interrupted at any moment and continued.

Engines speak one after the other in this process (most of them cannot do otherwise); mastering runs in worker
processes beside it. A file gets its final name only when it is whole and measured.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import NamedTuple

from tools.audio import mastering
from tools.audio.engines import Engine, EngineError, Identity
from tools.audio.manifest import Entry, Paced, read_manifest, text_hash, write_manifest
from tools.audio.plan import PAUSES, Clip, clips_of, file_name, rendered_name, said_by
from tools.audio.recordings import NAME as RECORDING
from tools.audio.recordings import Recordings
from tools.audio.sentences import SentenceStore
from tools.audio.sound import Sound

_SAVE_EVERY = 20

Pronunciations = Mapping[str, Mapping[str, str]]
Progress = Callable[[int, int, str], None]


class Job(NamedTuple):
    """Speech that waits for mastering."""

    clip: Clip
    file: str
    identity: Identity
    sounds: list[Sound]


class Summary(NamedTuple):
    """What a run came to. `failed`: key and reason of clips that no engine could make; `notes`: what a person should know."""

    rendered: int
    kept: int
    removed: int
    failed: dict[str, str]
    notes: list[str]
    engines: Counter[str]
    bytes: int


class Builder:
    """One run over all clips. `chosen`: the engine asked for by name; None keeps what fits and stays with the voice there is."""

    def __init__(
        self,
        folder: Path,
        engines: Sequence[Engine],
        store: SentenceStore,
        *,
        chosen: str | None = None,
        recordings: Recordings | None = None,
        pronunciations: Pronunciations | None = None,
        takes: Mapping[Paced, int] | None = None,
    ) -> None:
        self._folder = folder
        self._store = store
        self._chosen = chosen
        self._recordings = recordings or Recordings(None)
        self._pronunciations = pronunciations or {}
        self._takes = takes or {}
        self._entries = read_manifest(folder)
        self._by_file = {entry.file: entry for entry in self._entries.values()}
        self._engines = list(engines) if chosen else _same_voice_first(engines, self._entries)
        self._notes: list[str] = []
        self._unsaved = 0

    def run(self, texts: Mapping[str, str], jobs: int, progress: Progress, pool: Executor | None = None) -> Summary:
        """Bring the folder up to date with the texts. On an interrupt what is finished is kept and the interrupt goes on.

        `pool` None: `jobs` worker processes.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        for torn in self._folder.glob("*.new"):
            torn.unlink()
        clips = clips_of(texts, self._takes)
        wanted = {(clip.key, clip.pace) for clip in clips}
        due = [clip for clip in clips if not self._fits(clip)]
        failed: dict[str, str] = {}
        try:
            self._render_all(due, jobs, progress, failed, pool or _workers(jobs) if due else None)
        finally:
            order = [(clip.key, clip.pace) for clip in clips]
            write_manifest(self._folder, [self._entries[paced] for paced in order if paced in self._entries])
        self._drop_unfit(clips, set(failed))
        removed = self._remove_others(wanted)
        order = [paced for paced in order if paced in self._entries]
        write_manifest(self._folder, [self._entries[paced] for paced in order])
        engines = Counter(self._entries[paced].engine for paced in order)
        size = sum((self._folder / name).stat().st_size for name in {self._entries[paced].file for paced in order})
        return Summary(len(due) - len(failed), len(clips) - len(due), removed, failed, self._notes, engines, size)

    def stale(self, texts: Mapping[str, str]) -> list[str]:
        """Keys (with the pace) of clips that are missing or do not fit their text."""
        return [f"{clip.key} ({clip.pace})" for clip in clips_of(texts, self._takes) if not self._fits(clip)]

    def _fits(self, clip: Clip) -> bool:
        entry = self._entries.get((clip.key, clip.pace))
        if entry is None or entry.text_sha256 != text_hash(clip.text) or not self._is_whole(entry):
            return False
        try:
            recording = self._recordings.find(clip)
        except EngineError as error:
            self._note(str(error))
            return entry.engine != RECORDING
        if recording is not None:
            return entry.identity == Recordings.identity(recording)
        if self._chosen and entry.engine != self._chosen:
            return False
        if entry.engine == RECORDING:
            return True  # its folder was not named this time; its words are still those of the content
        engine = next((engine for engine in self._engines if engine.name == entry.engine), None)
        return engine is not None and _is_current(entry, engine) and self._is_named_right(clip, entry, engine)

    def _is_named_right(self, clip: Clip, entry: Entry, engine: Engine) -> bool:
        """Whether the engine would be given today what the clip was made of; where it cannot tell, the clip stays."""
        try:
            said = said_by(clip, engine.name, self._pronunciations)
            return entry.file == rendered_name(clip, said, engine, entry.identity)
        except EngineError:
            return True

    def _is_whole(self, entry: Entry) -> bool:
        path = self._folder / entry.file
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256

    def _render_all(
        self, due: list[Clip], jobs: int, progress: Progress, failed: dict[str, str], workers: Executor | None
    ) -> None:
        if workers is None:
            return
        waiting: dict[Future[mastering.Measured], Job] = {}
        same: list[Job] = []
        done = 0
        with workers as pool:
            try:
                for clip in due:
                    progress(done, len(due), clip.key)
                    try:
                        job = self._speak(clip)
                    except EngineError as error:
                        failed[f"{clip.key} ({clip.pace})"] = str(error)
                        done += 1
                        continue
                    if job.file in {other.file for other in waiting.values()} or self._measured(job.file):
                        same.append(job)
                        done += 1
                        continue
                    waiting[pool.submit(mastering.master, job.sounds, PAUSES[clip.pace])] = job
                    if len(waiting) > 3 * jobs:
                        done += self._collect(waiting, failed)
                while waiting:
                    progress(done, len(due), "")
                    done += self._collect(waiting, failed)
                progress(done, len(due), "")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            finally:
                self._share(same, failed)

    def _measured(self, file: str) -> Entry | None:
        """An entry whose finished file has this name: the same words by the same voice, under another key or pace."""
        entry = self._by_file.get(file)
        return entry if entry is not None and self._is_whole(entry) else None

    def _share(self, jobs: Sequence[Job], failed: dict[str, str]) -> None:
        for job in jobs:
            entry = self._measured(job.file)
            if entry is None:
                failed[f"{job.clip.key} ({job.clip.pace})"] = "its file could not be made"
            else:
                self._enter(job, entry.seconds, entry.lufs, entry.peak, entry.sha256, entry.bytes)

    def _collect(self, waiting: dict[Future[mastering.Measured], Job], failed: dict[str, str]) -> int:
        """Keep what is finished by now, at least one; returns how many."""
        finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            job = waiting.pop(future)
            try:
                self._keep(job, future.result())
            except mastering.MasteringError as error:
                failed[f"{job.clip.key} ({job.clip.pace})"] = f"{job.identity.engine}: {error}"
        self._unsaved += len(finished)
        if self._unsaved >= _SAVE_EVERY:
            self._unsaved = 0
            write_manifest(self._folder, self._entries.values())
        return len(finished)

    def _speak(self, clip: Clip) -> Job:
        """The clip's sentences by a recording or by the first engine that can say them all."""
        try:
            recording = self._recordings.find(clip)
            if recording is not None:
                identity = Recordings.identity(recording)
                name = file_name(clip, (clip.pace, *clip.sentences), identity)
                return Job(clip, name, identity, [Recordings.sound(recording)])
        except EngineError as error:
            self._note(str(error))
        reasons = []
        for engine in self._engines:
            try:
                identity = engine.identity()
                said = said_by(clip, engine.name, self._pronunciations)
                sounds = [self._store.sound(engine, identity, sentence, clip.take) for sentence in said]
                return Job(clip, rendered_name(clip, said, engine, identity), identity, sounds)
            except EngineError as error:
                reasons.append(str(error))
                self._note(str(error))
        raise EngineError("; ".join(reasons))

    def _keep(self, job: Job, measured: mastering.Measured) -> None:
        path = self._folder / job.file
        temporary = path.with_name(f"{path.name}.new")
        temporary.write_bytes(measured.mp3)
        temporary.replace(path)
        digest = hashlib.sha256(measured.mp3).hexdigest()
        self._enter(job, measured.seconds, measured.lufs, measured.peak, digest, len(measured.mp3))

    def _enter(self, job: Job, seconds: float, lufs: float | None, peak: float, sha256: str, size: int) -> None:
        clip, identity = job.clip, job.identity
        entry = Entry(
            key=clip.key,
            pace=clip.pace,
            file=job.file,
            text_sha256=text_hash(clip.text),
            engine=identity.engine,
            engine_version=identity.version,
            voice=identity.voice,
            settings=identity.settings,
            seconds=seconds,
            lufs=lufs,
            peak=peak,
            sha256=sha256,
            bytes=size,
        )
        self._entries[clip.key, clip.pace] = self._by_file[job.file] = entry

    def _drop_unfit(self, clips: Sequence[Clip], failed: set[str]) -> None:
        """A clip that could not be made anew is left out: text is spoken rather than old words."""
        for clip in clips:
            if f"{clip.key} ({clip.pace})" in failed:
                self._entries.pop((clip.key, clip.pace), None)

    def _remove_others(self, wanted: set[Paced]) -> int:
        self._entries = {paced: entry for paced, entry in self._entries.items() if paced in wanted}
        named = {entry.file for entry in self._entries.values()}
        others = [path for path in self._folder.glob("*.mp3") if path.name not in named]
        for path in others:
            path.unlink()
        return len(others)

    def _note(self, note: str) -> None:
        if note not in self._notes:
            self._notes.append(note)


def _is_current(entry: Entry, engine: Engine) -> bool:
    """Made by the engine as it is on this machine; where it is not installed, its finished clips stay."""
    try:
        return engine.identity() == entry.identity
    except EngineError:
        return True


def _same_voice_first(engines: Sequence[Engine], entries: Mapping[Paced, Entry]) -> list[Engine]:
    """Whoever made most of the clips goes first: one skill, one voice."""
    made = Counter(entry.engine for entry in entries.values())
    return sorted(engines, key=lambda engine: -made[engine.name])


def _workers(jobs: int) -> Executor:
    # Spawned, not forked: an engine's threads do not survive a fork.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker)


def _start_worker() -> None:
    """An interrupt is the parent's business; but when the parent is killed, its workers end too instead of waiting for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
