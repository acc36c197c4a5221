// Small pieces: badges of kinds, links to things, sums as people write them.

import type { Sum, Thing, Value } from "../api";
import { h } from "../dom";
import { thingAddress } from "../route";
import { kindName, lang, stageName } from "../words";

/** Colours of kinds, with enough contrast on white. */
export const COLOURS: Record<string, string> = {
  Enterprise: "#1f6fb2", Organization: "#6b5b95", Park: "#1a8a5f", Project: "#d1652b", Policy: "#b23a64",
  Industry: "#8a6d1a", Place: "#5a6b7b", ProjectGroup: "#a0522d", Amount: "#7a7a2a",
};

export const badge = (kind: string): HTMLElement =>
  h("span", { class: `badge kind-${kind}` }, kindName(kind));

export const thingLink = (thing: Thing, withKind = true): HTMLElement =>
  h("a", { class: `chip kind-${thing.kind}`, href: thingAddress(thing.id), title: withKind ? kindName(thing.kind) : null }, thing.label);

export const stageMark = (stage: string): HTMLElement => h("span", { class: `stage stage-${stage}` }, stageName(stage));

export const UNITS: Record<string, string> = { CNY: "元", USD: "美元", EUR: "欧元", HKD: "港元", JPY: "日元" };

/** A number with 万亿, 亿 and 万, or trillion, billion and million, and at most so many decimals. */
export function scaled(value: number, decimals = 4): string {
  const scales: [number, string][] = lang === "zh" ? [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]] : [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
  for (const [scale, word] of scales) {
    if (Math.abs(value) >= scale) return trimmed(value / scale, decimals) + word;
  }
  return trimmed(value, decimals);
}

const trimmed = (value: number, decimals: number): string => Number(value.toPrecision(10)).toLocaleString(lang === "zh" ? "zh-CN" : "en-US", { maximumFractionDigits: decimals });

/** A sum over many things, which needs no more than two decimals. */
export const totalText = (sum: { currency: string; value: string }): string => `${scaled(Number(sum.value), 2)}${unitName(sum.currency)}`;

export const unitName = (unit: string | null): string => (unit ? (lang === "zh" ? (UNITS[unit] ?? unit) : unit.length > 3 || unit === "%" ? unit : ` ${unit}`) : "");

export function sumText(sum: Sum): string {
  if (!sum.value) return sum.text;
  const bounds = [sum.value, sum.max].filter((it): it is string => it !== null).map((it) => scaled(Number(it)));
  const figure = bounds.join("–") + (lang === "zh" ? (UNITS[sum.currency ?? ""] ?? sum.currency ?? "") : ` ${sum.currency ?? ""}`);
  const signs: Record<string, [string, string]> = { about: ["约", "about "], at_least: ["不低于", "at least "], at_most: ["不超过", "at most "] };
  const sign = signs[sum.qualifier ?? ""];
  return (sign ? sign[lang === "zh" ? 0 : 1] : "") + figure;
}

export function valueView(value: Value): Node {
  switch (value.type) {
    case "thing": return thingLink(value);
    case "sum": return h("span", { class: "sum", title: value.text }, sumText(value));
    case "stage": return stageMark(value.stage);
    case "node": return h("span", { class: "plainvalue" }, value.label);
    case "text": return h("span", { class: "plainvalue" }, value.text);
  }
}
