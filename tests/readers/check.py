"""Opens exports in other programs' readers and prints what they saw, as one JSON object.

    check.py FORMAT FILE

FORMAT is turtle, nquads, ntriples, trig (pyoxigraph, RDF 1.2), turtle11, jsonld, rdfxml (rdflib, RDF 1.1)
or graphml (networkx).
"""
import json
import pathlib
import sys

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
    }


def networkx_view(path):
    import networkx

    graph = networkx.read_graphml(str(path))
    return {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "labels": sorted({data["label"] for _, data in graph.nodes(data=True)}),
        "kinds": sorted({data["kind"] for _, data in graph.nodes(data=True)}),
        "relations": sorted({data["label"] for *_, data in graph.edges(data=True)}),
        "values": sorted(data["value"] for _, data in graph.nodes(data=True) if "value" in data),
    }


def view(form, path):
    import pyoxigraph

    of_oxigraph = {
        "turtle": pyoxigraph.RdfFormat.TURTLE,
        "nquads": pyoxigraph.RdfFormat.N_QUADS,
        "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
        "trig": pyoxigraph.RdfFormat.TRIG,
    }
    of_rdflib = {"turtle11": "turtle", "jsonld": "json-ld", "rdfxml": "xml"}
    if form in of_oxigraph:
        return pyoxigraph_view(path, of_oxigraph[form])
    if form in of_rdflib:
        return rdflib_view(path, of_rdflib[form])
    if form == "graphml":
        return networkx_view(path)
    sys.exit(f"check.py knows no format {form}")


if __name__ == "__main__":
    print(json.dumps(view(sys.argv[1], pathlib.Path(sys.argv[2])), ensure_ascii=False))
