"""Gold documents as labelled sentences: normalised text, outer labels, inner labels, and the spans that scoring needs."""
import json, pathlib, re, unicodedata

import opencc

KINDS = ["Enterprise", "Organization", "Park", "Project", "Policy", "Industry", "Place"]
INNER_KINDS = ["Enterprise", "Organization", "Park", "Industry", "Place"]
# The order of labels is part of the weights format: O, then B, I, E, S of each kind.
OUTER_LABELS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BIES"]
INNER_LABELS = ["O"] + [f"{p}-{k}" for k in INNER_KINDS for p in "BIES"]
TERMINAL = set("。!?;:”)》】!?")
MAX_SENTENCE = 200

_t2s = opencc.OpenCC("t2s")
_cache = {}


def normal_char(c):
    """One character to one character: half width, Simplified."""
    if c not in _cache:
        n = unicodedata.normalize("NFKC", c)
        n = n if len(n) == 1 else c
        s = _t2s.convert(n)
        _cache[c] = s if len(s) == 1 else n
    return _cache[c]


def normalise(text):
    """Normalised characters, runs of white space as one blank, torn lines joined; and the set of sentence starts."""
    lines = text.replace("\r", "").split("\n")
    out, starts = [], {0}
    for i, line in enumerate(lines):
        line = re.sub(r"\s+", " ", "".join(normal_char(c) for c in line.replace("*", "").replace("#", ""))).strip()
        if not line:
            continue
        if out and (out[-1] in TERMINAL or broken(previous)):
            starts.add(len(out))
        out.extend(line)
        previous = line
    for i in range(len(out) - 1):
        if out[i] in "。!?" and out[i + 1] not in "”)》":
            starts.add(i + 1)
        if out[i] == "”" and i and out[i - 1] in "。!?":
            starts.add(i + 1)
    return "".join(out), starts


def broken(line):
    """Whether a line without closing punctuation still ends its paragraph: headings are short."""
    return len(line) < 60 and "。" not in line and "," not in line


class Sentence:
    """Characters with the spans (start, end, kinds, optional) of the outer and the inner layer."""

    def __init__(self, doc, text, outer, inner):
        self.doc, self.text, self.outer, self.inner = doc, text, outer, inner


def locate(text, entities):
    """Every name of every entity, longest first, without overlap; then the names inside them."""
    names = {}
    for n, e in enumerate(entities):
        for name in e["names"]:
            name = re.sub(r"\s+", "", "".join(normal_char(c) for c in name)).replace("*", "").strip("“”\"《》")
            if name:
                names.setdefault(name, []).append(n)
    order = sorted(names, key=lambda n: (-len(n), n))
    squeezed = [i for i, c in enumerate(text) if c != " "]
    flat = "".join(text[i] for i in squeezed)
    taken, inner_taken, outer, inner = [False] * len(flat), [False] * len(flat), [], []
    cover = [None] * len(flat)
    for name in order:
        first = sorted(names[name], key=lambda n: bool(entities[n].get("optional")))
        kinds = [entities[first[0]]["type"]] + entities[first[0]].get("also", []) + [entities[n]["type"] for n in first[1:]]
        optional = all(entities[n].get("optional") for n in first)
        at = flat.find(name)
        while at >= 0:
            end = at + len(name)
            span = (squeezed[at], squeezed[end - 1] + 1, kinds, optional)
            if not any(taken[at:end]):
                taken[at:end] = [True] * len(name)
                cover[at:end] = [(at, end)] * len(name)
                outer.append(span)
            elif cover[at] and cover[at] == cover[end - 1] and cover[at] != (at, end) and kinds[0] in INNER_KINDS and not any(inner_taken[at:end]):
                inner_taken[at:end] = [True] * len(name)
                inner.append(span)
            at = flat.find(name, at + 1)
    return outer, inner


def read(path):
    """The sentences of one gold document."""
    gold = json.loads(path.read_text("utf-8"))
    text, starts = normalise(path.with_suffix(".txt").read_text("utf-8"))
    outer, inner = locate(text, gold["entities"])
    inside = {i for a, b, *_ in outer for i in range(a + 1, b)}
    cuts = sorted(s for s in starts if s not in inside) + [len(text)]
    out = []
    for a, b in zip(cuts, cuts[1:]):
        pick = lambda spans: [(s - a, e - a, k, o) for s, e, k, o in spans if a <= s and e <= b]
        if b > a:
            out.extend(split_long(Sentence(path.stem, text[a:b], pick(outer), pick(inner))))
    return out


def split_long(sentence):
    """Cut an overlong sentence at its last comma-like mark before the limit that no name spans."""
    out = []
    while len(sentence.text) > MAX_SENTENCE:
        inside = {i for a, b, *_ in sentence.outer for i in range(a + 1, b)}
        marks = [i + 1 for i in range(MAX_SENTENCE // 2, MAX_SENTENCE) if sentence.text[i] in ";,、: " and i + 1 not in inside]
        cut = marks[-1] if marks else next(i for i in range(MAX_SENTENCE, 2 * MAX_SENTENCE) if i not in inside)
        left = lambda spans: [s for s in spans if s[1] <= cut]
        right = lambda spans: [(a - cut, b - cut, k, o) for a, b, k, o in spans if a >= cut]
        out.append(Sentence(sentence.doc, sentence.text[:cut], left(sentence.outer), left(sentence.inner)))
        sentence = Sentence(sentence.doc, sentence.text[cut:], right(sentence.outer), right(sentence.inner))
        if not sentence.text:
            return out
    return out + [sentence]


def gold(folder, keep=lambda stem: True):
    """Documents of a folder: a list of (name, sentences)."""
    return [(p.stem, read(p)) for p in sorted(pathlib.Path(folder).glob("*.json")) if keep(p.stem)]


def labels(length, spans, names):
    """Label numbers of one layer, and per character whether it lies in an optional span."""
    index = {n: i for i, n in enumerate(names)}
    y, soft = [0] * length, [False] * length
    for a, b, kinds, optional in spans:
        k = kinds[0]
        tags = ["S"] if b - a == 1 else ["B"] + ["I"] * (b - a - 2) + ["E"]
        for i, t in zip(range(a, b), tags):
            y[i], soft[i] = index[f"{t}-{k}"], optional
    return y, soft


def spans_of(y, names):
    """Spans (start, end, kind) of a label sequence; broken pieces are dropped."""
    out, start, kind = [], None, None
    for i, n in enumerate(y):
        tag, _, k = names[n].partition("-")
        if tag == "S":
            out.append((i, i + 1, k)); start = None
        elif tag == "B":
            start, kind = i, k
        elif tag == "E" and start is not None and k == kind:
            out.append((start, i + 1, k)); start = None
        elif tag == "O" or k != kind:
            start = None
    return out
