// A question with its answers and their sentences.

import { get, type Reply } from "../api";
import { h, show } from "../dom";
import { quote } from "../parts/sentence";
import { address, thingAddress, type Route } from "../route";
import { lang, t } from "../words";
import { askBox, questions } from "./home";

const SENTENCES = 3;

export async function ask(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const question = route.params.get("q") ?? "";
  const result = h("div", { class: "answers", "aria-live": "polite" });
  show(place, h("h1", {}, t("askLabel")), askBox(question), question ? null : questions(), result);
  if (!question) return;
  show(result, h("p", { class: "loading" }, t("asking")));
  const reply = await get<Reply>("/api/v1/ask", { q: question, lang }, signal);
  show(result,
    h("p", { class: "sentence card" }, reply.sentence),
    h("ol", { class: "answerlist" }, reply.answers.map((answer) => {
      const more = answer.evidence.slice(SENTENCES);
      return h("li", { class: "card" },
        h("h2", {}, answer.iri ? h("a", { href: thingAddress(answer.iri) }, answer.label) : answer.label),
        answer.aliases.length > 0 && h("p", { class: "aliases" }, `${t("aliases")} ${answer.aliases.join("、")}`),
        answer.evidence.slice(0, SENTENCES).map((it) => quote({ ...it, marks: places(it, [answer.label, ...answer.aliases]) })),
        more.length > 0 && h("details", {}, h("summary", {}, t("moreOf", answer.evidence.length)), more.map((it) => quote({ ...it, marks: places(it, [answer.label, ...answer.aliases]) }))));
    })),
    reply.suggestions.length > 0 && h("p", { class: "card" }, `${t("near")}: `, reply.suggestions.map((name) => [h("a", { href: address("found", "", { q: name }) }, name), " "])),
    reply.sparql && h("details", { class: "sparqlused" }, h("summary", {}, t("sparqlUsed")), h("pre", {}, reply.sparql),
      h("a", { href: address("sparql", "", { query: reply.sparql }) }, "SPARQL")));
}

/** Where names stand in a sentence, in characters of the source. */
function places(it: { quote: string; begin: number }, names: string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const name of names.filter((name) => name.length > 1)) {
    for (let at = it.quote.indexOf(name); at >= 0; at = it.quote.indexOf(name, at + name.length)) {
      const from = it.begin + Array.from(it.quote.slice(0, at)).length;
      found.push([from, from + Array.from(name).length]);
    }
  }
  return found;
}
