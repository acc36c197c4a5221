// Elements, made without HTML text: what an article says can never become markup.

export type Child = Node | string | number | null | undefined | false | Child[];
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => void)>;

function fill(node: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
}

function append(node: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child instanceof Node ? child : String(child));
  }
}

/** An HTML element; attributes whose names begin with `on` are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
}

/** An SVG element. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(node, attributes, children);
  return node;
}

/** Milliseconds after which waiting is explained. */
const LONG = 2500;

/** Says that something is on its way, and after a while why it may take long. */
export function waiting(text: string, reason: string): HTMLElement {
  const place = h("p", { class: "loading", role: "status" }, text);
  setTimeout(() => { if (place.isConnected) place.append(h("small", {}, reason)); }, LONG);
  return place;
}

/** Puts children in place of all that a node holds. */
export function show(node: Element, ...children: Child[]): void {
  node.replaceChildren();
  append(node, children);
}
