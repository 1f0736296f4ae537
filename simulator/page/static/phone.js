// The companion app: the cards in the order in which they came, plain text, with the time.
import { byId, make } from "./dom.js";

const CLOCK = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit" });

export function showCards(turns) {
  const cards = turns.filter((turn) => turn.card);
  byId("no-cards").hidden = cards.length > 0;
  byId("cards").replaceChildren(...cards.map(({ card, at }) => make(
    "li", {},
    make("time", { datetime: at.toISOString() }, `Vandaag, ${CLOCK.format(at)}`),
    make("h3", {}, card.title),
    make("p", {}, card.text),
  )));
  const screen = byId("cards").parentElement;
  const name = screen.querySelector(".phone-name"); // stays on top
  if (cards.length > 1) screen.scrollTop = byId("cards").lastElementChild.offsetTop - screen.offsetTop - name.offsetHeight - 4;
}
