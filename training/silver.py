"""Unlabelled news as training text: which sentences, and what the teachers say of them."""
import gzip, json, random, re

import numpy as np
import torch
from torch.nn.utils.rnn import pad_sequence

import corpus, network, train

CUES = re.compile("项目|园区|产业|开发区|高新区|经开区|新区|招商|签约|投资|落户|开工|示范区")


def sentences(path, characters):
    """Sentences of the articles that speak most densely of zones and investment, up to that many characters, shuffled."""
    rows = []
    for line in gzip.open(path, "rt", encoding="utf-8"):
        article = json.loads(line)
        text = article["title"] + "\n" + article["text"]
        cues = len(CUES.findall(text))
        if cues >= 4:
            rows.append((cues / (len(text) + 300), text))
    rows.sort(key=lambda r: -r[0])
    out, seen, total = [], set(), 0
    for _, text in rows:
        text, starts = corpus.normalise(text)
        cuts = sorted(starts) + [len(text)]
        for a, b in zip(cuts, cuts[1:]):
            sentence = text[a:b]
            if b - a >= 8 and sentence not in seen and sentence.isprintable():
                seen.add(sentence)
                out.extend(sentence[k:k + corpus.MAX_SENTENCE] for k in range(0, b - a, corpus.MAX_SENTENCE))
                total += b - a
        if total > characters:
            break
    random.Random(1).shuffle(out)
    return out


@torch.no_grad()
def label(texts, bits, index, teachers, lac):
    """Items with the teachers' best labels, their marginals in half precision, and LAC's own tags."""
    blank = lambda n, kind: torch.zeros(n, dtype=kind)
    items = [(torch.tensor([index.get(c, 0) for c in t]), torch.from_numpy(b.copy()), blank(len(t), torch.long), blank(len(t), torch.long),
              blank(len(t), torch.bool), i) for i, (t, b) in enumerate(zip(texts, bits))]
    plain = network.Teacher(lac, items[0][1].shape[1], use_bits=False).eval()
    weight, bias = lac["tags"]
    outer, inner = train.mean_crf([m.outer_crf for m in teachers]), train.mean_crf([m.inner_crf for m in teachers])
    for m in teachers:
        m.eval()
    out = [None] * len(items)
    for b in train.batches(items, 64):
        es, fs = zip(*[m.emissions(b)[:2] for m in teachers])
        e, f = sum(es) / len(es), sum(fs) / len(fs)
        q, r = outer.marginals(e, b.lengths), inner.marginals(f, b.lengths)
        y, z = outer.best(e, b.lengths), inner.best(f, b.lengths)
        tags = (plain.encode(b) @ weight + bias).argmax(-1)
        for k, (i, n) in enumerate(zip(b.sentences, b.lengths.tolist())):
            out[i] = (*items[i][:2], y[k, :n].clone(), z[k, :n].clone(), items[i][4], i, (q[k, :n].half(), r[k, :n].half(), tags[k, :n].clone()))
    return out


def loss(model, b, _optional):
    """The chain's loss against the teachers' marginals (neighbours: their best path), and LAC's tags as a further task."""
    e, f, h = model.emissions(b)
    q, r, tags = (pad_sequence([x[i] for x in b.silver], batch_first=True) for i in range(3))
    live = torch.arange(e.shape[1])[None] < b.lengths[:, None]
    outer = model.outer_crf.log_sum(e, b.lengths) - model.outer_crf.path(e, b.lengths, b.outer, q.float())
    inner = model.inner_crf.log_sum(f, b.lengths) - model.inner_crf.path(f, b.lengths, b.inner, r.float())
    task = torch.nn.functional.cross_entropy(model.tags(h)[live], tags[live], reduction="sum")
    return (outer.sum() + 0.5 * inner.sum() + 0.1 * task) / len(b.lengths)


def unpack(raw, lengths, count):
    """Rows of 0/1 bits for each sentence from eight bytes a character."""
    dense = np.unpackbits(np.frombuffer(raw, dtype=np.uint8).reshape(-1, 8), axis=1, bitorder="little")[:, :count]
    assert len(dense) == sum(lengths), "the bits command must give eight bytes for every character"
    return np.split(dense, np.cumsum(lengths)[:-1])
