"""Ages as parents say them."""

from __future__ import annotations

import tomllib

import pytest

from skill.understanding.age import AgeReader
from skill.understanding.text import words_of
from tools.learn.data import CONTENT


@pytest.fixture(scope="module")
def ages() -> AgeReader:
    return AgeReader(tomllib.loads((CONTENT / "words" / "ages.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("mijn zoon van veertien", 168),
        ("onze baby van drie maanden", 3),
        ("mijn kind van anderhalf", 18),
        ("ze is anderhalf jaar", 18),
        ("een baby van een half jaar", 6),
        ("mijn dochter van tweeënhalf", 30),
        ("hij is tweeeneenhalf", 30),
        ("een jongen van een jaar of twaalf", 144),
        ("mijn achtjarige", 96),
        ("mijn vijfjarige dochter", 60),
        ("hij is een jaar en drie maanden", 15),
        ("hij is net zeven", 84),
        ("kinderen tussen acht en tien", 96),
        ("hij zit in groep drie", 72),
        ("ze gaat naar de brugklas", 144),
        ("mijn pasgeboren zoon", 0),
        ("onze dreumes", 12),
        ("mijn peuter", 24),
        ("mijn kleuter", 48),
        ("mijn puber", 144),
        ("een baby van zes weken", 1),
        ("mijn zoon van vier en mijn dochter van negen", 48),
        ("mijn kind is 3 jaar", 36),
        ("hij is twee jaar oud", 24),
        ("mijn kind van twee tot drie jaar", 24),
        ("ik ben drie maanden zwanger", None),
        ("drie weken geleden huilde hij ook", None),
        ("het duurt al drie maanden", None),
        ("hij slaapt om zeven uur", None),
        ("het is dertig graden", None),
        ("mijn kind huilt", None),
        ("mijn man is veertig", None),
        ("ik wil een band", None),
    ],
)
def test_age(ages: AgeReader, words: str, months: int | None) -> None:
    assert ages.months(words_of(words)) == months
