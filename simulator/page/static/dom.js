// Small tools: elements are made with text only, never from markup, so nothing of content or input can become markup.

export const byId = (id) => document.getElementById(id);

/** An element. `attributes`: names and values, `on...` functions; `children`: nodes and texts. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A part that folds, with its contents made when it is first opened. */
export function fold(title, fill) {
  const details = make("details", { class: "fold" }, make("summary", {}, title));
  details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(...fill()); });
  return details;
}

export async function copy(text, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Gekopieerd";
  } catch {
    button.textContent = "Kopiëren lukt niet in deze browser";
  }
  setTimeout(() => { button.textContent = before; }, 2000);
}
