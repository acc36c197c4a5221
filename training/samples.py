"""Sentences whose scores the Rust tests compare number for number with the fixed-point simulation."""
import pathlib
import struct

import export

TEXTS = [
    "总投资12亿元的星河智能传感器产业园项目落户白石高新技术产业开发区。",
    "青禾科技与江南大学共建的先进封装实验室昨日揭牌,市发改委印发《低空经济三年行动计划(2025-2027年)》。",
    "全区新引进人工智能、生物医药、新能源汽车等企业36家,\U00020BB7野家也在其中。",
    "A",
]


def fnv(scores):
    """FNV-1a, 64 bits, of the scores as little-endian 32-bit numbers."""
    h = 0xCBF29CE484222325
    for b in b"".join(struct.pack("<i", int(x)) for x in scores.ravel()):
        h = (h ^ b) * 0x100000001B3 % 2**64
    return h


def write(path, sizes, arrays, bits_of):
    """`text<tab>bits in hexadecimal, blank between characters<tab>hash` for each sentence."""
    simulation, lines = export.Simulation(sizes, arrays), []
    for text, bits in zip(TEXTS, bits_of(TEXTS)):
        words = " ".join(f"{sum(int(b) << k for k, b in enumerate(row)):x}" for row in bits)
        lines.append(f"{text}\t{words}\t{fnv(simulation.emissions(text, bits)):016x}")
    pathlib.Path(path).write_text("\n".join(lines) + "\n", "utf-8")
