from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skill.alexa.audio_files import audio_files

NAME = "0123456789abcdef01234567.mp3"
SOUND = bytes(range(256)) * 4


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    folder = tmp_path / "audio"
    folder.mkdir()
    (folder / NAME).write_bytes(SOUND)
    (folder / "manifest.json").write_text("{}")
    (tmp_path / ("f" * 24 + ".mp3")).write_bytes(b"outside")
    (folder / ("e" * 24 + ".mp3")).symlink_to(tmp_path / ("f" * 24 + ".mp3"))
    (folder / ("d" * 24 + ".mp3")).mkdir()
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(audio_files(folder))
    return app.test_client()


def test_a_clip_is_served_with_its_type_and_may_be_kept_for_ever(client: FlaskClient):
    response = client.get(f"/audio/{NAME}")
    assert response.status_code == 200
    assert response.data == SOUND
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["Content-Length"] == str(len(SOUND))
    assert response.headers["ETag"] == f'"{NAME.removesuffix(".mp3")}"'
    assert response.headers["Accept-Ranges"] == "bytes"
    assert {"public", "immutable", "max-age=31536000"} <= set(response.headers["Cache-Control"].split(", "))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in response.headers or "attachment" not in response.headers["Content-Disposition"]


def test_head_has_the_headers_without_the_sound(client: FlaskClient):
    response = client.head(f"/audio/{NAME}")
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Content-Length"] == str(len(SOUND))


@pytest.mark.parametrize(
    ("asked", "part", "stated"),
    [
        ("bytes=0-99", SOUND[:100], "bytes 0-99/1024"),
        ("bytes=1000-", SOUND[1000:], "bytes 1000-1023/1024"),
        ("bytes=-24", SOUND[-24:], "bytes 1000-1023/1024"),
        ("bytes=1000-9999", SOUND[1000:], "bytes 1000-1023/1024"),
    ],
)
def test_ranges(client: FlaskClient, asked: str, part: bytes, stated: str):
    response = client.get(f"/audio/{NAME}", headers={"Range": asked})
    assert (response.status_code, response.data) == (206, part)
    assert response.headers["Content-Range"] == stated


def test_a_range_beyond_the_end_is_416(client: FlaskClient):
    assert client.get(f"/audio/{NAME}", headers={"Range": "bytes=5000-6000"}).status_code == 416


def test_what_is_known_is_not_sent_again(client: FlaskClient):
    etag = client.get(f"/audio/{NAME}").headers["ETag"]
    response = client.get(f"/audio/{NAME}", headers={"If-None-Match": etag})
    assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "manifest.json",
        "../manifest.json",
        "..%2fmanifest.json",
        "%2e%2e/" + "f" * 24 + ".mp3",
        "../" + "f" * 24 + ".mp3",
        "e" * 24 + ".mp3",
        "d" * 24 + ".mp3",
        "a" * 24 + ".mp3",
        NAME.upper(),
        NAME + "%00",
        NAME + "%0a",
        NAME + "/",
        "",
        "x/" + NAME,
        "." + NAME,
        NAME + ".new",
    ],
)
def test_nothing_else_can_be_asked_for(client: FlaskClient, path: str):
    assert client.get(f"/audio/{path}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_clips_are_only_read(client: FlaskClient, method: str):
    assert client.open(f"/audio/{NAME}", method=method).status_code == 405
