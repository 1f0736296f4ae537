"""How old the child is, as parents say it."""

from __future__ import annotations

import pytest

from skill.content.library import load_content
from skill.understanding.age import AgeReader
from skill.understanding.text import words_of

READER = AgeReader(load_content().lexicon["ages"])

AGES = {
    "mijn baby van drie maanden": 3,
    "acht maand oud": 8,
    "ze is acht maanden": 8,
    "hij is anderhalf": 18,
    "mijn zoontje van anderhalf": 18,
    "anderhalf": 18,
    "een baby van een halfjaar": 6,
    "een halfjaar oud": 6,
    "ze is een half jaar": 6,
    "tweeëneenhalf jaar": 30,
    "hij is twee en een half": 30,
    "mijn dochter van vijf en een half": 66,
    "twee komma vijf jaar": 30,
    "2,5 jaar": 30,
    "een jaar of twaalf": 144,
    "mijn achtjarige": 96,
    "een dertienjarige dochter": 156,
    "een jaar en drie maanden": 15,
    "dochter van veertien": 168,
    "mijn zoon van 14": 168,
    "hij is net zeven geworden": 84,
    "net 7 geworden": 84,
    "zij wordt bijna elf": 132,
    "mijn kind is vijf en wil alles zelf doen": 60,
    "tussen acht en tien jaar": 96,
    "kinderen tussen acht en tien": 96,
    "drie of vier jaar": 36,
    "hij zit in groep drie": 72,
    "groep 8": 132,
    "in de brugklas": 144,
    "een pasgeboren baby": 0,
    "onze dreumes": 12,
    "mijn peuter": 24,
    "een kleuter": 48,
    "puber in huis": 144,
    "mijn tiener": 144,
    "een van drie en een van zes": 36,
    "mijn peuter van drie": 36,
    "zes weken oud": 1,
    "tien dagen oud": 0,
    "14 jaar": 168,
}
NO_AGES = [
    "",
    "ik ben zwanger van twintig weken",
    "drie jaar geleden",
    "om zeven uur",
    "veertig graden",
    "hij huilt al drie maanden",
    "al drie jaar samen",
    "ik ben vijfendertig",
    "ik ben dertig jaar",
    "mijn man van veertig jaar",
    "hij is zeven keer gevallen",
    "een kind van mij",
    "anderhalf uur gehuild",
    "twee kinderen en een hond",
    "over een half jaar",
]


@pytest.mark.parametrize("words", AGES)
def test_an_age_is_understood(words: str) -> None:
    assert READER.months(words_of(words)) == AGES[words]


@pytest.mark.parametrize("words", NO_AGES)
def test_what_is_no_childs_age_is_none(words: str) -> None:
    assert READER.months(words_of(words)) is None
