// All that is known of one thing.

import { get, inPath, type Entity, type Evidence, type Fact, type Figure, type Picture, type Proof } from "../api";
import { h, show, type Child } from "../dom";
import { chart } from "../parts/chart";
import { badge, scaled, stageMark, sumText, thingLink, unitName, valueView } from "../parts/chips";
import { marked, proof, quote } from "../parts/sentence";
import { address, type Route } from "../route";
import { propertyName, stageNames, t } from "../words";

export async function thing(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const entity = await get<Entity>(`/api/v1/entity/${inPath(route.rest)}`, {}, signal);
  const map = h("div", { class: "minimap" });
  const facts = entity.facts.shown;
  show(place,
    h("div", { class: "thinghead" }, badge(entity.kind), h("h1", {}, entity.label),
      entity.aliases.length > 0 && h("p", { class: "aliases" }, `${t("aliases")} ${entity.aliases.join("、")}`)),
    h("div", { class: "two" },
      h("div", {},
        stageline(facts), sums(facts),
        section(t("facts"), grouped(facts.filter((it) => it.property !== "status" && it.value.type !== "sum"), false), entity.facts),
        figureSection(entity.figures.shown),
        section(t("namedBy"), grouped(entity.incoming.shown, true), entity.incoming),
        entity.facts.total + entity.incoming.total + entity.figures.total === 0 && h("p", { class: "card" }, t("noFacts"))),
      h("aside", {},
        h("section", { class: "card" }, h("h2", {}, t("around")), map,
          h("a", { href: address("graph", "", { focus: entity.id, hops: 2 }) }, t("openGraph"))),
        sources(entity.sentences))));
  await neighbourhood(map, entity.id, signal);
}

/** Sections name how many there are where not all are shown. */
function section(title: string, body: Child[], listed: { total: number; shown: unknown[] }): Child {
  if (body.length === 0) return null;
  const cut = listed.shown.length < listed.total;
  return h("section", { class: "card" }, h("h2", {}, title), cut && h("p", { class: "of" }, t("of", listed.shown.length, listed.total)), body);
}

function grouped(facts: Fact[], incoming: boolean): Child[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) groups.set(fact.property, [...(groups.get(fact.property) ?? []), fact]);
  return [...groups].map(([property, members]) =>
    h("div", { class: "group" }, h("h3", {}, propertyName(property, incoming), members.length > 5 && h("small", {}, ` ${members.length}`)),
      h("ul", { class: "facts" }, members.map((fact) => h("li", {}, valueView(fact.value), proof(fact.evidence))))));
}

function stageline(facts: Fact[]): Child {
  const told = facts.flatMap((fact) => (fact.value.type === "stage" ? [{ stage: fact.value.stage, evidence: fact.evidence }] : []));
  if (told.length === 0) return null;
  told.sort((a, b) => stageNames.indexOf(a.stage) - stageNames.indexOf(b.stage));
  const dates = (evidence: Proof) => [...new Set(evidence.shown.map((it) => it.published).filter((it): it is string => it !== null))].sort();
  return h("section", { class: "card" }, h("h2", {}, t("stageline")),
    h("ol", { class: "timeline" }, stageNames.map((name) => {
      const known = told.find((it) => it.stage === name);
      return h("li", { class: known ? `told stage-${name}` : "untold" }, stageMark(name),
        known && h("small", {}, dates(known.evidence).join("、") || t("undated")), known && proof(known.evidence));
    })));
}

function sums(facts: Fact[]): Child {
  // Several articles tell one sum: it is shown once, with the sentences of all.
  const merged = new Map<string, { property: string; text: string; evidence: Proof }>();
  for (const { property, value, evidence } of facts) {
    if (value.type !== "sum") continue;
    const text = sumText(value);
    const known = merged.get(property + text);
    if (known) known.evidence = { total: known.evidence.total + evidence.total, shown: [...known.evidence.shown, ...evidence.shown] };
    else merged.set(property + text, { property, text, evidence });
  }
  if (merged.size === 0) return null;
  return h("section", { class: "card" }, h("h2", {}, t("sums")),
    h("div", { class: "sums" }, [...merged.values()].map(({ property, text, evidence }) =>
      h("div", { class: "sumcard" }, h("small", {}, propertyName(property)), h("b", {}, text), proof(evidence)))));
}

function figureSection(figures: Figure[]): Child {
  if (figures.length === 0) return null;
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const key = `${figure.indicator} ${figure.unit ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  const charts = [...groups.values()].filter((group) => new Set(group.map((it) => it.period)).size >= 3).slice(0, 3);
  return h("section", { class: "card" }, h("h2", {}, t("figures")), charts.map((group) => chart(group, group[0].indicator)), figureTable(figures));
}

/** Figures with their sentences, as a table. */
export function figureTable(figures: Figure[], withSubject = false): HTMLElement {
  return h("div", { class: "scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, withSubject && h("th", {}, t("subject")), h("th", {}, t("indicator")), h("th", {}, t("period")), h("th", { class: "number" }, t("value")), h("th", { class: "number" }, t("growth")), h("th", {}, t("evidence")))),
    h("tbody", {}, figures.map((it) => h("tr", {},
      withSubject && h("td", {}, it.subject && thingLink(it.subject)),
      h("td", {}, it.indicator, it.target && h("span", { class: "aimmark" }, t("target"))), h("td", {}, it.period ?? "–"),
      h("td", { class: "number" }, it.value ? `${scaled(Number(it.value))}${it.max ? `–${scaled(Number(it.max))}` : ""}${unitName(it.unit)}` : "–"),
      h("td", { class: "number" }, it.growth ? `${it.growth}%` : ""), h("td", {}, proof(it.evidence)))))));
}

function sources(sentences: Proof): Child {
  if (sentences.total === 0) return null;
  const byArticle = new Map<string, Evidence[]>();
  for (const it of sentences.shown) byArticle.set(it.document, [...(byArticle.get(it.document) ?? []), it]);
  return h("section", { class: "card sources" }, h("h2", {}, t("sources")),
    [...byArticle.values()].map((group) => h("div", { class: "sourcegroup" }, group.length === 1 ? quote(group[0]) : [
      h("h3", {}, h("a", { href: address("article", group[0].document) }, group[0].title ?? group[0].document), " ", h("small", {}, group[0].published ?? "")),
      group.map((it) => h("blockquote", { lang: "zh" }, marked(it.quote, it.begin, it.marks)))])),
    h("p", { class: "of" }, t("moreOf", sentences.total)));
}

async function neighbourhood(place: HTMLElement, id: string, signal: AbortSignal): Promise<void> {
  const picture = await get<Picture>("/api/v1/graph", { focus: id, hops: 1, limit: 60 }, signal);
  if (picture.nodes.length < 2) return show(place, h("p", { class: "hint" }, t("noFacts")));
  const { draw } = await import("../parts/drawing");
  draw(place, picture, { small: true });
}
