"""Batches, training loops and mention-level scores."""
import collections, copy, random

import torch

from corpus import INNER_LABELS, KINDS, OUTER_LABELS, labels, spans_of

Batch = collections.namedtuple("Batch", "chars bits lengths outer inner soft sentences silver")


def encode(sentences, index):
    """Sentences as numbers: characters, outer and inner labels, what is optional, and the sentence."""
    for s in sentences:
        y, soft = labels(len(s.text), s.outer, OUTER_LABELS)
        z, _ = labels(len(s.text), s.inner, INNER_LABELS)
        yield torch.tensor([index.get(c, 0) for c in s.text]), torch.tensor(y), torch.tensor(z), torch.tensor(soft), s


def batches(items, size, shuffle=None):
    """Batches of similar length; in random order when a generator is given."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + (shuffle.random() * 8 if shuffle else 0))
    groups, group, longest = [], [], 0
    for i in order:
        group.append(i)
        if len(group) == size:
            groups.append(group); group = []
    if group:
        groups.append(group)
    if shuffle:
        shuffle.shuffle(groups)
    pad = lambda xs: torch.nn.utils.rnn.pad_sequence(xs, batch_first=True)
    for g in groups:
        it = [items[i] for i in g]
        yield Batch(pad([x[0] for x in it]), pad([x[1] for x in it]).float(), torch.tensor([len(x[0]) for x in it]),
                    pad([x[2] for x in it]), pad([x[3] for x in it]), pad([x[4] for x in it]), [x[5] for x in it], [x[6] if len(x) > 6 else None for x in it])


def gold_loss(model, b, optional):
    """CRF loss of both layers. optional: positive (as labelled), half (half weight) or free (O or the label)."""
    e, f, _ = model.emissions(b)
    crf = model.outer_crf
    z = crf.log_sum(e, b.lengths)
    if optional == "positive":
        gold = crf.path(e, b.lengths, b.outer)
    else:
        mask = torch.nn.functional.one_hot(b.outer, e.shape[-1]).float()
        free = mask.clone()
        free[..., 0] = torch.maximum(free[..., 0], b.soft.float())
        gold = crf.log_sum(e, b.lengths, free)
        if optional == "half":
            gold = 0.5 * gold + 0.5 * crf.path(e, b.lengths, b.outer)
    inner = model.inner_crf.log_sum(f, b.lengths) - model.inner_crf.path(f, b.lengths, b.inner)
    return ((z - gold).sum() + 0.5 * inner.sum()) / len(b.lengths)


def drop_chars(b, p):
    """Some characters become unknown, so that context and bits must speak."""
    keep = torch.rand(b.chars.shape) > p
    return b._replace(chars=b.chars * keep)


def train(model, rounds, rate, seed, optional="free", size=32, slow=(), slow_rate=0.3, log=None, loss=gold_loss, decay=1e-4):
    """AdamW with warm-up and linear decay to nothing; `rounds` holds the items of each epoch."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    is_slow = lambda n: any(n.startswith(s) for s in slow)
    opt = torch.optim.AdamW([{"params": [p for n, p in model.named_parameters() if not is_slow(n)], "lr": rate},
                             {"params": [p for n, p in model.named_parameters() if is_slow(n)], "lr": rate * slow_rate}], weight_decay=decay)
    total = sum((len(items) + size - 1) // size for items in rounds)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / (0.1 * total), max(0.0, 1 - s / total) + 0.01, 1))
    for epoch, items in enumerate(rounds):
        model.train()
        summed = 0.0
        for b in batches(items, size, rng):
            opt.zero_grad()
            l = loss(model, drop_chars(b, 0.05), optional)
            l.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step(); plan.step()
            summed += l.item()
        if log:
            log(epoch, summed)
    return model


@torch.no_grad()
def predict(models, items, size=64):
    """Outer and inner spans per sentence, from summed emissions and averaged transitions."""
    for m in models:
        m.eval()
    out = {}
    for b in batches(items, size):
        es, fs = zip(*[m.emissions(b)[:2] for m in models])
        e, f = sum(es) / len(es), sum(fs) / len(fs)
        y, z = mean_crf([m.outer_crf for m in models]).best(e, b.lengths), mean_crf([m.inner_crf for m in models]).best(f, b.lengths)
        for s, n, yy, zz in zip(b.sentences, b.lengths, y, z):
            out[id(s)] = spans_of(yy[:n].tolist(), OUTER_LABELS), spans_of(zz[:n].tolist(), INNER_LABELS)
    return [out[id(x[5])] for x in items]


def mean_crf(crfs):
    """One chain with the mean of the parameters."""
    if len(crfs) == 1:
        return crfs[0]
    one = copy.deepcopy(crfs[0])
    with torch.no_grad():
        one.trans.copy_(sum(c.trans for c in crfs) / len(crfs)); one.start.copy_(sum(c.start for c in crfs) / len(crfs))
    return one


class Score:
    """Counts of true, given and found names per kind; optional names count neither way."""

    def __init__(self):
        self.tp, self.sys, self.gold = collections.Counter(), collections.Counter(), collections.Counter()
        self.docs = collections.defaultdict(lambda: (set(), set(), set()))
        self.inner = [0, 0, 0]

    def add(self, sentence, outer, inner):
        gold = {(a, b): (k, o) for a, b, k, o in sentence.outer}
        for a, b, kind in outer:
            kinds, optional = gold.get((a, b), ([], False))
            if kind in kinds and optional:
                continue
            row = kinds[0] if kind in kinds else kind
            self.sys[row] += 1
            self.tp[row] += kind in kinds
        for kinds, optional in gold.values():
            self.gold[kinds[0]] += not optional
        want = {(a, b, k[0]) for a, b, k, _ in sentence.inner}
        self.inner[0] += len(want & set(inner)); self.inner[1] += len(inner); self.inner[2] += len(want)
        all_names, required, given = self.docs[sentence.doc]
        for a, b, kinds, optional in sentence.outer:
            for k in kinds:
                all_names.add((k, sentence.text[a:b]))
            if not optional:
                required.add((kinds[0], sentence.text[a:b], tuple(kinds)))
        for a, b, k in outer:
            given.add((k, sentence.text[a:b]))

    def f1(self, kind=None):
        pick = lambda c: sum(c.values()) if kind is None else c[kind]
        p, g = pick(self.sys), pick(self.gold)
        return 2 * pick(self.tp) / (p + g) if p + g else 0.0

    def names_f1(self):
        """Distinct (kind, name) pairs per document."""
        tp_g = g = tp_s = s = 0
        for all_names, required, given in self.docs.values():
            g += len(required); tp_g += sum(any((k, n) in given for k in kinds) for _, n, kinds in required)
            hard = [x for x in given if x not in all_names or any(x[1] == n and x[0] in kinds for _, n, kinds in required)]
            s += len(hard); tp_s += sum(x in all_names for x in hard)
        p, r = tp_s / max(s, 1), tp_g / max(g, 1)
        return 2 * p * r / (p + r) if p + r else 0.0

    def line(self):
        i, true = self.inner, sum(self.tp.values())
        return (f"F1 {self.f1():.3f} P {true / max(sum(self.sys.values()), 1):.3f} R {true / max(sum(self.gold.values()), 1):.3f} "
                f"names {self.names_f1():.3f} inner {2 * i[0] / max(i[1] + i[2], 1):.3f} | "
                + " ".join(f"{k[:4]} {self.f1(k):.2f}" for k in KINDS))


def score(models, items):
    s = Score()
    for x, (outer, inner) in zip(items, predict(models, items)):
        s.add(x[5], outer, inner)
    return s
