// The frame of the page and the table of its views.

import "./style.css";
import { h, show, waiting } from "./dom";
import { searchBox } from "./parts/search";
import { address, current, go, thingAddress, type Route } from "./route";
import { lang, setLang, t, type Word } from "./words";
import { article } from "./views/article";
import { articles } from "./views/articles";
import { ask } from "./views/ask";
import { figures } from "./views/figures";
import { found } from "./views/found";
import { home } from "./views/home";
import { industries } from "./views/industries";
import { ledger } from "./views/ledger";
import { thing } from "./views/thing";

/** A view fills the place given; it may be abandoned when the signal says so. */
export type View = (place: HTMLElement, route: Route, signal: AbortSignal) => Promise<void>;

const VIEWS: Record<string, View> = {
  home, ask, thing, ledger, figures, articles, article, industries, found,
  // Drawing and the editor are large: they are fetched when first used.
  graph: async (...all) => (await import("./views/graph")).graph(...all),
  sparql: async (...all) => (await import("./views/sparql")).sparql(...all),
};

const MENU: [string, Word | null][] = [
  ["home", "home"], ["ledger", "ledger"], ["industries", "industries"], ["graph", "graph"], ["figures", "figures"],
  ["articles", "articles"], ["sparql", null],
];

const head = document.getElementById("head")!;
const main = document.getElementById("main")!;
const foot = document.getElementById("foot")!;

function frame(view: string): void {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = `parkgraph ${t("title")}`;
  document.querySelector(".skip")!.textContent = t("skip");
  const links = MENU.map(([name, word]) =>
    h("a", { href: address(name), "aria-current": name === view ? "page" : null }, word ? t(word) : "SPARQL"));
  const other = lang === "zh" ? "en" : "zh";
  const flip = h("button", { class: "lang", type: "button", lang: other, onclick: () => { setLang(other); draw(); } }, t("otherLang"));
  const box = view === "home" ? null : searchBox({ name: "q", onpick: (hit) => go(thingAddress(hit.id)), ontext: (text) => go(address("found", "", { q: text })) });
  show(head,
    h("a", { class: "brand", href: address("home") }, h("img", { src: "/assets/icon.svg", alt: "", width: 28, height: 28 }),
      h("span", {}, h("b", {}, "parkgraph"), h("small", {}, t("title")))),
    h("nav", { "aria-label": "parkgraph" }, links), box, flip);
  show(foot, t("foot"), " · ", h("a", { href: "/openapi.json" }, "API"), " · ", h("a", { href: "/assets/licences.txt" }, t("licences")));
}

let last = new AbortController();

async function draw(): Promise<void> {
  last.abort();
  last = new AbortController();
  const { signal } = last;
  const route = current();
  const view = VIEWS[route.view] ?? home;
  frame(route.view);
  const place = h("div", { class: `view ${route.view}` });
  show(main, place);
  show(place, waiting(t("loading"), t("patience")));
  try {
    await view(place, route, signal);
  } catch (error) {
    if (signal.aborted) return;
    const told = error instanceof Error ? error.message : String(error);
    show(place, h("div", { class: "card problem", role: "alert" }, h("h2", {}, t("failed")), h("p", {}, told),
      h("button", { type: "button", onclick: draw }, t("retry"))));
  }
  if (!signal.aborted) place.dataset.ready = "true";
}

addEventListener("hashchange", () => {
  scrollTo(0, 0);
  draw();
});
// One key leads to the search box, as in many programs.
addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, .CodeMirror");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.querySelector<HTMLInputElement>("[role=combobox]")?.focus();
  }
});
draw();
