// A sentence of a source with the words that matter marked.

import type { Evidence, Proof } from "../api";
import { h, type Child } from "../dom";
import { address } from "../route";
import { t } from "../words";

/** The text with the stretches marked; positions count characters of the source, the text begins at `begin`. */
export function marked(text: string, begin: number, marks: [number, number][]): Child[] {
  const characters = Array.from(text);
  const parts: Child[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(from - begin, at);
    const end = Math.min(to - begin, characters.length);
    if (end <= start || (start === 0 && end === characters.length)) continue;
    parts.push(characters.slice(at, start).join(""), h("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  parts.push(characters.slice(at).join(""));
  return parts;
}

/** A sentence with where it stands. */
export function quote(it: Pick<Evidence, "document" | "begin" | "end" | "quote"> & Partial<Evidence>): HTMLElement {
  const place = address("article", it.document, { from: it.begin, to: it.end });
  const notes = [it.published ?? null, it.confidence ? `${t("confidence")} ${it.confidence}` : null, it.rule ? `${t("rule")} ${it.rule}` : null];
  return h("figure", { class: "quote" },
    h("blockquote", { lang: "zh" }, marked(it.quote.trim(), it.begin + leading(it.quote), it.marks ?? [])),
    h("figcaption", {}, h("a", { href: place, class: "source" }, it.title ?? it.document), " ",
      h("small", {}, notes.filter(Boolean).join(" · "))));
}

const leading = (text: string): number => Array.from(text).length - Array.from(text.trimStart()).length;

/** The evidence of a statement, folded away. */
export function proof(evidence: Proof): HTMLElement | null {
  if (evidence.total === 0) return null;
  return h("details", { class: "proof" },
    h("summary", {}, `${t("evidence")} ${evidence.total}`),
    evidence.shown.map(quote),
    evidence.shown.length < evidence.total && h("p", { class: "of" }, t("of", evidence.shown.length, evidence.total)));
}
