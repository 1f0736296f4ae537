"""The review page is complete: every sentence that can be said stands on it once, each answer beside its paragraphs."""

from __future__ import annotations

import dataclasses
import hashlib
import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.content.compile import spoken_texts
from tools.content.sources import Sources, read_sources
from tools.review.page import find_paragraphs, normal
from tools.review.render import render, statements

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


@pytest.fixture(scope="module")
def page(sources: Sources) -> str:
    """A made-up page with as many paragraphs as the true one, which is not in the repository."""
    return "\n".join(f"  • Alinea   over <{name}> & meer." for name in sources.page.paragraphs)


@pytest.fixture(scope="module")
def made_up(sources: Sources, page: str) -> Sources:
    """The sources with the hashes of the made-up page."""
    digests = {
        name: hashlib.sha256(normal(line).encode()).hexdigest()
        for name, line in zip(sources.page.paragraphs, page.splitlines(), strict=True)
    }
    return dataclasses.replace(sources, page=dataclasses.replace(sources.page, paragraphs=digests))


def rows(rendered: str) -> dict[str, str]:
    """The row of each content key."""
    found: dict[str, str] = {}
    for row in re.findall(r"<tr>.*?</tr>", rendered, re.DOTALL):
        if key := re.search(r"</ol><code>(.*?)</code>", row):
            assert key[1] not in found, key[1]
            found[key[1]] = row
    return found


def test_every_spoken_text_stands_on_it_once_sentence_by_sentence(sources: Sources) -> None:
    shown = rows(render(sources, {}))
    texts = spoken_texts(sources)
    assert set(shown) == set(texts)
    for key, text in texts.items():
        said = [html.unescape(one) for one in re.findall(r"<li>(.*?)</li>", shown[key])]
        assert said == statements(text)
        assert " ".join(said) == text


def test_every_answer_stands_beside_all_its_paragraphs(made_up: Sources, page: str) -> None:
    found = find_paragraphs(page, made_up.page.paragraphs)
    assert set(found) == set(made_up.page.paragraphs)
    shown = rows(render(made_up, found))
    for tip in made_up.tips.values():
        for number, piece in enumerate(tip.pieces, start=1):
            assert piece.paragraphs
            for name in piece.paragraphs:
                assert html.escape(found[name]) in shown[f"tip.{tip.id}.{number}"]


def test_every_contact_and_card_stands_on_it(sources: Sources) -> None:
    rendered = render(sources, {})
    for name, contact in sources.contacts.items():
        assert f"<code>{name}</code>" in rendered
        assert html.escape(contact.source) in rendered
        assert contact.checked.isoformat() in rendered
    assert html.escape(sources.card_disclaimer) in rendered


def test_a_changed_paragraph_is_marked_and_not_passed_over(made_up: Sources, page: str) -> None:
    changed = page.replace("<troosten>", "<trosten>")
    found = find_paragraphs(changed, made_up.page.paragraphs)
    assert set(made_up.page.paragraphs) - set(found) == {"troosten"}
    assert "class=changed" in rows(render(made_up, found))["tip.troosten.1"]
    assert "class=changed" not in rows(render(made_up, found))["tip.spelen.1"]


def test_what_has_not_been_reviewed_says_so(sources: Sources) -> None:
    assert "Nagelezen door een deskundige: nog niet." in render(sources, {})
    assert "not been read by a professional" in (TOP / "README.md").read_text(encoding="utf-8")
    helped = [text for prompt in sources.prompts.values() for text in prompt.variants]
    assert any("deskundige heeft ze nog niet gelezen" in text for text in helped)
    assert "deskundige heeft ze nog niet nagelezen" in (TOP / "deploy" / "store.toml").read_text(encoding="utf-8")


def test_the_command(tmp_path: Path) -> None:
    wrong = tmp_path / "page.txt"
    wrong.write_text("Een andere pagina.", encoding="utf-8")
    out = tmp_path / "review.html"
    command = [sys.executable, "-m", "tools.review"]
    done = subprocess.run(
        [*command, str(wrong), "--out", str(out)], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "troosten" in done.stderr
    assert out.exists()
    done = subprocess.run([*command, str(tmp_path / "none")], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
