// The ledger of projects, filtered.

import { get, type Ledger, type Project, type Thing } from "../api";
import { h, show } from "../dom";
import { stageMark, sumText, thingLink } from "../parts/chips";
import { address, go, thingAddress, type Route } from "../route";
import { lang, stageName, stageNames, t } from "../words";

const PAGE = 50;

export async function ledger(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const wanted = Object.fromEntries(route.params) as Record<string, string>;
  const offset = Number(wanted.offset ?? 0);
  const filter = { q: wanted.q, stage: wanted.stage, park: wanted.park, industry: wanted.industry, investor: wanted.investor, sort: wanted.sort ?? "sum", min: wanted.least ? Math.round(Number(wanted.least) * 1e8) : undefined };
  const found = await get<Ledger>("/api/v1/projects", { ...filter, offset, limit: PAGE }, signal);
  const to = (change: Record<string, unknown>) => go(address("ledger", "", { ...wanted, offset: null, ...change }));
  const field = (name: string, label: string, values: [string, number][] = []) => {
    const id = `values-${name}`;
    return h("label", {}, label, h("input", { name, value: wanted[name] ?? "", list: values.length ? id : null, onchange: (event: any) => to({ [name]: event.target.value }) }),
      values.length > 0 && h("datalist", { id }, values.map(([value, count]) => h("option", { value }, `${count}`))));
  };
  const counts = new Map(found.facets.stage);
  const query = new URLSearchParams(Object.entries({ ...filter, format: "csv", lang }).filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => [name, String(value)]));
  const pages = Math.max(Math.ceil(found.found / PAGE), 1);
  const page = Math.floor(offset / PAGE) + 1;
  show(place,
    h("div", { class: "titlerow" }, h("h1", {}, t("ledger")), h("a", { class: "button", href: `/api/v1/projects?${query}`, download: "projects.csv" }, t("csv"))),
    h("form", { class: "filters card", "aria-label": t("filters"), onsubmit: (event: Event) => event.preventDefault() },
      field("q", t("name")),
      h("label", {}, t("stage"), h("select", { name: "stage", onchange: (event: any) => to({ stage: event.target.value }) },
        h("option", { value: "" }, t("any")),
        stageNames.map((it) => h("option", { value: it, selected: it === wanted.stage }, `${stageName(it)}${wanted.stage ? "" : ` (${counts.get(it) ?? 0})`}`)), h("option", { value: "none", selected: wanted.stage === "none" }, t("none")))),
      field("park", t("place"), found.facets.park), field("industry", t("field"), found.facets.industry), field("investor", t("investor"), found.facets.investor),
      h("label", {}, t("least"), h("input", { name: "least", type: "number", min: 0, step: "any", value: wanted.least ?? "", onchange: (event: any) => to({ least: event.target.value }) })),
      h("label", {}, t("sortBy"), h("select", { name: "sort", onchange: (event: any) => to({ sort: event.target.value }) },
        ([["sum", "sum"], ["name", "name"], ["stage", "stage"], ["documents", "documents"]] as const).map(([value, word]) => h("option", { value, selected: value === filter.sort }, t(word))))),
      h("a", { class: "button", href: address("ledger") }, t("clear"))),
    h("p", { class: "of", role: "status" }, t("found", found.found.toLocaleString(), found.total.toLocaleString())),
    h("div", { class: "scroll card" }, h("table", { class: "ledgertable" },
      h("thead", {}, h("tr", {}, [t("name"), t("stage"), t("sum"), t("place"), t("field"), t("investor"), t("documents")].map((it, index) => h("th", { class: index === 2 || index === 6 ? "number" : null }, it)))),
      h("tbody", {}, found.projects.map(row)))),
    h("nav", { class: "pages" },
      page > 1 && h("a", { class: "button", href: address("ledger", "", { ...wanted, offset: offset - PAGE }) }, t("previous")),
      h("span", {}, t("page", page, pages)),
      page < pages && h("a", { class: "button", href: address("ledger", "", { ...wanted, offset: offset + PAGE }) }, t("next"))));
}

function row(project: Project): HTMLElement {
  const things = (list: Thing[]) => h("td", {}, list.slice(0, 3).map((it) => thingLink(it)), list.length > 3 && h("small", {}, ` +${list.length - 3}`));
  return h("tr", {}, h("td", { class: "projectname" }, h("a", { href: thingAddress(project.id) }, project.label)),
    h("td", {}, project.stage && stageMark(project.stage)), h("td", { class: "number", title: project.sum?.text }, project.sum ? sumText(project.sum) : ""),
    things(project.places), things(project.industries), things(project.investors), h("td", { class: "number documents", "data-label": t("documents") }, project.documents));
}
