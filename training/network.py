"""The teacher, the students, and the linear-chain CRF on top of them."""
import math, torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import kernels
from corpus import INNER_LABELS, OUTER_LABELS


def follows(a, b):
    """Whether label b may stand right after label a in BIOES."""
    (pa, _, ka), (pb, _, kb) = a.partition("-"), b.partition("-")
    return ka == kb and pb in "IE" if pa in "BI" else pb in "OBS"


class Crf(nn.Module):
    """Linear chain over one label set."""

    def __init__(self, names):
        super().__init__()
        n = len(names)
        self.trans, self.start = nn.Parameter(torch.zeros(n, n)), nn.Parameter(torch.zeros(n))
        self.register_buffer("allowed", torch.tensor([[follows(a, b) for b in names] for a in names]))
        self.register_buffer("first", torch.tensor([a[0] in "OBS" for a in names]))
        self.register_buffer("last", torch.tensor([a[0] in "OES" for a in names]))

    def log_sum(self, e, lengths, mask=None):
        """log of the summed weights of the paths, per sentence; mask (B,T,L) limits the labels."""
        return kernels.log_sum(e, self.trans, self.start, self.allowed, self.first, self.last, lengths, mask)

    def path(self, e, lengths, y, q=None):
        """Score of the path y; with q (B,T,L) the emissions count by those weights instead of y's."""
        live = (torch.arange(e.shape[1])[None] < lengths[:, None]).float()
        own = (e * q).sum(-1) if q is not None else e.gather(-1, y[..., None])[..., 0]
        return (own * live).sum(-1) + self.start[y[:, 0]] + (self.trans[y[:, :-1], y[:, 1:]] * live[:, 1:]).sum(-1)

    @torch.no_grad()
    def best(self, e, lengths):
        """Viterbi label numbers per sentence."""
        tr = self.trans.masked_fill(~self.allowed, -1e4)
        a, back = e[:, 0] + self.start.masked_fill(~self.first, -1e4), []
        for t in range(1, e.shape[1]):
            m, k = (a[:, :, None] + tr[None]).max(1)
            live = (t < lengths)[:, None]
            back.append(torch.where(live, k, torch.arange(e.shape[2])[None]))
            a = torch.where(live, m + e[:, t], a)
        y = (a + torch.zeros_like(a).masked_fill(~self.last, -1e4)).argmax(-1)
        out = [y]
        for k in reversed(back):
            y = k.gather(1, y[:, None])[:, 0]
            out.append(y)
        return torch.stack(out[::-1], 1)

    def marginals(self, e, lengths):
        """Posterior label probabilities: the gradient of the log sum."""
        with torch.enable_grad():
            e = e.detach().requires_grad_()
            return torch.autograd.grad(self.log_sum(e, lengths).sum(), e)[0]


class Tagger(nn.Module):
    """What teacher and students share: heads, and the loss."""

    def __init__(self, width):
        super().__init__()
        self.outer, self.inner = nn.Linear(width, len(OUTER_LABELS)), nn.Linear(width, len(INNER_LABELS))
        self.outer_crf, self.inner_crf = Crf(OUTER_LABELS), Crf(INNER_LABELS)

    def emissions(self, batch):
        h = self.encode(batch)
        return self.outer(h), self.inner(h), h


def masked(batch_bits, p, training):
    """Random loss of single feature bits."""
    return batch_bits * (torch.rand_like(batch_bits) > p) if training and p else batch_bits


class Teacher(Tagger):
    """LAC's embedding and two bidirectional GRUs, with lexicon bits as further inputs."""

    def __init__(self, lac, bits, use_bits=True, dropout=0.3):
        super().__init__(256)
        self.use_bits, extra = use_bits, 64 if use_bits else 0
        self.embed = nn.Embedding.from_pretrained(lac["embed"].clone(), freeze=False)
        self.bits = nn.Linear(bits, 64)
        self.one = nn.GRU(128 + extra, 128, bidirectional=True, batch_first=True)
        self.two = nn.GRU(256, 128, bidirectional=True, batch_first=True)
        self.drop = nn.Dropout(dropout)
        lac["load"](self.one, 0, 128)
        lac["load"](self.two, 1, 256)

    def encode(self, batch):
        x = self.drop(self.embed(batch.chars))
        if self.use_bits:
            x = torch.cat([x, torch.tanh(self.bits(masked(batch.bits, 0.1, self.training)))], -1)
        x = pack_padded_sequence(x, batch.lengths, batch_first=True, enforce_sorted=False)
        x = pad_packed_sequence(self.one(x)[0], batch_first=True, total_length=batch.chars.shape[1])[0]
        x = pack_padded_sequence(self.drop(x), batch.lengths, batch_first=True, enforce_sorted=False)
        return self.drop(pad_packed_sequence(self.two(x)[0], batch_first=True, total_length=batch.chars.shape[1])[0])


