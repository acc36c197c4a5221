// A chart of figures over periods, as SVG: bars for points in time, aims hatched.

import type { Figure } from "../api";
import { h, svg } from "../dom";
import { scaled, unitName } from "./chips";
import { t } from "../words";

const HEIGHT = 300, LEFT = 76, BOTTOM = 46, TOP = 24;

/** The chart; null where nothing can be drawn. */
export function chart(figures: Figure[], title: string): Element | null {
  const points = figures.filter((it) => it.value !== null && it.period !== null)
    .map((it) => ({ period: it.period!, value: Number(it.value), target: it.target, unit: it.unit }))
    .sort((a, b) => a.period.localeCompare(b.period));
  if (points.length === 0) return null;
  // A narrow window gets a narrow chart, so that its text stays legible.
  const WIDTH = window.innerWidth < 700 ? 380 : 720;
  const top = Math.max(...points.map((it) => it.value), 0), low = Math.min(...points.map((it) => it.value), 0);
  const range = top - low || 1;
  const y = (value: number) => TOP + ((top - value) / range) * (HEIGHT - TOP - BOTTOM);
  const step = (WIDTH - LEFT - 12) / points.length;
  const width = Math.min(step * 0.62, 64);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * range);
  const grid = ticks.map((value) => [
    svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(value), y2: y(value), class: "grid" }),
    svg("text", { x: LEFT - 8, y: y(value) + 4, class: "tick", "text-anchor": "end" }, scaled(Number(value.toPrecision(3)))),
  ]);
  const every = Math.ceil((points.length * 60) / (WIDTH - LEFT));
  const bars = points.map((it, index) => {
    const x = LEFT + step * index + (step - width) / 2;
    const told = `${it.period}: ${scaled(it.value)}${unitName(it.unit)}${it.target ? ` (${t("target")})` : ""}`;
    return svg("g", {},
      svg("rect", { x, width, y: Math.min(y(it.value), y(0)), height: Math.max(Math.abs(y(it.value) - y(0)), 1), rx: 3, class: it.target ? "bar aim" : "bar" }, svg("title", {}, told)),
      points.length * 46 <= WIDTH && svg("text", { x: x + width / 2, y: Math.min(y(it.value), y(0)) - 6, class: "amount", "text-anchor": "middle" }, scaled(it.value)),
      index % every === 0 && svg("text", { x: x + width / 2, y: HEIGHT - BOTTOM + 20, class: "tick", "text-anchor": "middle" }, it.period));
  });
  const unit = unitName(points[0].unit).trim();
  return h("figure", { class: "chart" },
    h("figcaption", {}, title, unit && h("small", {}, ` (${unit})`)),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title }, ...grid, ...bars) as unknown as Node);
}
