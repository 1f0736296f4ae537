"""Limits of an interaction model, each with its source, and the names that several modules share."""

from __future__ import annotations

LOCALE = "nl-NL"

QUESTION_INTENT = "VraagIntent"
QUESTION_SLOT = "vraag"
QUESTION_TYPE = "TIPVRAAG"
PHRASE_TYPE = "AMAZON.SearchQuery"
FALLBACK_INTENT = "AMAZON.FallbackIntent"

# Said to wake the device, so it is no part of what a skill is taught; the skill itself understands it all the same.
WAKE_WORD = "alexa"

# Console error "Slot value length exceeds the limit of 140 characters": github.com/m0ngr31/kanzi/issues/263 (2018).
VALUE_CHARACTERS = 140
# Custom values of one skill, synonyms counted (the careful reading): kodi-alexa issue 82.
VALUES_OF_A_SKILL = 50_000
# Number of intents and size of the whole model: seen in tutorials only, not confirmed by Amazon's documentation.
INTENTS = 250
MODEL_BYTES = 1_500_000

# Our own, below the platform's: room for growth, and a build that does not take minutes.
FILE_BYTES = 1_000_000
# Our own: a section with many utterances must not drown the others. Amazon names no limit for synonyms.
SYNONYMS = 400
# Our own: below this a value teaches Alexa too little; the generator stops instead of shrinking further.
SYNONYMS_LEAST = 50
