"""Who may speak to the page's server, and what its answers forbid the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.page.app import STATIC, create_page
from simulator.page.guard import is_ours
from tests.simulator.pages import ADDRESS, studio_of

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory):
    return create_page(studio_of(tmp_path_factory.mktemp("audio"))).test_client()


def test_the_page_and_its_files_come_with_a_strict_policy(client) -> None:
    for path in ("/", "/static/main.js", "/static/base.css", "/api/about", "/nowhere", "/favicon.ico"):
        response = client.get(path, base_url=ADDRESS)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/static/main.js", base_url=ADDRESS).mimetype == "text/javascript"


@pytest.mark.parametrize(
    "base",
    ["http://evil.example:5150", "http://127.0.0.1.evil.example:5150", "http://127.0.0.1:5151", "http://10.0.0.1:5150"],
)
def test_another_host_is_refused(client, base: str) -> None:
    headers = {"Host": base.removeprefix("http://")}
    for path in ("/", "/api/about"):
        assert client.get(path, base_url=ADDRESS, headers=headers).status_code == 403


@pytest.mark.parametrize("peer", ["10.0.0.7", "::ffff:192.168.1.2", "", None])
def test_another_machine_is_refused(peer: str | None) -> None:
    assert is_ours("127.0.0.1", "localhost:5100", "5100")
    assert is_ours("::1", "[::1]:5100", "5100")
    assert not is_ours(peer, "127.0.0.1:5100", "5100")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**JSON, "Origin": "http://evil.example"}, 403),
        ({**JSON, "Origin": "null"}, 403),
        ({**JSON, "Origin": "http://127.0.0.1:5000"}, 403),
        ({**JSON, "Origin": "https://127.0.0.1:5150"}, 403),
        (JSON, 403),
        ({"Content-Type": "text/plain", "Origin": ADDRESS}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded", "Origin": ADDRESS}, 415),
        ({**JSON, "Origin": ADDRESS, "X-Forwarded-For": "10.0.0.7"}, 403),
        ({**JSON, "Origin": ADDRESS}, 200),
    ],
    ids=lambda value: str(value)[:60],
)
def test_only_this_page_may_act(client, headers: dict[str, str], status: int) -> None:
    assert client.post("/api/conversations", data="{}", headers=headers, base_url=ADDRESS).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/audio/../README.md",
        "/audio/manifest.json",
        "/audio/%2e%2e%2fREADME.md",
    ],
)
def test_no_other_file_is_served(client, path: str) -> None:
    assert client.get(path, base_url=ADDRESS).status_code == 404


def test_the_page_holds_no_inline_script_or_style_and_no_other_host() -> None:
    markup = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", markup)
    for path in Path(STATIC).iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//cdn|@import", text), path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), (
            path.name
        )
        assert len(text.splitlines()) <= 350, path.name
