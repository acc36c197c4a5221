#!/usr/bin/env python3
"""Requests at a steady rate against a running `parkgraph serve`, as many users make them: no two need be the same.

    parkgraph serve -l zone.graph &
    python3 tools/load.py [--port 7878] [--rate 200] [--seconds 60] [--pid PID]

Names, projects, series and questions are drawn from the store itself, so that hundreds of things are asked for. It is an
open loop: requests begin when they are due, whether earlier ones were answered or not, and waiting counts as time. The
exit status is 1 when any request failed. Nothing beyond Python's own library is needed.
"""

import argparse
import collections
import http.client
import json
import random
import sys
import threading
import time
import urllib.parse

PREFIXES = (
    "PREFIX pg: <https://w3id.org/parkgraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
WORDS = ["公司", "项目", "园", "高新区", "产业", "科技", "集团", "智能", "中心", "基地", "市", "政策"]
QUESTIONS = ["{}在哪里", "{}总投资多少", "{}有哪些项目", "{}属于什么产业", "谁投资了{}", "哪些项目与{}相关"]
STAGES = ["planned", "signed", "started", "underConstruction", "completed", "operating"]


def quoted(text):
    return urllib.parse.quote(text, safe="")


class Client:
    """A connection that is kept, and made again when it breaks."""

    def __init__(self, port):
        self.port, self.connection = port, None

    def get(self, path):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.connection.request("GET", path)
            response = self.connection.getresponse()
            return response.status, response.read()
        except Exception:
            self.connection = None
            raise


def things(client):
    """Identities and names of several hundred things of the store."""
    found = {}
    for word in WORDS:
        _, body = client.get("/api/v1/search?limit=100&q=" + quoted(word))
        for hit in json.loads(body)["results"]:
            found[hit["id"]] = hit["label"]
    return sorted(found.items())


def paths(known, count, seed):
    """The requests: searches, things, the ledger, queries, questions, pictures."""
    draw = random.Random(seed)
    for _ in range(count):
        identity, label = draw.choice(known)
        entity = "/".join(quoted(part) for part in identity.split("/"))
        dice = draw.random()
        if dice < 0.30:
            start = draw.randrange(max(len(label) - 1, 1))
            yield "search", "/api/v1/search?q=" + quoted(label[start : start + draw.randint(2, 4)])
        elif dice < 0.60:
            yield "entity", "/api/v1/entity/" + entity
        elif dice < 0.70:
            stage, offset = draw.choice(STAGES), draw.randrange(0, 500, 20)
            yield "projects", f"/api/v1/projects?limit=20&stage={stage}&offset={offset}"
        elif dice < 0.78:
            iri = "https://w3id.org/parkgraph/id/" + identity
            query = f"SELECT ?p ?o {{ <{iri}> ?p ?o }} LIMIT 50"
            yield "query", "/query?query=" + quoted(PREFIXES + query)
        elif dice < 0.85:
            yield "ask", "/api/v1/ask?q=" + quoted(draw.choice(QUESTIONS).format(label))
        elif dice < 0.90:
            yield "graph", f"/api/v1/graph?limit=100&hops=1&focus={quoted(identity)}"
        elif dice < 0.95:
            yield "series", "/api/v1/series?limit=20&q=" + quoted(label[:2])
        else:
            yield "page", draw.choice(["/", "/health", "/api/v1/stats", "/api/v1/graph?limit=300"])


def memory(pid):
    """The most memory that the server had, in megabytes; Linux only."""
    if pid is None:
        return None
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        lines = [line for line in status if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) // 1024


def run(port, rate, seconds, seed):
    known = things(Client(port))
    todo = iter([(at / rate, *path) for at, path in enumerate(paths(known, rate * seconds, seed))])
    lock, done, begin = threading.Lock(), [], time.time() + 0.5

    def work():
        client = Client(port)
        while True:
            with lock:
                step = next(todo, None)
            if step is None:
                return
            due = begin + step[0]
            time.sleep(max(due - time.time(), 0))
            try:
                status, _ = client.get(step[2])
            except Exception as error:  # whatever it is, it is a failed request
                status = type(error).__name__
            done.append((status, time.time() - due, step[1], step[2]))

    workers = [threading.Thread(target=work) for _ in range(64)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    return known, done, time.time() - begin


def main():
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--port", type=int, default=7878)
    given.add_argument("--rate", type=int, default=200)
    given.add_argument("--seconds", type=int, default=60)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--pid", type=int, help="of the server, to tell its memory")
    given = given.parse_args()
    before = memory(given.pid)
    known, done, took = run(given.port, given.rate, given.seconds, given.seed)
    times = sorted(time for _, time, _, _ in done)
    at = lambda share: 1000 * times[min(int(len(times) * share), len(times) - 1)]
    addresses = len({path for *_, path in done})
    print(f"{len(done)} requests, {addresses} different ones, about {len(known)} things, in {took:.1f} s: {len(done) / took:.0f}/s")
    print(f"p50 {at(.5):.0f} ms, p95 {at(.95):.0f} ms, p99 {at(.99):.0f} ms, longest {at(1):.0f} ms")
    kinds = collections.defaultdict(list)
    for _, time_, kind, _ in done:
        kinds[kind].append(time_)
    for kind, own in sorted(kinds.items()):
        own.sort()
        print(f"  {kind:<9} {len(own):>6}, p50 {1000 * own[len(own) // 2]:.0f} ms, p99 {1000 * own[int(len(own) * .99)]:.0f} ms")
    if before is not None:
        print(f"memory of the server at most {before} MB before, {memory(given.pid)} MB after")
    failed = [(status, path) for status, _, _, path in done if status != 200]
    print(f"{len(failed)} failed", *[f"{status} {path[:120]}" for status, path in failed[:5]], sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
