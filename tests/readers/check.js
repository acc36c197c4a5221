// Opens exports in graph libraries of JavaScript and prints what they saw, as one JSON object.
//
//     check.js FORMAT FILE     with NODE_PATH naming the folder of the packages of package.json
//
// FORMAT is gexf (graphology) or cytoscape (Cytoscape.js without a screen).
"use strict";
const fs = require("fs");

function ofGraphology(text) {
  const { MultiDirectedGraph } = require("graphology");
  const graph = require("graphology-gexf").parse(MultiDirectedGraph, text);
  const label = (node) => graph.getNodeAttribute(node, "label");
  return {
    nodes: graph.mapNodes((_, data) => [data.label, data.kind, Number(data.value) || null]),
    edges: graph.mapEdges((_, data, from, to) => [label(from), data.label, label(to)]),
    placed: graph.everyNode((_, data) => Number.isFinite(data.x) && Number.isFinite(data.y)),
  };
}

function ofCytoscape(text) {
  const graph = require("cytoscape")({ headless: true, elements: JSON.parse(text).elements });
  return {
    nodes: graph.nodes().map((node) => [node.data("label"), node.data("kind"), node.data("value") || null]),
    edges: graph.edges().map((edge) => [edge.source().data("label"), edge.data("label"), edge.target().data("label")]),
    placed: graph.nodes().every((node) => Number.isFinite(node.position().x)),
  };
}

const [format, file] = process.argv.slice(2);
const readers = { gexf: ofGraphology, cytoscape: ofCytoscape };
if (!readers[format]) {
  console.error(`check.js knows no format ${format}`);
  process.exit(1);
}
console.log(JSON.stringify(readers[format](fs.readFileSync(file, "utf8"))));
