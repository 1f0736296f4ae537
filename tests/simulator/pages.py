"""A page of its own for a test: the real skill, content that may be edited, clips that may be missing."""

from __future__ import annotations

import hashlib
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from simulator.ears import Ears, load_ears
from simulator.page.app import create_page
from simulator.page.sound import Sound
from simulator.page.studio import Studio
from simulator.page.workshop import CONTENT, Workshop
from skill.content.library import load_content

Json = dict[str, Any]

ADDRESS = "http://127.0.0.1:5150"


@cache
def ears() -> Ears:
    """Those of the repository's interaction model; reading it takes a while."""
    return load_ears()


def content_copy(folder: Path) -> Path:
    """The content files, to be edited."""
    root = folder / "content"
    shutil.copytree(CONTENT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return root


def clips_for(folder: Path, *keys: str, data: bytes = b"\xff\xf3clip") -> Path:
    """A folder with a clip for each key, as `make audio` leaves it."""
    folder.mkdir(exist_ok=True)
    texts, clips = load_content().texts, []
    for key in keys:
        for pace in ("normal", "slow"):
            file = f"{hashlib.sha256(f'{key} {pace}'.encode()).hexdigest()[:24]}.mp3"
            (folder / file).write_bytes(data)
            text = hashlib.sha256(texts[key].encode()).hexdigest()
            clips.append({"key": key, "pace": pace, "file": file, "text_sha256": text, "seconds": 1.0})
    (folder / "manifest.json").write_text(json.dumps({"version": 1, "clips": clips}), encoding="utf-8")
    return folder


def studio_of(folder: Path, root: Path = CONTENT, **more: Any) -> Studio:
    """A studio whose clips are in `folder`."""
    return Studio(ears(), Workshop(root, folder / "manifest.json"), Sound(folder), sleep=lambda _: None, **more)


class Visitor:
    """A browser's side of the interface, without a browser."""

    def __init__(self, studio: Studio) -> None:
        self.client: FlaskClient = create_page(studio).test_client()
        self.name = self.post("/api/conversations")["id"]

    def post(self, path: str, **fields: object) -> Any:
        response = self.client.post(path, json=fields, headers={"Origin": ADDRESS}, base_url=ADDRESS)
        assert response.status_code == 200, response.text
        return response.get_json() if response.is_json else response.text

    def get(self, path: str) -> Any:
        return self.client.get(path, base_url=ADDRESS).get_json()

    def take(self, kind: str, value: str = "", **settings: object) -> list[Json]:
        turns: list[Json] = self.post(f"/api/conversations/{self.name}/turns", kind=kind, value=value, **settings)[
            "turns"
        ]
        return turns

    def say(self, *texts: str, **settings: object) -> Json:
        """Say texts in turn; the last turn."""
        for text in texts:
            turn = self.take("say", text, **settings)[-1]
        return turn


def heard(turn: Json) -> str:
    return " ".join(sentence for part in turn["said"] for sentence in part["sentences"])
