"""Opens exports in other programs' readers and prints what they saw, as one JSON object.

    check.py FORMAT FILE

FORMAT is turtle, nquads, ntriples, trig (pyoxigraph, RDF 1.2), turtle11, jsonld, rdfxml (rdflib, RDF 1.1), graphml,
gexf (networkx), dot (Graphviz), svg (an XML parser), neo4j, gephi (a folder, by the rules of the importers),
table (pandas) or analysis (networkx on GraphML).
"""
import csv
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def pyoxigraph_view(path, form):
    import pyoxigraph

    quads = list(pyoxigraph.parse(path=str(path), format=form))
    return {
        "statements": len(quads),
        "labels": sorted({q.object.value for q in quads if q.predicate.value == LABEL}),
        "evidence": sum(q.predicate.value == RDF + "reifies" for q in quads),
        "graphs": sorted({q.graph_name.value for q in quads if isinstance(q.graph_name, pyoxigraph.NamedNode)}),
        "digest": digest(" ".join(map(str, (q.subject, q.predicate, q.object))) for q in quads),
    }


def rdflib_view(path, form):
    import rdflib

    graph = rdflib.Graph()
    graph.parse(str(path), format=form)
    return {
        "statements": len(graph),
        "labels": sorted({str(o) for o in graph.objects(None, rdflib.URIRef(LABEL))}),
        "evidence": len(set(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))),
        "graphs": [],
        "digest": digest(" ".join(term.n3() for term in triple) for triple in graph),
    }


def digest(statements):
    return hashlib.sha256("\n".join(sorted(set(statements))).encode()).hexdigest()


def property_graph(nodes, edges, placed=None):
    """Nodes as (id, label, kind, value); edges as (from id, label, to id)."""
    label = {node[0]: node[1] for node in nodes}
    assert len(label) == len(nodes), "identities are not unique"
    view = {
        "nodes": [[name, kind, float(value) if value not in (None, "") else None] for _, name, kind, value in nodes],
        "edges": [[label[start], name, label[end]] for start, name, end in edges],
    }
    return view if placed is None else {**view, "placed": placed}


def networkx_view(graph):
    nodes = [(key, data["label"], data["kind"], data.get("value")) for key, data in graph.nodes(data=True)]
    edges = [(start, data["label"], end) for start, end, data in graph.edges(data=True)]
    placed = all("position" in data.get("viz", {}) for _, data in graph.nodes(data=True))
    return property_graph(nodes, edges, placed)


def analysis_view(path):
    import networkx

    graph = networkx.MultiDiGraph(networkx.read_graphml(str(path)))
    # The plain public one needs SciPy.
    rank = networkx.algorithms.link_analysis.pagerank_alg._pagerank_python(
        graph, weight=None, tol=1e-12, max_iter=500
    )
    plain = networkx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((start, end) for start, end, *_ in graph.edges)
    return {
        "pagerank": rank,
        "degree": dict(graph.degree()),
        "components": sorted((len(part) for part in networkx.connected_components(plain)), reverse=True),
        "louvain": networkx.community.modularity(
            networkx.MultiGraph(graph), networkx.community.louvain_communities(networkx.MultiGraph(graph), seed=1)
        ),
    }


def dot_view(path):
    run = subprocess.run(["dot", "-Tdot_json", str(path)], capture_output=True, check=True)
    graph = json.loads(run.stdout)
    ids = {node["_gvid"]: node["name"] for node in graph["objects"]}
    nodes = [(node["name"], node["label"], node["kind"], None) for node in graph["objects"]]
    edges = [(ids[edge["tail"]], edge["label"], ids[edge["head"]]) for edge in graph.get("edges", [])]
    return property_graph(nodes, edges)


def svg_view(path):
    root = xml.etree.ElementTree.parse(path).getroot()
    space = "{http://www.w3.org/2000/svg}"
    groups = {group.get("id"): group for group in root.iter(space + "g") if group.get("id")}
    nodes = [[group.find(space + "title").text, group.get("class"), None] for group in groups["nodes"]]
    lines = groups["edges"].findall(space + "line")
    return {"nodes": nodes, "edges": [[line.find(space + "title").text, line.get("class"), ""] for line in lines]}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def neo4j_view(folder):
    """The rules of neo4j-admin database import: typed headers, unique identities, ends that exist, one line a value."""
    nodes, edges = rows(folder / "nodes.csv"), rows(folder / "relationships.csv")
    column = re.compile(r"[a-z]*:(ID|LABEL|START_ID|END_ID|TYPE|string|string\[\]|double|long)")
    for row in nodes[:1] + edges[:1]:
        assert all(column.fullmatch(name) for name in row), row
    for row in nodes + edges:
        for name, value in row.items():
            assert "\n" not in value and "\r" not in value, value
            if value and name.endswith((":double", ":long")):
                float(value)
    ids = {row["iri:ID"] for row in nodes}
    assert all(row[":START_ID"] in ids and row[":END_ID"] in ids for row in edges), "an end is missing"
    return property_graph(
        [(row["iri:ID"], row["label:string"], row[":LABEL"], row["value:double"]) for row in nodes],
        [(row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in edges],
    )


def gephi_view(folder):
    """The rules of Gephi's spreadsheet importer: columns Id and Label; Source, Target and Type; no byte order mark."""
    nodes, edges = rows(folder / "nodes.csv"), rows(folder / "edges.csv")
    assert all(row["Type"] == "Directed" and float(row["Weight"]) > 0 for row in edges)
    return property_graph(
        [(row["Id"], row["Label"], row["kind"], row["value"]) for row in nodes],
        [(row["Source"], row["Label"], row["Target"]) for row in edges],
    )


def table_view(path):
    import pandas

    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs a byte order mark"
    table = pandas.read_csv(path, encoding="utf-8-sig", keep_default_na=False, dtype=str)
    return {"columns": list(table.columns), "rows": table.values.tolist()}


def view(form, path):
    import networkx
    import pyoxigraph

    of_oxigraph = {
        "turtle": pyoxigraph.RdfFormat.TURTLE,
        "nquads": pyoxigraph.RdfFormat.N_QUADS,
        "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
        "trig": pyoxigraph.RdfFormat.TRIG,
    }
    of_rdflib = {"turtle11": "turtle", "jsonld": "json-ld", "rdfxml": "xml"}
    others = {
        "graphml": lambda: networkx_view(networkx.read_graphml(str(path))),
        "gexf": lambda: networkx_view(networkx.read_gexf(str(path))),
        "analysis": lambda: analysis_view(path),
        "dot": lambda: dot_view(path),
        "svg": lambda: svg_view(path),
        "neo4j": lambda: neo4j_view(path),
        "gephi": lambda: gephi_view(path),
        "table": lambda: table_view(path),
    }
    if form in of_oxigraph:
        return pyoxigraph_view(path, of_oxigraph[form])
    if form in of_rdflib:
        return rdflib_view(path, of_rdflib[form])
    if form in others:
        return others[form]()
    sys.exit(f"check.py knows no format {form}")


if __name__ == "__main__":
    print(json.dumps(view(sys.argv[1], pathlib.Path(sys.argv[2])), ensure_ascii=False))
