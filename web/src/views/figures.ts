// Figures over periods: a list of series, and the chart of one.

import { get, type Figure, type Series } from "../api";
import { h, show } from "../dom";
import { chart } from "../parts/chart";
import { thingLink } from "../parts/chips";
import { address, go, type Route } from "../route";
import { t } from "../words";
import { figureTable } from "./thing";

const NO_UNIT = "-";

export async function figures(place: HTMLElement, route: Route, signal: AbortSignal): Promise<void> {
  const wanted = Object.fromEntries(route.params) as Record<string, string>;
  const listed = await get<{ total: number; shown: number; series: Series[] }>("/api/v1/series", { q: wanted.q, limit: 200 }, signal);
  const first = listed.series.find((it) => it.subject);
  const subject = wanted.subject ?? first?.subject?.id;
  const indicator = wanted.indicator ?? first?.indicator;
  const unit = wanted.unit ?? (first?.unit || NO_UNIT);
  const right = h("div", {});
  show(place, h("h1", {}, t("figures")),
    h("div", { class: "two figures" },
      h("aside", { class: "card serieslist" },
        h("input", { type: "search", "aria-label": t("seriesHint"), placeholder: t("seriesHint"), value: wanted.q ?? "", onchange: (event: any) => go(address("figures", "", { q: event.target.value })) }),
        h("p", { class: "of" }, t("of", listed.shown, listed.total)),
        h("ul", { class: "plain" }, listed.series.filter((it) => it.subject).map((it) => {
          const chosen = it.subject!.id === subject && it.indicator === indicator && (it.unit || NO_UNIT) === unit;
          return h("li", {}, h("a", { href: address("figures", "", { q: wanted.q, subject: it.subject!.id, indicator: it.indicator, unit: it.unit || NO_UNIT }), "aria-current": chosen ? "true" : null },
            h("b", {}, it.indicator), h("span", {}, it.subject!.label), h("small", {}, t("points", it.count))));
        }))),
      right));
  if (!subject) return show(right, h("p", { class: "card" }, t("nothing")));
  const about = await get<{ observations: Figure[] }>("/api/v1/observations", { subject }, signal);
  const same = about.observations.filter((it) => it.indicator === indicator && (it.unit || NO_UNIT) === unit);
  const label = same[0]?.subject;
  const drawn = chart(same, `${label?.label ?? ""} ${indicator ?? ""}`);
  const others = about.observations.filter((it) => !same.includes(it));
  show(right,
    h("section", { class: "card" }, label && h("p", {}, thingLink(label)), drawn ?? h("p", { class: "hint" }, t("noPeriod")), figureTable(same)),
    others.length > 0 && h("section", { class: "card" }, h("h2", {}, t("figures")), figureTable(others)));
}
