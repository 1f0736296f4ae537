"""The review page: one HTML file without scripts, made to be read in half an hour and printed."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.content.compile import PAGE_ORDER, card_text, spoken_texts
from tools.content.sources import Sources

LABELS: dict[str, str] = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}
td,th{border:1px solid #999;padding:.5rem .6rem;vertical-align:top;text-align:left}
td.paper{background:#f4f1e8;width:42%} td.tick{width:5.5rem} code{font-size:.8rem;color:#555}
.changed{color:#a00000;font-weight:bold} pre{white-space:pre-wrap;font:inherit;margin:0} ol{margin:0;padding-left:1.3rem}
tr{break-inside:avoid} h2{margin-top:2.5rem}
"""
_SENTENCE = re.compile(r"(?<=[.!?]) ")


def statements(text: str) -> list[str]:
    """The sentences of a text: what a reviewer judges one by one."""
    return _SENTENCE.split(text)


def render(sources: Sources, paragraphs: Mapping[str, str]) -> str:
    """The whole page. `paragraphs`: id -> text of those that were found."""
    texts = spoken_texts(sources)
    shown: set[str] = set()
    parts = [
        f"<h1>{_say('title')}</h1><p>{_say('intro')}</p>",
        f"<p>{_say('checked')} {sources.page.checked.isoformat()}: {html.escape(sources.page.url)}<br>{_say('read')}</p>",
        *_tips(sources, texts, paragraphs, shown),
        *_dangers(sources, texts, shown),
        *_cards(sources, texts, shown),
        *_contacts(sources),
        f"<h2>{_say('prompts')}</h2><p>{_say('prompts_intro')}</p>",
        _table(_row(key, text, "") for key, text in texts.items() if key not in shown),
    ]
    head = f'<meta charset="utf-8"><title>{_say("title")}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="nl"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _tips(sources: Sources, texts: Mapping[str, str], paragraphs: Mapping[str, str], shown: set[str]) -> Iterable[str]:
    yield f"<h2>{_say('tips')}</h2>"
    for identifier in PAGE_ORDER:
        tip = sources.tips[identifier]
        rows = []
        for number, piece in enumerate(tip.pieces, start=1):
            key = f"tip.{identifier}.{number}"
            shown.add(key)
            paper = "".join(_paragraph(name, sources.page.paragraphs[name], paragraphs) for name in piece.paragraphs)
            rows.append(_row(key, piece.text, paper))
        asked = [f"{family}.{identifier}" for family in tip.questions()]
        shown.update(asked)
        rows += [_row(key, texts[key], "") for key in asked]
        if identifier == "bron":
            shown.add("source.checked")
            rows.append(_row("source.checked", texts["source.checked"], ""))
        yield f"<h3>{html.escape(tip.title)}</h3>{_table(rows)}"


def _dangers(sources: Sources, texts: Mapping[str, str], shown: set[str]) -> Iterable[str]:
    yield f"<h2>{_say('dangers')}</h2><p>{_say('dangers_intro')}</p>"
    rows = []
    for kind, danger in sources.dangers.items():
        notes = [LABELS["ends"]] if danger.ends else []
        notes += [LABELS[danger.screen]] if danger.screen in LABELS else []
        for key in (f"danger.{kind}", f"number.{kind}"):
            if key in texts:
                shown.add(key)
                rows.append(_row(key, texts[key], html.escape(" ".join(notes))))
                notes = []
    yield _table(rows)


def _cards(sources: Sources, texts: Mapping[str, str], shown: set[str]) -> Iterable[str]:
    yield f"<h2>{_say('cards')}</h2>"
    rows = []
    for name, card in sources.cards.items():
        key = f"sent.{name}"
        shown.add(key)
        rows.append(_row(key, texts[key], f"<pre>{html.escape(card_text(sources, card))}</pre>"))
    yield _table(rows)


def _contacts(sources: Sources) -> Iterable[str]:
    yield f"<h2>{_say('contacts')}</h2>"
    rows = []
    for name, contact in sources.contacts.items():
        told = [contact.name, contact.number, contact.spoken, contact.where, contact.site, contact.hours, contact.cost]
        facts = "<br>".join(html.escape(part) for part in told if part)
        origin = (
            f"{_say('source')}: {html.escape(contact.source)}, {_say('contact_checked')} {contact.checked.isoformat()}"
        )
        rows.append(
            f"<tr><td>{facts}<br><code>{html.escape(name)}</code></td><td class=paper>{origin}</td>{_tick()}</tr>"
        )
    yield _table(rows)


def _paragraph(identifier: str, digest: str, found: Mapping[str, str]) -> str:
    mark = f"<code>{html.escape(identifier)} {digest[:12]}</code>"
    if identifier in found:
        return f"<p>{html.escape(found[identifier])}<br>{mark}</p>"
    return f"<p class=changed>{_say('changed')}<br>{mark}</p>"


def _row(key: str, text: str, paper: str) -> str:
    items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in statements(text))
    return f"<tr><td><ol>{items}</ol><code>{html.escape(key)}</code></td><td class=paper>{paper}</td>{_tick()}</tr>"


def _tick() -> str:
    return f"<td class=tick>&#9744; {_say('good')}</td><td>{_say('remarks')}:</td>"


def _table(rows: Iterable[str]) -> str:
    return f"<table>{''.join(rows)}</table>"


def _say(name: str) -> str:
    return html.escape(LABELS[name])
