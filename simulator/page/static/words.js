// What ids of the skill are called on the page.

export const OUTCOMES = {
  tip: "een tip", choice: "een keuze uit twee", contact: "hulp", source: "de bron", out_of_scope: "niet op de pagina",
  not_understood: "niet begrepen", crisis: "antwoord bij gevaar", safety_check: "vraag of er gevaar is", help: "uitleg", control: "bediening",
};
export const ROUTES = {
  builtin: "een woord dat Alexa zelf kent", control: "een voorbeeldzin van dit intent", slot: "de vraag, zonder de woorden eromheen",
  elicited: "de skill vroeg om vrije woorden", fallback: "Alexa hoorde geen woorden",
};
export const PENDING = {
  open: "waar gaat je vraag over", else: "nog iets anders weten", instead: "iets over de band horen", topics: "welk onderwerp",
  more: "meer horen", neighbour: "een ander onderwerp horen", choice: "het een of het ander", confirm: "bedoel je dit",
  card: "een kaart sturen", danger: "is er gevaar", number: "het nummer herhalen", screen: "ziet iemand anders de app",
};
export const CONFIDENCE = { high: "zeker", middle: "tamelijk zeker", low: "onzeker" };
export const CONTROLS = {
  yes: "Ja", no: "Nee", later: "Later", stop: "Stoppen", cancel: "Annuleren", home: "Naar het begin", help: "Hulp", repeat: "Herhalen",
  slower: "Langzamer", faster: "Gewoon tempo", more: "Meer", next: "Volgende", previous: "Vorige", start_over: "Opnieuw beginnen",
  topics: "Onderwerpen", surprise: "Zomaar een tip", source: "De bron", card: "De kaart", emergency: "Nood", thanks: "Bedanken",
  wait: "Wachten", first: "De eerste", second: "De tweede", neither: "Geen van beide", call_doctor: "Bellen",
};
export const FACTS = { section: "onderwerp", outcome: "uitkomst", danger: "gevaar", open: "wacht op antwoord", card: "kaart", key: "teksten", speech: "wat Alexa zegt" };

export const named = (names, id) => (id === null || id === undefined ? "geen" : names[id] || String(id));

/** A value of a dialogue file in words. */
export function inWords(value) {
  if (value === true) return "ja";
  if (value === false) return "nee";
  if (value === null || value === undefined) return "niets";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
