// Industry chains: each industry with its narrower ones, projects, enterprises, parks, policies and sums.

import { get } from "../api";
import { h, show, type Child } from "../dom";
import { thingLink, totalText } from "../parts/chips";
import type { Route } from "../route";
import { kindName, t } from "../words";

interface Named { label: string; kind: string; iri: string }
interface Chain {
  name: string; things: Named[]; projects: Named[]; enterprises: Named[]; parks: Named[]; policies: Named[]; narrower: Chain[];
  own: { projects: number; enterprises: number; parks: number; policies: number };
  total: { projects: number; enterprises: number; parks: number; policies: number; investment: { currency: string; value: string }[] };
}

const FIRST = 60;

export async function industries(place: HTMLElement, _: Route, signal: AbortSignal): Promise<void> {
  const { chains } = await get<{ chains: Chain[] }>("/api/v1/industries", {}, signal);
  const box = h("div", {});
  const list = (part: string) => {
    const fitting = chains.filter((it) => holds(it, part));
    show(box, h("p", { class: "of" }, t("of", Math.min(fitting.length, FIRST), fitting.length)), fitting.slice(0, FIRST).map((it) => chain(it)));
  };
  show(place, h("h1", {}, t("industries")),
    h("input", { type: "search", class: "wide", "aria-label": t("search"), placeholder: t("search"), oninput: (event: any) => list(event.target.value.trim()) }), box);
  list("");
}

const holds = (it: Chain, part: string): boolean => part === "" || it.name.includes(part) || it.narrower.some((narrow) => holds(narrow, part));

function chain(it: Chain): HTMLElement {
  const { total } = it;
  const counts = [[total.projects, t("projects")], [total.enterprises, t("enterprises")], [total.parks, t("parks")], [total.policies, t("policies")]] as const;
  const row = (kind: string, things: Named[], count: number): Child => things.length > 0 && h("div", { class: "group" }, h("h3", {}, kindName(kind)),
    h("p", { class: "chips" }, things.map((thing) => thingLink({ id: thing.iri, kind: thing.kind, label: thing.label }, false)), count > things.length && ` +${(count - things.length).toLocaleString()}`));
  return h("details", { class: "card chain" },
    h("summary", {}, h("b", {}, it.name), h("span", { class: "counts" }, counts.filter(([count]) => count > 0).map(([count, name]) => h("span", {}, h("b", {}, count), ` ${name}`)),
      total.investment.map((sum) => h("span", { class: "sum" }, totalText(sum))))),
    it.things.length > 0 && h("p", { class: "chips" }, it.things.map((thing) => thingLink({ id: thing.iri, kind: thing.kind, label: thing.label }, false))),
    row("Project", it.projects, it.own.projects), row("Enterprise", it.enterprises, it.own.enterprises), row("Park", it.parks, it.own.parks), row("Policy", it.policies, it.own.policies),
    it.narrower.length > 0 && h("div", { class: "narrower" }, h("h3", {}, t("narrower")), it.narrower.map((narrow) => chain(narrow))));
}
