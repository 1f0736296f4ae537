// A small renderer of APL, for just what the skill sends: Container, Frame, ScrollView, Sequence, TouchWrapper and Text, with resources,
// styles, `when` and data-binding. Amazon's own (apl-viewhost-web) holds no program: it downloads one while it is installed, unchecked.
import { evaluate, fill } from "./apl-expressions.js";

export const VIEWPORTS = {
  show: { width: 1280, height: 800, dpi: 160, shape: "rectangle" },
  small: { width: 960, height: 480, dpi: 160, shape: "rectangle" },
  round: { width: 480, height: 480, dpi: 160, shape: "round" },
};

/** The document as an element of the viewport's size in dp; `touch(arguments)` is called for a SendEvent. */
export function renderApl({ document: apl, datasources }, viewport, touch) {
  const scope = { viewport, environment: { locale: "nl-NL" } };
  const drawing = new Drawing(apl, scope, touch);
  const [parameter = "payload"] = apl.mainTemplate.parameters || [];
  const root = document.createElement("div");
  root.className = "apl";
  root.style.width = `${viewport.width}px`;
  root.style.height = `${viewport.height}px`;
  root.style.background = drawing.resolve(apl.background, scope) || "#000";
  root.append(...drawing.inflate(firstOf(apl.mainTemplate), { ...scope, [parameter]: datasources }));
  return root;
}

const firstOf = (owner) => (owner.items || owner.item ? [].concat(owner.items || owner.item) : []);

class Drawing {
  constructor(apl, scope, touch) {
    this.touch = touch;
    this.styles = apl.styles || {};
    this.resources = {};
    for (const block of apl.resources || []) {
      if (block.when !== undefined && !evaluate(block.when, scope)) continue;
      for (const group of ["dimensions", "colors", "strings", "numbers"]) Object.assign(this.resources, block[group]);
    }
  }

  /** A value with its bindings filled in and its resource looked up. */
  resolve(value, scope) {
    if (typeof value !== "string") return value;
    const filled = fill(value, scope);
    return typeof filled === "string" && filled.startsWith("@") ? this.resources[filled.slice(1)] : filled;
  }

  /** Elements for components; of `items` every one whose `when` holds. */
  inflate(items, scope) {
    return items.filter((item) => item.when === undefined || evaluate(item.when, scope)).map((item) => this.component(item, scope));
  }

  component(item, scope) {
    const draw = this[`draw${item.type}`];
    if (!draw) throw new Error(`APL: onderdeel ${item.type} kent deze tekenaar niet`);
    const get = (name) => this.resolve(item[name], scope);
    const element = draw.call(this, item, scope, get);
    const style = element.style;
    style.boxSizing = "border-box";
    style.minWidth = "0";
    for (const [name, property] of Object.entries(SIZES)) if (get(name) !== undefined) style[property] = size(get(name));
    if (get("grow") !== undefined) { style.flexGrow = String(get("grow")); style.flexBasis = "0"; style.minHeight = "0"; }
    if (get("spacing") !== undefined) element.dataset.spacing = size(get("spacing")); // its parent keeps it, but not before the first
    style.flexShrink = String(get("shrink") ?? 0);
    return element;
  }

  children(item, scope) {
    const items = firstOf(item);
    const data = item.data === undefined ? null : this.resolve(item.data, scope);
    if (data === null) return this.inflate(items, scope);
    return (Array.isArray(data) ? data : []).flatMap((entry, index) => this.inflate(items, { ...scope, data: entry, index, length: data.length }).slice(0, 1));
  }

  flex(element, across, get) {
    Object.assign(element.style, { display: "flex", flexDirection: across ? "row" : "column", alignItems: across ? "center" : "stretch" });
    element.style.justifyContent = { center: "center", end: "flex-end", spaceBetween: "space-between", start: "flex-start" }[get("justifyContent")] || "flex-start";
  }

  append(element, item, scope, across) {
    this.children(item, scope).forEach((child, index) => {
      if (index > 0 && child.dataset.spacing) child.style[across ? "marginLeft" : "marginTop"] = child.dataset.spacing;
      element.append(child);
    });
    return element;
  }

  drawContainer(item, scope, get) {
    const element = document.createElement("div");
    this.flex(element, get("direction") === "row", get);
    return this.append(element, item, scope, get("direction") === "row");
  }

  drawFrame(item, scope, get) {
    const element = document.createElement("div");
    element.style.backgroundColor = get("backgroundColor") || "transparent";
    element.style.borderRadius = size(get("borderRadius") || 0);
    element.style.overflow = "hidden";
    return this.append(element, item, scope, false);
  }

  drawScrollView(item, scope) {
    const element = scrolling(document.createElement("div"), "Tekst op het scherm");
    element.style.overflowY = "auto";
    return this.append(element, item, scope, false);
  }

  drawSequence(item, scope, get) {
    const across = get("scrollDirection") === "horizontal";
    const element = scrolling(document.createElement("div"), "Keuzes op het scherm");
    this.flex(element, across, get);
    element.style[across ? "overflowX" : "overflowY"] = "auto";
    return this.append(element, item, scope, across);
  }

  drawTouchWrapper(item, scope, get) {
    const element = document.createElement("button");
    element.type = "button";
    if (get("accessibilityLabel")) element.setAttribute("aria-label", get("accessibilityLabel"));
    const commands = [].concat(item.onPress || []).filter((command) => command.type === "SendEvent");
    element.addEventListener("click", () => {
      for (const command of commands) this.touch((command.arguments || []).map((value) => this.resolve(value, scope)));
    });
    return this.append(element, item, scope, false);
  }

  drawText(item, scope, get) {
    const heading = get("role") === "header";
    const element = document.createElement("div");
    if (heading) { element.setAttribute("role", "heading"); element.setAttribute("aria-level", "3"); }
    const look = {};
    for (const block of (this.styles[get("style")] || {}).values || []) {
      if (block.when === undefined || evaluate(block.when, scope)) Object.assign(look, block);
    }
    const of = (name) => this.resolve(item[name] ?? look[name], scope);
    Object.assign(element.style, {
      color: of("color") || "#fafafa", fontSize: size(of("fontSize") || "40dp"), fontWeight: of("fontWeight") || "400",
      fontFamily: "var(--sans)", textAlign: of("textAlign") || "left", whiteSpace: "pre-line", overflowWrap: "break-word",
    });
    if (get("maxLines")) Object.assign(element.style, { display: "-webkit-box", webkitBoxOrient: "vertical", webkitLineClamp: String(get("maxLines")), overflow: "hidden" });
    element.textContent = plain(String(get("text") ?? ""));
    return element;
  }
}

const SIZES = {
  width: "width", height: "height", paddingLeft: "paddingLeft", paddingRight: "paddingRight", paddingTop: "paddingTop", paddingBottom: "paddingBottom",
};

function scrolling(element, label) {
  element.dataset.scrolls = "";
  element.tabIndex = 0;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", label);
  return element;
}

/** "40dp", 40 or "50%" as CSS; a drawing is laid out with one pixel a dp, and scaled as a whole. */
const size = (value) => (typeof value === "number" ? `${value}px` : String(value).replace(/dp$/, "px"));

/** APL's markup in a text: only what the skill escapes is undone, tags are not interpreted. */
const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
