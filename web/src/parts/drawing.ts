// The picture of a graph, drawn by WebGL. Places come from the server.

import Graph from "graphology";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import type { Dot, Picture } from "../api";
import { h, show } from "../dom";
import { go, thingAddress } from "../route";
import { propertyName, t } from "../words";
import { COLOURS } from "./chips";
import { hover, Labels } from "./labels";
import { Smooth } from "./smooth";

interface Options {
  small?: boolean;
  colourBy?: "kind" | "community";
  onselect?: (dot: Dot | null) => void;
}

/** A drawing on the page. */
export interface Drawing { zoom: (factor: number) => void; fit: () => void; select: (index: number | null) => void; end: () => void }

const PALETTE = ["#1f6fb2", "#d1652b", "#1a8a5f", "#b23a64", "#8a6d1a", "#6b5b95", "#2a9d9d", "#a0522d", "#5a6b7b", "#7a9a2a"];
const FONT = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", sans-serif';

/** The simplest ways to draw: a point a thing, a line a relation. */
const PLAIN = { nodeProgramClasses: { circle: NodePointProgram }, edgeProgramClasses: { line: EdgeLineProgram } };

/** Nearly transparent: the more lines lie over each other, the darker. WebGL takes colours that are multiplied by their opacity. */
const FAINT = "#12151720";

const hasWebgl = (): boolean => {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
};

const short = (label: string): string => (Array.from(label).length > 16 ? `${Array.from(label).slice(0, 15).join("")}…` : label);

/** Gives the crowded middle more room than the rim, where loose parts stand, and the whole the shape of its place. */
function spread(dot: Dot, shape: number): { x: number; y: number } {
  const radius = Math.hypot(dot.x, dot.y) || 1;
  const wider = (radius / 1000) ** -0.4;
  return { x: dot.x * wider * shape, y: -dot.y * wider };
}

/** Draws; null where the browser cannot. */
export function draw(place: HTMLElement, picture: Picture, options: Options = {}): Drawing | null {
  if (!hasWebgl()) {
    show(place, h("p", { class: "hint" }, t("noWebgl")));
    return null;
  }
  const graph = new Graph({ type: "directed", multi: true, allowSelfLoops: true });
  const shape = Math.min(Math.max(place.clientWidth / Math.max(place.clientHeight, 1), 0.6), 2);
  const most = picture.nodes.reduce((most, dot) => Math.max(most, dot.degree), 1);
  const count = picture.nodes.length;
  const [least, largest] = (count > 2000 ? [1.2, 8] : count > 300 ? [1.8, 10] : [3.5, 10]).map((size) => size * (place.clientWidth < 600 && count > 60 ? 0.6 : 1));
  picture.nodes.forEach((dot, index) => {
    const colour = options.colourBy === "community" ? PALETTE[dot.community % PALETTE.length] : COLOURS[dot.kind] ?? "#666";
    graph.addNode(index, {
      ...spread(dot, shape), label: short(dot.label), whole: dot.label, color: colour, size: least + largest * Math.sqrt(dot.degree / most),
      highlighted: index === picture.focus,
    });
  });
  const thin = picture.edges.length > 3000;
  picture.edges.forEach((edge, index) => {
    const attributes = { color: thin ? FAINT : "#a4b4be", size: thin ? 0.5 : 1, label: propertyName(edge.predicate), type: thin ? "line" : "arrow" };
    graph.addEdgeWithKey(index, edge.from, edge.to, attributes);
  });
  show(place);
  let chosen: string | null = null;
  let near = new Set<string>();
  const labels = new Labels(options.small ? { width: 0, height: 0 } : { width: 56, height: 140 });
  const sigma = new Smooth(graph, place, {
    labelFont: FONT, labelSize: options.small ? 11 : 13, labelColor: { color: "#1c2b36" }, labelDensity: options.small ? 4 : 1, labelGridCellSize: 90, labelRenderedSizeThreshold: options.small ? 3 : place.clientWidth < 600 ? 4 : 5,
    defaultDrawNodeLabel: labels.take, defaultDrawNodeHover: hover, hideLabelsOnMove: count > 3000,
    ...(thin ? PLAIN : {}), renderEdgeLabels: false, defaultEdgeType: "arrow", zIndex: true, allowInvalidContainer: true,
    nodeReducer: (node, data) => (chosen === null || node === chosen || near.has(node) ? { ...data, ...(node === chosen ? { highlighted: true, zIndex: 2 } : {}), ...(chosen !== null && near.size < 12 ? { forceLabel: true } : {}) } : { ...data, color: "#dde3e7", label: "", zIndex: 0 }),
    edgeReducer: (edge, data) => (chosen === null ? data : graph.hasExtremity(edge, chosen) ? { ...data, color: "#5b7383", size: 1.6 } : { ...data, hidden: true }),
  });
  labels.on(sigma);
  sigma.refresh();
  if (count > 500) sigma.measure();
  const select = (index: number | null) => {
    chosen = index === null ? null : String(index);
    near = new Set(chosen === null ? [] : graph.neighbors(chosen));
    sigma.refresh({ skipIndexation: true });
    options.onselect?.(index === null ? null : picture.nodes[index]);
  };
  sigma.on("clickNode", ({ node }) => (options.onselect ? select(Number(node)) : go(thingAddress(picture.nodes[Number(node)].iri))));
  sigma.on("clickStage", () => options.onselect && select(null));
  sigma.on("enterNode", () => (place.style.cursor = "pointer"));
  sigma.on("leaveNode", () => (place.style.cursor = ""));
  // A page that goes away takes its drawing with it: browsers allow only few of them.
  const gone = new MutationObserver(() => {
    if (!place.isConnected) { gone.disconnect(); sigma.kill(); }
  });
  gone.observe(document.getElementById("main")!, { childList: true });
  place.dataset.drawn = String(picture.nodes.length);
  const camera = sigma.getCamera();
  return {
    zoom: (factor) => camera.animate({ ratio: camera.ratio / factor }, { duration: 150 }),
    fit: () => camera.animatedReset({ duration: 150 }),
    select,
    end: () => { gone.disconnect(); sigma.kill(); },
  };
}
