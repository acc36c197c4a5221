// A search box that completes: names, other names, pinyin and its first letters.

import { get, type Hit } from "../api";
import { h, show } from "../dom";
import { t } from "../words";
import { badge } from "./chips";

interface Options {
  name: string;
  label?: string;
  value?: string;
  big?: boolean;
  /** A completion was chosen. */
  onpick: (hit: Hit) => void;
  /** A text was entered without choosing one. */
  ontext?: (text: string) => void;
}

let count = 0;

/** The box with its list of completions. */
export function searchBox(options: Options): HTMLElement {
  const id = `search-${++count}`;
  const label = options.label ?? t("searchLabel");
  const list = h("ul", { id, role: "listbox", class: "completions", hidden: true, "aria-label": label });
  const input = h("input", {
    type: "search", name: options.name, role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
    "aria-label": label, placeholder: label, autocomplete: "off", spellcheck: "false", value: options.value ?? "",
  });
  let hits: Hit[] = [];
  let at = -1;
  let pending = new AbortController();

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (hit: Hit) => {
    input.value = hit.label;
    close();
    options.onpick(hit);
  };
  const mark = (next: number) => {
    at = next;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    }
  };
  const complete = async () => {
    pending.abort();
    pending = new AbortController();
    const typed = input.value.trim();
    if (!typed) return close();
    try {
      const found = await get<{ results: Hit[] }>("/api/v1/search", { q: typed, limit: 10 }, pending.signal);
      hits = found.results;
      show(list, hits.map((hit, index) =>
        h("li", { id: `${id}-${index}`, role: "option", "aria-selected": "false", onmousedown: (event: Event) => { event.preventDefault(); choose(hit); } },
          badge(hit.kind), h("span", { class: "name" }, hit.label), hit.matched !== hit.label && h("small", {}, hit.matched))));
      list.hidden = hits.length === 0;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      at = -1;
    } catch {
      // A newer look-up took its place, or the server is away: the list stays as it is.
    }
  };
  input.addEventListener("input", complete);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) { event.preventDefault(); if (list.hidden) list.hidden = false; mark((at + 1) % hits.length); }
    else if (event.key === "ArrowUp" && hits.length) { event.preventDefault(); mark((at - 1 + hits.length) % hits.length); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (at >= 0 && hits[at]) choose(hits[at]);
      else if (options.ontext && input.value.trim()) { const typed = input.value.trim(); close(); options.ontext(typed); }
      else if (hits[0]) choose(hits[0]);
    }
  });
  const form = h("form", { role: "search", class: options.big ? "search big" : "search", onsubmit: (event: Event) => event.preventDefault() }, input, list);
  if (options.big) {
    form.append(h("button", { type: "button", class: "primary", onclick: () => { const typed = input.value.trim(); if (typed) options.ontext?.(typed); else input.focus(); } }, t("search")));
  }
  return form;
}

