#!/usr/bin/env python3
"""Writes ontology/questions/common.txt from the dictionary of the crate jieba-rs (MIT licence).

    tools/common_words.py DICTIONARY > ontology/questions/common.txt

DICTIONARY is `src/data/dict.txt` of the crate: a word, its frequency and its part of speech on each line. Words that name
nothing (verbs, adverbs, pronouns, particles, numbers, measures, times) are kept as they are; names that hold one of them
are kept with `=` before them, so that 生产 in 生产线 is not taken for the verb.
"""
import sys

LIGHT = set("ad c d df dg e f h k m mq o p q r rg rr rz t tg u uj ul uv uz v vd vg vi y".split())


def rows(path):
    for line in open(path, encoding="utf-8"):
        word, frequency, tag = line.split()
        if all("\u4e00" <= c <= "\u9fff" for c in word):
            yield word, int(frequency), tag


def main():
    words = list(rows(sys.argv[1]))
    light = {w for w, n, t in words if t in LIGHT and 2 <= len(w) <= 3 and n >= 100}
    parts = lambda w: (w[i:j] for i in range(len(w)) for j in range(i + 2, len(w) + 1))
    names = {w for w, n, t in words if t not in LIGHT and 3 <= len(w) <= 5 and n >= 20 and any(p in light for p in parts(w))}
    print("# Words by whether they name something, from the dictionary of jieba-rs (MIT licence; tools/common_words.py).")
    print("\n".join(sorted(light | {"=" + w for w in names})))


main()
