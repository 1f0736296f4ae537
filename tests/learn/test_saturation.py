"""What a fifth more data moved: by hand, and the figures that are kept beside what the document says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools.learn import saturation_table
from tools.learn.report import DOCUMENT
from tools.learn.saturation_table import KEPT, movements, report_parts

Json = dict[str, Any]
MADE_UP: Json = {
    "date": "2026-01-02",
    "made_of_sha256": "0" * 64,
    "utterances": 12,
    "all": {"spoken (own)": {"right at once": 80.0}, "danger (own)": {"danger found": 95.0}},
    "without": [
        {"spoken (own)": {"right at once": 78.0}, "danger (own)": {"danger found": 96.0}},
        {"spoken (own)": {"right at once": 79.0}, "danger (own)": {"danger found": 95.0}},
    ],
}


@pytest.fixture(scope="module")
def kept() -> Json:
    return dict(json.loads(KEPT.read_text(encoding="utf-8")))


def test_moved_is_all_less_the_mean() -> None:
    assert [one.moved for one in movements(MADE_UP)] == [1.5, -0.5]


def test_older_figures_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saturation_table, "KEPT", tmp_path / "kept.json")
    assert "No figures yet" in report_parts()[1]
    (tmp_path / "kept.json").write_text(json.dumps(MADE_UP), encoding="utf-8")
    _, how, lines = report_parts()
    assert "older data than today's" in how
    assert "| spoken (own) | right at once | 78.5 % (78.0-79.0) | 80.0 % | +1.5 |" in lines


def test_the_document_holds_the_kept_figures(kept: Json) -> None:
    assert saturation_table.compared(kept) in DOCUMENT.read_text(encoding="utf-8")
