"""Runs pySHACL over a graph in Turtle and prints what it finds as JSON: node and condition of each finding.

    shacl.py SHAPES GRAPH
"""
import json
import sys

import pyshacl
import rdflib

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

shapes, data = (rdflib.Graph().parse(path, format="turtle") for path in sys.argv[1:3])
_, report, _ = pyshacl.validate(data, shacl_graph=shapes)
found = {
    (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceConstraintComponent)).split("#")[1])
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
}
print(json.dumps(sorted(found)))
