// Everything whose name fits what was typed, or of one kind.

import { get, type Hit } from "../api";
import { h, show } from "../dom";
import { badge } from "../parts/chips";
import { address, thingAddress, type Route } from "../route";
import { kindName, kindNames, t } from "../words";

export async function found(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const q = route.params.get("q") ?? "";
  const kind = route.params.get("kind") ?? "";
  const reply = await get<{ total: number; shown: number; results: Hit[] }>("/api/v1/search", { q, kind, limit: 200 }, signal);
  show(place,
    h("h1", {}, q ? `“${q}”` : kindName(kind)),
    h("p", { class: "tabs" }, ["", ...kindNames].map((it) =>
      h("a", { href: address("found", "", { q, kind: it }), "aria-current": it === kind ? "true" : null }, it ? kindName(it) : t("any")))),
    h("p", { class: "of" }, t("of", reply.shown, reply.total)),
    reply.total === 0 && h("div", { class: "card" }, h("p", {}, t("nothing")), h("a", { href: address("ask", "", { q }) }, `${t("ask")}: ${q}`)),
    h("ul", { class: "hits card" }, reply.results.map((hit) =>
      h("li", {}, badge(hit.kind), h("a", { href: thingAddress(hit.id) }, hit.label),
        hit.aliases.length > 0 && h("small", {}, `${t("aliases")} ${hit.aliases.slice(0, 4).join("、")}`)))));
}
