// One article: the sentences that the graph rests on, with what they name.

import { get, inPath, type Thing } from "../api";
import { h, show, type Child } from "../dom";
import { kindName, t } from "../words";
import { thingAddress, type Route } from "../route";

interface Mention { begin: number; end: number; thing: Thing }
interface Sentence { begin: number; end: number; text: string; mentions: Mention[] }
interface Document { key: string; title: string | null; published: string | null; characters: string | null; sentences: Sentence[] }

export async function article(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const found = await get<Document>(`/api/v1/document/${inPath(route.rest)}`, {}, signal);
  const from = Number(route.params.get("from") ?? -1), to = Number(route.params.get("to") ?? -1);
  let target: HTMLElement | null = null;
  const paragraphs = found.sentences.map((sentence, index) => {
    const wanted = sentence.begin <= from && to <= sentence.end && to > from;
    const gap = index > 0 && sentence.begin > found.sentences[index - 1].end + 2;
    const line = h("p", { class: wanted ? "wanted" : null, id: `c${sentence.begin}`, tabindex: wanted ? -1 : null }, linked(sentence));
    if (wanted) target = line;
    return [gap && h("p", { class: "gap", "aria-hidden": "true" }, "⋯"), line];
  });
  show(place,
    h("h1", {}, found.title ?? found.key),
    h("p", { class: "of" }, [found.published ? `${t("published")} ${found.published}` : t("undated"), found.key, `${found.characters} ${t("characters")}`].join(" · ")),
    h("div", { class: "card reading", lang: "zh" }, h("p", { class: "hint", lang: document.documentElement.lang }, t("sentences")), paragraphs));
  const aim = target as HTMLElement | null;
  aim?.scrollIntoView({ block: "center" });
  aim?.focus({ preventScroll: true });
}

/** A sentence whose names lead to their things; of names within names the outer one counts. */
function linked(sentence: Sentence): Child[] {
  const characters = Array.from(sentence.text);
  const parts: Child[] = [];
  let at = 0;
  const outer = [...sentence.mentions].sort((a, b) => a.begin - b.begin || b.end - a.end);
  for (const mention of outer) {
    const from = mention.begin - sentence.begin, to = mention.end - sentence.begin;
    if (from < at || to > characters.length) continue;
    parts.push(characters.slice(at, from).join(""),
      h("a", { class: `named kind-${mention.thing.kind}`, href: thingAddress(mention.thing.id), title: `${kindName(mention.thing.kind)} ${mention.thing.label}` }, characters.slice(from, to).join("")));
    at = to;
  }
  parts.push(characters.slice(at).join(""));
  return parts;
}
