"""The weights file: a trained student as fixed-point numbers, and the same arithmetic as the Rust code on them.

The format is described in README.md. Scales: gate inputs 1/2^10, states 1/2^12, gates 1/2^14, scores 1/2^8.
"""
import struct

import numpy as np

MAGIC, VERSION = b"PGTAGGER", 1
GATE, STATE, RECURRENT, OUTPUT, SCORE = 10, 12, 11, 10, 8


def fixed(values, bits, kind, name):
    """Rounded to units of 1/2^bits; refuses what does not fit, except that far outliers of 16-bit weights are cut."""
    x = np.round(np.asarray(values, dtype=np.float64) * 2.0**bits)
    info = np.iinfo(kind)
    cut = int(((x < info.min) | (x > info.max)).sum())
    if cut:
        print(f"{name}: {cut} of {x.size} values cut")
    return np.clip(x, info.min, info.max).astype(kind)


def quantise(state, index):
    """The arrays of the file, in its order, from a state dictionary of a one-layer student."""
    w = {k: v.detach().double().numpy() for k, v in state.items()}
    hidden = w["rnn.weight_hh_l0"].shape[1]
    embed = w["embed.weight"]
    scale = np.abs(embed).max(0) / 127 + 1e-12
    both = lambda name: np.concatenate([w[f"rnn.{name}_l0"], w[f"rnn.{name}_l0_reverse"]])
    into = both("weight_ih")
    bias = both("bias_ih").copy()
    hidden_bias = both("bias_hh").copy()
    for way in (0, 1):
        gates = slice(3 * hidden * way, 3 * hidden * way + 2 * hidden)
        bias[gates] += hidden_bias[gates]
    recurrent_bias = [hidden_bias[3 * hidden * way + 2 * hidden:3 * hidden * (way + 1)] for way in (0, 1)]
    scaled = into * scale
    shift = min(int(np.floor(np.log2(32767 / np.abs(scaled).max()))) - GATE, 14)
    chars = sorted(index, key=ord)
    out = {
        "chars": np.array([ord(c) for c in chars], dtype=np.uint32),
        "embedding": np.round(embed[[0] + [index[c] for c in chars]] / scale).astype(np.int8),
        "input": fixed(scaled, GATE + shift, np.int16, "input"),
        "input_bias": fixed(bias, GATE + shift, np.int32, "input bias"),
        "features": fixed((into @ w["bits.weight"]).T, GATE, np.int16, "features"),
        "recurrent0": fixed(w["rnn.weight_hh_l0"], RECURRENT, np.int16, "recurrent"),
        "recurrent1": fixed(w["rnn.weight_hh_l0_reverse"], RECURRENT, np.int16, "recurrent"),
        "recurrent_bias0": fixed(recurrent_bias[0], RECURRENT + STATE, np.int32, "recurrent bias"),
        "recurrent_bias1": fixed(recurrent_bias[1], RECURRENT + STATE, np.int32, "recurrent bias"),
        "output": fixed(np.concatenate([w["outer.weight"], w["inner.weight"]]), OUTPUT, np.int16, "output"),
        "output_bias": fixed(np.concatenate([w["outer.bias"], w["inner.bias"]]), OUTPUT + STATE, np.int32, "output bias"),
        "logistic": np.round(2**14 / (1 + np.exp(-((np.arange(4096) + 0.5) / 256 - 8)))).astype(np.int16),
        "transitions0": fixed(w["outer_crf.trans"], SCORE, np.int32, "transitions"),
        "transitions1": fixed(w["inner_crf.trans"], SCORE, np.int32, "transitions"),
        "starts0": fixed(w["outer_crf.start"], SCORE, np.int32, "starts"),
        "starts1": fixed(w["inner_crf.start"], SCORE, np.int32, "starts"),
    }
    for way in (0, 1):
        widest = np.abs(out[f"recurrent{way}"].astype(np.int64)).sum(1).max() * 2**STATE
        assert widest < 2**31, "recurrent sums would not fit 32 bits"
    assert np.abs(out["output"].astype(np.int64)).sum(1).max() * 2**STATE < 2**31, "output sums would not fit 32 bits"
    sizes = [len(chars), embed.shape[1], hidden, w["bits.weight"].shape[1], len(w["outer.bias"]), len(w["inner.bias"]), shift]
    return sizes, out


def write(path, sizes, arrays):
    with open(path, "wb") as f:
        f.write(MAGIC + struct.pack("<8I", VERSION, *sizes))
        for a in arrays.values():
            f.write(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes())


class Simulation:
    """The Rust arithmetic in whole numbers: floor shifts, saturating sums of feature rows, the logistic table."""

    def __init__(self, sizes, arrays):
        (_, self.width, self.hidden, self.bits, self.outer, self.inner, shift), a = sizes, arrays
        self.a, wide = a, lambda n: a[n].astype(np.int64)
        rows = (wide("embedding") @ wide("input").T + wide("input_bias")) >> shift
        self.table = np.clip(rows, -32768, 32767)
        self.index = {chr(c): i + 1 for i, c in enumerate(a["chars"])}

    def logistic(self, x):
        return self.a["logistic"].astype(np.int64)[(np.clip(x, -8192, 8191) + 8192) >> 2]

    def tanh(self, x):
        return (self.logistic(2 * x) >> 1) - 4096

    def direction(self, way, x):
        h, n = np.zeros(self.hidden, dtype=np.int64), self.hidden
        r, b = self.a[f"recurrent{way}"].astype(np.int64), self.a[f"recurrent_bias{way}"].astype(np.int64)
        out = np.zeros((len(x), n), dtype=np.int64)
        for t in (range(len(x)) if way == 0 else reversed(range(len(x)))):
            s = r @ h
            own = x[t, 3 * n * way:3 * n * (way + 1)]
            reset = self.logistic(own[:n] + (s[:n] >> 13))
            update = self.logistic(own[n:2 * n] + (s[n:2 * n] >> 13))
            recalled = np.clip((s[2 * n:] + b) >> 13, -32768, 32767)
            new = self.tanh(own[2 * n:] + ((recalled * reset) >> 14))
            h = new + ((update * (h - new)) >> 14)
            out[t] = h
        return out

    def emissions(self, text, bits):
        """Scores (characters, labels) for text and its rows of 0/1 bits."""
        x = self.table[[self.index.get(c, 0) for c in text]].copy()
        features = self.a["features"].astype(np.int64)
        for t, row in enumerate(bits):
            for k in np.flatnonzero(row):
                x[t] = np.clip(x[t] + features[k], -32768, 32767)
        h = np.concatenate([self.direction(0, x), self.direction(1, x)], 1)
        return (h @ self.a["output"].astype(np.int64).T + self.a["output_bias"]) >> 14
