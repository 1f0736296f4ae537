"""The testers' page in a real browser: Debian's Chromium, driven by Playwright from `*.test.mjs`; and Amazon's checker of APL documents.

Under `make test-all` only; it also renews the pictures of the README in docs/images/.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.page.app import MOST_BODY_BYTES, create_page
from simulator.page.sound import Sound
from simulator.service import PAGE_PORTS, serving
from skill.alexa.door import AUDIO
from skill.alexa.screen_document import document
from skill.content.library import load_content
from tests.simulator.pages import clips_for, content_copy, studio_of

pytestmark = pytest.mark.all

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SCRIPTS = sorted(HERE.glob("*.test.mjs"))


@pytest.fixture(scope="module")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("These tests need Chromium. On Debian or Ubuntu: sudo apt install chromium", pytrace=False)
    return found


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None or not (HERE / "node_modules" / "playwright-core").is_dir():
        pytest.fail(
            "These tests need Node.js 20 and what is in tests/browser/package.json; run: make test-all", pytrace=False
        )
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A page over a copy of the content, so that a test may edit it, with the clips of the repository."""
    folder = tmp_path_factory.mktemp("page")
    root = content_copy(folder)
    studio = studio_of(clips(folder / "audio"), root)
    with serving(create_page(studio), PAGE_PORTS, MOST_BODY_BYTES, "no_page_port") as address:
        yield {"PAGE_URL": f"{address}/", "CONTENT": str(root), "PICTURES": str(PICTURES)}


def clips(folder: Path) -> Path:
    """The repository's clips; while they do not fit an edited content (`make audio` is still to be run), one sound for every text."""
    texts = load_content().texts
    shipped = Sound(AUDIO)
    if all(shipped.clip(key, text, slow=False) for key, text in texts.items()):
        return AUDIO
    sound = next(AUDIO.glob("*.mp3"), None)
    if sound is None:
        pytest.fail("There are no clips in audio/; run: make audio", pytrace=False)
    return clips_for(folder, *texts, data=sound.read_bytes())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_in_the_browser(script: Path, node: str, chromium: str, page: dict[str, str]) -> None:
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", script.name],
        cwd=HERE,
        env={**os.environ, **page, "CHROMIUM": chromium},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]


def check(apl: dict[str, object], node: str) -> list[dict[str, str]]:
    done = subprocess.run(
        [node, "apl_check.mjs"], cwd=HERE, input=json.dumps(apl), capture_output=True, text=True, check=True
    )
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def test_the_apl_document_passes_amazons_checker(node: str) -> None:
    assert check(document(), node) == []


def test_amazons_checker_finds_what_is_wrong(node: str) -> None:
    apl = json.loads(json.dumps(document()).replace('"horizontal"', '"sideways"'))
    assert any("scrollDirection" in finding["path"] for finding in check(apl, node))
