#!/usr/bin/env python3
"""How long questions take, each a process of its own, as a user at a shell asks them.

    python3 tools/ask.py PARKGRAPH STORE [--count 140]

Names are drawn from the store itself with a fixed seed. Prints how many were answered, the median and the 95th percentile of
seconds by the clock and of CPU time, and the slowest questions. Nothing beyond Python's own library is needed.
"""

import argparse
import csv
import io
import json
import random
import resource
import subprocess
import time

NAMES = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX pg: <https://w3id.org/parkgraph/ontology#> "
    "SELECT ?name { ?thing a pg:%s ; skos:prefLabel ?name } LIMIT 400"
)
QUESTIONS = [
    ("Project", "{}总投资多少"),
    ("Project", "{}在哪里"),
    ("Project", "谁投资了{}"),
    ("Project", "{}开工了吗"),
    ("Enterprise", "{}投资了哪些项目"),
    ("Enterprise", "{}属于什么产业"),
    ("Enterprise", "{}获得了哪些荣誉"),
    ("Park", "{}有哪些项目"),
    ("Park", "{}有哪些企业"),
    ("Park", "{}2023年产值是多少"),
    ("Park", "{}总投资最大的项目是哪个"),
    ("Park", "{}有多少家高新技术企业"),
    ("Industry", "哪些项目与{}相关"),
    ("Industry", "{}领域的政策有哪些"),
]


def names(program, store, kind):
    """Preferred names of things of a kind, at most 400."""
    command = [program, "query", NAMES % kind, "-l", store, "--format", "csv"]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [row[0] for row in list(csv.reader(io.StringIO(table)))[1:] if row]


def cpu():
    """Seconds of CPU that ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def asked(program, store, question):
    """Seconds by the clock, seconds of CPU, number of answers."""
    before, begin = cpu(), time.monotonic()
    out = subprocess.run([program, "ask", question, "-l", store, "--format", "json"], capture_output=True, text=True)
    seconds = time.monotonic() - begin
    return seconds, cpu() - before, len(json.loads(out.stdout)["answers"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("store")
    parser.add_argument("--count", type=int, default=140, help="number of questions (140)")
    args = parser.parse_args()
    draw = random.Random(5)
    known = {kind: names(args.program, args.store, kind) for kind in sorted({kind for kind, _ in QUESTIONS})}
    done = []
    for number in range(args.count):
        kind, text = QUESTIONS[number % len(QUESTIONS)]
        question = text.format(draw.choice(known[kind]))
        done.append((*asked(args.program, args.store, question), question))
    for what, at in (("clock", 0), ("CPU", 1)):
        sorted_ = sorted(row[at] for row in done)
        late = sorted_[min(len(sorted_) - 1, int(len(sorted_) * 0.95))]
        print(f"{what}: median {sorted_[len(sorted_) // 2]:.3f} s, 95 % within {late:.3f} s, longest {sorted_[-1]:.3f} s")
    print(f"answered: {sum(row[2] > 0 for row in done)} of {len(done)}")
    for seconds, used, answers, question in sorted(done, reverse=True)[:5]:
        print(f"{seconds:.3f} s, {used:.3f} s CPU, {answers} answers: {question}")


if __name__ == "__main__":
    main()
