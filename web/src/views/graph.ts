// The graph, drawn: the whole or around one thing, and the ways between two things.

import { get, type Dot, type Picture } from "../api";
import { h, show } from "../dom";
import { badge, COLOURS, thingLink } from "../parts/chips";
import { draw, type Drawing } from "../parts/drawing";
import { searchBox } from "../parts/search";
import { quote } from "../parts/sentence";
import { address, go, thingAddress, type Route } from "../route";
import { kindName, kindNames, propertyName, t } from "../words";

const LIMITS = [300, 1000, 3000, 10000];
const KINDS = [...kindNames, "ProjectGroup"];

interface Step { predicate: string; forward: boolean; evidence: { document: string; quote: string; begin: number; end: number }[] }
interface Way { things: { label: string; kind: string; iri: string }[]; steps: Step[] }

export async function graph(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const wanted = Object.fromEntries(route.params) as Record<string, string>;
  const to = (change: Record<string, unknown>) => go(address("graph", "", { ...wanted, ...change }));
  const shownKinds = new Set(wanted.kinds ? wanted.kinds.split(",") : KINDS);
  const picture = await get<Picture>("/api/v1/graph", { focus: wanted.focus, hops: wanted.focus ? wanted.hops ?? 2 : undefined, kinds: wanted.kinds, limit: wanted.limit ?? 300 }, signal);
  const canvas = h("div", { class: "canvas", role: "img", "aria-label": t("graph") });
  const panel = h("aside", { class: "panel card", "aria-live": "polite" });
  const middle = picture.focus === null ? null : picture.nodes[picture.focus];
  let drawing: Drawing | null = null;

  const select = (dot: Dot | null) => {
    if (!dot) return list();
    const index = picture.nodes.indexOf(dot);
    const lines = picture.edges.filter((edge) => edge.from === index || edge.to === index).slice(0, 60);
    show(panel, badge(dot.kind), h("h2", {}, dot.label),
      h("p", { class: "actions" }, h("a", { class: "primary", href: thingAddress(dot.iri) }, t("openThing")), h("button", { type: "button", onclick: () => to({ focus: dot.iri.replace(/^.*\/id\//, ""), hops: 2 }) }, t("focusThing"))),
      h("h3", {}, `${t("neighbours")} ${dot.degree}`),
      h("ul", { class: "plain" }, lines.map((edge) => {
        const other = picture.nodes[edge.from === index ? edge.to : edge.from];
        return h("li", {}, h("small", {}, propertyName(edge.predicate, edge.to === index)), " ",
          h("button", { type: "button", class: "linkish", onclick: () => drawing ? drawing.select(picture.nodes.indexOf(other)) : select(other) }, other.label));
      })));
  };
  const list = () => show(panel, h("h2", {}, t("most")), h("ol", { class: "plain ranks" }, picture.nodes.slice(0, 25).map((dot, index) =>
    h("li", {}, h("i", { class: "dot", style: `background:${COLOURS[dot.kind]}` }), h("button", { type: "button", class: "linkish", onclick: () => drawing ? drawing.select(index) : select(dot) }, dot.label), h("small", {}, dot.degree)))));

  show(place,
    h("h1", {}, t("graph")),
    h("div", { class: "controls card" },
      h("div", {}, h("span", { class: "label" }, t("middle")), searchBox({ name: "focus", label: t("middle"), value: middle?.label ?? "", onpick: (hit) => to({ focus: hit.id }) }),
        middle && h("button", { type: "button", onclick: () => to({ focus: null, hops: null }) }, t("whole"))),
      middle && h("label", {}, t("hops"), " ", choice(["1", "2", "3"], wanted.hops ?? "2", (value) => to({ hops: value }))),
      h("label", {}, t("limit"), " ", choice(LIMITS.map(String), wanted.limit ?? "300", (value) => to({ limit: value }))),
      h("label", {}, t("colour"), " ", choice(["kind", "community"], wanted.colour ?? "kind", (value) => to({ colour: value }), (value) => t(value as "kind"))),
      h("fieldset", { class: "legend" }, KINDS.map((kind) => h("label", {},
        h("input", { type: "checkbox", checked: shownKinds.has(kind), onchange: (event: any) => {
          if (event.target.checked) shownKinds.add(kind); else shownKinds.delete(kind);
          to({ kinds: shownKinds.size === KINDS.length || shownKinds.size === 0 ? null : [...shownKinds].join(",") });
        } }), h("i", { class: "dot", style: `background:${COLOURS[kind]}` }), kindName(kind))))),
    h("p", { class: "of", id: "shown" }, t("nodesOf", picture.nodes_shown.toLocaleString(), picture.nodes_total.toLocaleString()), " · ", t("edgesOf", picture.edges_shown.toLocaleString(), picture.edges_total.toLocaleString())),
    h("div", { class: "stagearea" },
      h("div", { class: "frame" }, canvas, h("div", { class: "zoom" },
        h("button", { type: "button", "aria-label": t("zoomIn"), onclick: () => drawing?.zoom(1.6) }, "+"),
        h("button", { type: "button", "aria-label": t("zoomOut"), onclick: () => drawing?.zoom(1 / 1.6) }, "−"),
        h("button", { type: "button", "aria-label": t("fit"), onclick: () => drawing?.fit() }, "⤢"))),
      panel),
    pathForm(signal));
  list();
  drawing = draw(canvas, picture, { colourBy: wanted.colour === "community" ? "community" : "kind", onselect: select });
}

function choice(values: string[], value: string, change: (value: string) => void, name: (value: string) => string = (it) => Number(it).toLocaleString()): HTMLElement {
  return h("select", { onchange: (event: any) => change(event.target.value) }, values.map((it) => h("option", { value: it, selected: it === value }, name(it))));
}

function pathForm(signal: AbortSignal): HTMLElement {
  let from = "", to = "";
  const result = h("div", { "aria-live": "polite" });
  const find = async () => {
    if (!from || !to) return;
    const { paths } = await get<{ paths: Way[] }>("/api/v1/path", { from, to }, signal);
    show(result, paths.length === 0 && h("p", {}, t("noPath")), paths.map((way) => h("ol", { class: "way" }, way.things.map((thing, index) => h("li", {},
      index > 0 && h("div", { class: "step" }, h("small", {}, `${way.steps[index - 1].forward ? "↓" : "↑"} ${propertyName(way.steps[index - 1].predicate)}`), way.steps[index - 1].evidence.slice(0, 1).map((it) => quote(it))),
      thingLink({ id: thing.iri, kind: thing.kind, label: thing.label }))))));
  };
  return h("section", { class: "card paths" }, h("h2", {}, t("paths")),
    h("div", { class: "controls" },
      searchBox({ name: "from", label: t("from"), onpick: (hit) => { from = hit.id; } }), searchBox({ name: "to", label: t("to"), onpick: (hit) => { to = hit.id; } }),
      h("button", { type: "button", class: "primary", onclick: find }, t("findPath"))), result);
}
