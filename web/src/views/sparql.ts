// An editor for SPARQL, with our saved queries as examples.

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import { get } from "../api";
import { h, show } from "../dom";
import type { Route } from "../route";
import { lang, t } from "../words";

interface Saved { name: string; title: { zh: string; en: string }; summary: { zh: string; en: string }; sparql: string }

export async function sparql(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const { queries } = await get<{ queries: Saved[] }>("/api/v1/queries", {}, signal);
  const box = h("div", { class: "editor" });
  const summary = h("p", { class: "hint" }, t("examplesHint"));
  const select = h("select", { name: "example", "aria-label": t("examples"), onchange: (event: any) => load(event.target.value) },
    h("option", { value: "" }, `${t("examples")}…`), queries.map((it) => h("option", { value: it.name }, it.title[lang])));
  show(place, h("h1", {}, "SPARQL"), h("div", { class: "controls card" }, select, summary), box);
  const endpoint = `${location.origin}/query`;
  // No completion may ask another host.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const editor = new Yasgui(box, {
    requestConfig: { endpoint, method: "POST" }, copyEndpointOnNewTab: false, persistenceId: null, autofocus: false, populateFromUrl: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] } as any,
  } as any);
  editor.getTab()?.setName(t("query"));
  rename(box);
  editor.on("tabSelect", () => setTimeout(() => rename(box)));
  const load = (name: string) => {
    const saved = queries.find((it) => it.name === name);
    if (!saved) return;
    summary.textContent = saved.summary[lang];
    editor.getTab()?.setQuery(saved.sparql);
  };
  const given = route.params.get("query");
  editor.getTab()?.setQuery(given ?? queries.find((it) => it.name === "projects-over-amount")?.sparql ?? "");
  signal.addEventListener("abort", () => box.replaceChildren());
}

/** Names of the ways to see results in the language of the page; each tab of the editor has its own. */
function rename(box: HTMLElement): void {
  const words: Record<string, Parameters<typeof t>[0]> = { table: "asTable", response: "asReceived", boolean: "asAnswer" };
  for (const [plugin, word] of Object.entries(words)) {
    box.querySelectorAll(`.select_${plugin} > span`).forEach((it) => { it.textContent = t(word); });
  }
}
