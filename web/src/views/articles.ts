// The articles, and uploading some where that is allowed.

import { get, Refused, upload, type Article } from "../api";
import { h, show } from "../dom";
import { address, go, type Route } from "../route";
import { lang, t } from "../words";

const PAGE = 100;

export async function articles(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const q = route.params.get("q") ?? "";
  const offset = Number(route.params.get("offset") ?? 0);
  const [listed, health] = await Promise.all([
    get<{ total: number; documents: Article[] }>("/api/v1/documents", { q, offset, limit: PAGE }, signal),
    get<{ writable: boolean }>("/health", {}, signal),
  ]);
  show(place, h("h1", {}, t("articles")),
    health.writable ? uploadForm() : h("p", { class: "hint" }, t("readOnly")),
    h("input", { type: "search", class: "wide", "aria-label": t("search"), placeholder: t("search"), value: q, onchange: (event: any) => go(address("articles", "", { q: event.target.value })) }),
    h("p", { class: "of" }, t("of", listed.documents.length, listed.total)),
    h("ul", { class: "hits card" }, listed.documents.map((it) =>
      h("li", {}, h("small", { class: "date" }, it.published ?? t("undated")), h("a", { href: address("article", it.key) }, it.title ?? it.key), h("small", {}, `${it.key} · ${it.characters} ${t("characters")}`)))),
    h("nav", { class: "pages" },
      offset > 0 && h("a", { class: "button", href: address("articles", "", { q, offset: Math.max(offset - PAGE, 0) }) }, t("previous")),
      offset + PAGE < listed.total && h("a", { class: "button", href: address("articles", "", { q, offset: offset + PAGE }) }, t("next"))));
}

function uploadForm(): HTMLElement {
  const token = h("input", { type: "password", name: "token", autocomplete: "off", value: sessionStorage.getItem("token") ?? "" });
  const files = h("input", { type: "file", name: "files", multiple: true, accept: ".txt,.md,.html,.htm,.pdf,.docx,.xlsx,.xls,.csv,.jsonl,.zip,.warc,.gz" });
  const told = h("ul", { class: "plain", "aria-live": "polite" });
  const send = async (event: Event) => {
    event.preventDefault();
    sessionStorage.setItem("token", token.value);
    for (const file of files.files ?? []) {
      const line = h("li", {}, `${file.name}…`);
      told.append(line);
      try {
        const done = await upload(file, token.value);
        const place = done.documents === 1 && done.refused.length === 0 ? address("article", done.key) : address("articles", "", { q: done.key });
        show(line, h("span", {}, h("a", { href: place }, file.name), " ", done.documents > 1 && `${t("articlesIn", done.documents)} `, done.changed ? t("added", done.things, done.facts) : t("same"),
          done.refused.map((it) => h("span", { class: "wrong" }, `${it.document}: ${it[lang]}`))));
      } catch (error) {
        show(line, h("span", { class: "wrong" }, `${file.name}: ${error instanceof Refused ? error.message : t("failed")}`));
      }
    }
  };
  return h("form", { class: "card upload", onsubmit: send }, h("h2", {}, t("upload")), h("p", { class: "hint" }, t("uploadHint")),
    h("div", { class: "controls" }, h("label", {}, t("token"), token), h("label", {}, t("file"), files), h("button", { type: "submit", class: "primary" }, t("send"))), told);
}