def scan(f, x):
    """h[t] = f[t]*h[t-1] + x[t] along axis 1, by doubling."""
    step = 1
    while step < x.shape[1]:
        x = torch.cat([x[:, :step], x[:, step:] + f[:, step:] * x[:, :-step]], 1)
        f = torch.cat([f[:, :step], f[:, step:] * f[:, :-step]], 1)
        step *= 2
    return x


class Sru(nn.Module):
    """One bidirectional layer: h = f*h + (1-f)*z, output o*h with gates from the input alone."""

    def __init__(self, width_in, width):
        super().__init__()
        self.width, self.lin = width, nn.Linear(width_in, 6 * width)

    def forward(self, x, live):
        z, f, o = self.lin(x).chunk(3, -1)
        z, f, o = torch.tanh(z), torch.sigmoid(f + 1) , torch.sigmoid(o)
        f = f * live + (1 - live)
        v = (1 - f) * z
        n = self.width
        h = torch.cat([scan(f[..., :n], v[..., :n]), scan(f[..., n:].flip(1), v[..., n:].flip(1)).flip(1)], -1)
        return o * h


class Student(Tagger):
    """A small network. kind: gru, gru2, sru2, sru3, conv."""

    def __init__(self, lac, bits, kind="gru", width=64, use_bits=True, dropout=0.1):
        super().__init__(2 * width)
        self.kind, self.use_bits, self.width = kind, use_bits, width
        self.embed = nn.Embedding.from_pretrained(lac["embed"].clone(), freeze=False)
        self.drop, n = nn.Dropout(dropout), 2 * width
        self.bits = nn.Linear(bits, 128, bias=False)
        if kind == "gru":
            self.rnn = nn.GRU(128, width, bidirectional=True, batch_first=True)
            self.macs = 2 * 3 * width * width
        elif kind == "gru2":
            self.rnn = nn.GRU(128, width, bidirectional=True, batch_first=True, num_layers=2, dropout=dropout)
            self.macs = 4 * 3 * width * width + 6 * width * n
        elif kind.startswith("sru"):
            self.layers = nn.ModuleList([Sru(128 if i == 0 else n, width) for i in range(int(kind[3:]))])
            self.macs = (len(self.layers) - 1) * n * 6 * width
        elif kind == "conv":
            self.first = nn.Conv1d(128, n, 3, padding=1)
            self.layers = nn.ModuleList([nn.Conv1d(n, n, 3, padding=d, dilation=d) for d in (1, 2, 4)])
            self.macs = 3 * 3 * n * n
        elif kind == "sep":
            self.first = nn.Conv1d(128, n, 3, padding=1)
            self.deep = nn.ModuleList([nn.Conv1d(n, n, 5, padding=2 * d, dilation=d, groups=n) for d in (1, 2, 4, 8)])
            self.layers = nn.ModuleList([nn.Conv1d(n, n, 1) for _ in range(4)])
            self.macs = 4 * (n * n + 5 * n)
        self.macs += n * (len(OUTER_LABELS) + len(INNER_LABELS))

    def encode(self, batch):
        x = self.embed(batch.chars)
        if self.use_bits:
            x = x + self.bits(masked(batch.bits, 0.1, self.training))
        x = self.drop(x)
        live = (torch.arange(x.shape[1])[None] < batch.lengths[:, None]).float()[..., None]
        if self.kind == "gru":
            x = kernels.bidirectional(self.rnn, x, batch.lengths)
        elif self.kind == "gru2":
            p = pack_padded_sequence(x, batch.lengths, batch_first=True, enforce_sorted=False)
            x = pad_packed_sequence(self.rnn(p)[0], batch_first=True, total_length=x.shape[1])[0]
        elif self.kind.startswith("sru"):
            for i, layer in enumerate(self.layers):
                y = layer(x, live)
                x = self.drop(y if i == 0 else x + y)
        elif self.kind == "conv":
            x = torch.relu(self.first((x * live).transpose(1, 2)))
            for layer in self.layers:
                x = x + torch.relu(layer(self.drop(x) * live.transpose(1, 2)))
            x = x.transpose(1, 2)
        else:
            x = torch.relu(self.first((x * live).transpose(1, 2)))
            for d, layer in zip(self.deep, self.layers):
                x = x + torch.relu(layer(d(self.drop(x) * live.transpose(1, 2))))
            x = x.transpose(1, 2)
        return self.drop(x)
