"""A made-up skill and a made-up interaction model: the simulator is tested against what they are known to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.ports import HOST, free_port

Json = dict[str, Any]

MODEL: Json = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "band met mijn kind",
            "intents": [
                {
                    "name": "VraagIntent",
                    "slots": [{"name": "vraag", "type": "TIPVRAAG", "samples": ["{vraag}", "ik bedoel {vraag}"]}],
                    "samples": ["{vraag}", "over {vraag}", "ik heb een vraag over {vraag}", "help {vraag} eens"],
                },
                {"name": "KaartIntent", "slots": [], "samples": ["stuur de kaart", "de kaart"]},
                {"name": "AMAZON.YesIntent", "slots": [], "samples": ["graag"]},
                {"name": "AMAZON.StopIntent", "slots": [], "samples": ["wees stil"]},
                {"name": "AMAZON.FallbackIntent", "samples": []},
            ],
            "types": [
                {
                    "name": "TIPVRAAG",
                    "values": [
                        {
                            "id": "troosten",
                            "name": {"value": "troosten", "synonyms": ["mijn baby huilt steeds", "verdriet"]},
                        },
                        {"id": "gevoelens", "name": {"value": "gevoelens", "synonyms": ["verdriet"]}},
                        {"id": "spelen", "name": {"value": "Spelen"}},
                    ],
                }
            ],
        },
        "dialog": {"intents": [{"name": "VraagIntent", "slots": [{"name": "vraag", "type": "TIPVRAAG"}]}]},
    }
}

BUILTIN_PHRASES = {"AMAZON.YesIntent": ["ja"], "AMAZON.NoIntent": ["nee"]}

ELICIT: Json = {
    "type": "Dialog.ElicitSlot",
    "slotToElicit": "vraag",
    "updatedIntent": {
        "name": "VraagIntent",
        "confirmationStatus": "NONE",
        "slots": {"vraag": {"name": "vraag", "confirmationStatus": "NONE"}},
    },
}
CARD: Json = {"type": "Simple", "title": "Hulp", "content": "Bel je huisarts.\n\nGecheckt: vandaag."}


def reply(speech: str, *, outcome: str, closed: bool = False, reprompt: str | None = None, **facts: Any) -> Json:
    """A response envelope as the skill writes it."""
    body: Json = {
        "outputSpeech": {"type": "SSML", "ssml": f"<speak>{speech}</speak>"},
        "shouldEndSession": closed,
    }
    if reprompt is not None:
        body["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{reprompt}</speak>"}}
    turn = {
        "outcome": outcome,
        "section": None,
        "danger": None,
        "choices": [],
        "age_months": None,
        "keys": [],
        "ms": 1.5,
    }
    return {"version": "1.0", "sessionAttributes": {"v": 1, "turn": {**turn, **facts}}, "response": body}


class Skill:
    """Answers a launch, a question, a yes and a stop; `events` is what it was sent."""

    def __init__(self) -> None:
        self.events: list[Json] = []

    def answer(self, event: Mapping[str, Any]) -> Json:
        self.events.append(json.loads(json.dumps(event)))
        request = event["request"]
        if request["type"] == "LaunchRequest":
            opened = reply('Welkom. <break time="300ms"/> Waarover?', outcome="control", reprompt="Zeg iets.")
            opened["response"]["directives"] = [ELICIT]
            return opened
        if request["type"] != "IntentRequest":
            return {"version": "1.0", "sessionAttributes": event["session"]["attributes"], "response": {}}
        match request["intent"]["name"]:
            case "VraagIntent":
                speech = 'Over &quot;troosten&quot; &amp; meer. <break time="300ms"/> Wil je de kaart?'
                return reply(speech, outcome="tip", reprompt="De kaart?", section="troosten", age_months=3)
            case "AMAZON.YesIntent":
                sent = reply("De kaart is er.", outcome="contact", closed=True, section="hulp-en-advies")
                sent["response"]["card"] = CARD
                return sent
            case "AMAZON.StopIntent":
                return reply("Dag.", outcome="control", closed=True)
        return reply(
            "Ik begrijp je niet. Waarover?", outcome="not_understood", reprompt="Waarover?", choices=["spelen"]
        )


Answer = Callable[[Json], tuple[int, bytes, dict[str, str]]]


@contextmanager
def http_service(answer: Answer) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """A service on this machine. Gives its address without a path, and a list that fills with path and content type of requests."""
    seen: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append((self.path, self.headers.get("Content-Type")))
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body, headers = answer(event)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that hung up is what some tests are about."""

    server = Server((HOST, free_port()), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def from_skill(skill: Skill) -> Answer:
    """The made-up skill as a service."""
    return lambda event: (200, json.dumps(skill.answer(event)).encode(), {"Content-Type": "application/json"})
