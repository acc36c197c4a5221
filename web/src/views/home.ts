// The first page: find, ask, and what the graph holds.

import { get, type Article, type Ledger, type Stats } from "../api";
import { h, show, waiting } from "../dom";
import { searchBox } from "../parts/search";
import { address, go, thingAddress, type Route } from "../route";
import { kindNames, kindsName, lang, stageName, stageNames, t } from "../words";

const QUESTIONS: Record<"zh" | "en", string[]> = {
  zh: ["哪些项目与智能传感器相关", "总投资超过10亿元的项目有哪些", "有多少个在建项目"],
  en: ["Which projects relate to smart sensors?", "Which projects have a total investment over 1 billion yuan?"],
};

export function askBox(question: string): HTMLElement {
  const input = h("input", { type: "text", name: "question", class: "question", "aria-label": t("askLabel"), placeholder: t("askHint"), value: question, autocomplete: "off" });
  const send = (event: Event) => {
    event.preventDefault();
    const asked = input.value.trim();
    if (asked) go(address("ask", "", { q: asked }));
    else input.focus();
  };
  return h("form", { class: "search big ask", onsubmit: send }, input, h("button", { class: "primary", type: "submit" }, t("ask")));
}

export const questions = (): HTMLElement =>
  h("p", { class: "examples" }, h("span", {}, t("tryThese")), QUESTIONS[lang].map((it) => h("a", { href: address("ask", "", { q: it }) }, it)));

/** The boxes stand at once; numbers and lists follow as the server has them. */
export async function home(place: HTMLElement, _: Route, signal: AbortSignal): Promise<void> {
  const toFound = (text: string) => go(address("found", "", { q: text }));
  const soon = () => waiting(t("loading"), t("patience"));
  const tiles = h("section", { class: "tiles" }, soon());
  const line = h("div", {}, soon());
  const [fields, parks, newest] = [soon(), soon(), soon()].map((it) => h("div", {}, it));
  show(place,
    h("section", { class: "hero" },
      h("h1", {}, t("title")), h("p", { class: "tagline" }, t("about")),
      h("div", { class: "boxes" },
        h("div", {}, searchBox({ name: "q", big: true, onpick: (hit) => go(thingAddress(hit.id)), ontext: toFound }), h("p", { class: "hint" }, t("searchHint"))),
        h("div", {}, askBox(""), questions()))),
    tiles,
    h("section", { class: "card" }, h("h2", {}, t("stages")), h("p", { class: "hint" }, t("stagesHint")), line),
    h("div", { class: "columns" },
      h("section", { class: "card" }, h("h2", {}, t("topFields")), fields),
      h("section", { class: "card" }, h("h2", {}, t("topParks")), parks),
      h("section", { class: "card" }, h("h2", {}, t("latest")), newest)));
  await Promise.all([
    get<Stats>("/api/v1/stats", {}, signal).then((stats) => {
      show(tiles,
        tile(stats.documents, t("articles"), address("articles")),
        kindNames.map((kind) => tile(stats.things[kind] ?? 0, kindsName(kind), kind === "Project" ? address("ledger") : address("found", "", { kind }))),
        tile(stats.observations, t("figures"), address("figures")));
      show(line, pipeline(stats.stages));
    }),
    get<Ledger>("/api/v1/projects", { limit: 1 }, signal).then(({ facets }) => {
      show(fields, ranking(facets.industry, "industry"));
      show(parks, ranking(facets.park, "park"));
    }),
    get<{ documents: Article[] }>("/api/v1/documents", { limit: 6 }, signal).then(({ documents }) =>
      show(newest, h("ul", { class: "plain" }, documents.map((it) =>
        h("li", {}, h("a", { href: address("article", it.key) }, it.title ?? it.key), h("small", {}, it.published ?? t("undated"))))))),
  ]);
}

const tile = (count: number, name: string, href: string): HTMLElement =>
  h("a", { class: "tile", href }, h("b", {}, count.toLocaleString()), h("span", {}, name));

function pipeline(stages: Record<string, number>): HTMLElement {
  const most = Math.max(...Object.values(stages), 1);
  return h("ol", { class: "pipeline" }, stageNames.map((stage) => {
    const count = stages[stage] ?? 0;
    return h("li", {}, h("a", { href: address("ledger", "", { stage }), class: `stage-${stage}` },
      h("span", { class: "column" }, h("i", { style: `height:${Math.max((count / most) * 100, 2)}%` })),
      h("b", {}, count), h("span", {}, stageName(stage))));
  }));
}

function ranking(facet: [string, number][], filter: string): HTMLElement {
  const most = Math.max(...facet.map(([, count]) => count), 1);
  return h("ul", { class: "ranking" }, facet.slice(0, 8).map(([name, count]) =>
    h("li", {}, h("a", { href: address("ledger", "", { [filter]: name }) }, name), h("span", { class: "bar" }, h("i", { style: `width:${(count / most) * 100}%` })), h("b", {}, count))));
}
