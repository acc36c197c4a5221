#!/usr/bin/env python3
"""Trains the tagger and writes weights/tagger.bin. README.md tells what is needed and how long it takes.

    run.py --gold GOLD --news news.jsonl.gz --bits 'parkgraph train --bits' --out weights/tagger.bin [--folds DIR]

GOLD holds the folders train, dev and seeds. Sentences of dev from d016 on are never learned from; only totals of them are
printed. COMMAND reads normalised sentences, one a line, and writes the feature bits, eight bytes a character.
"""
import argparse, pathlib, subprocess, sys, time

import torch

import corpus, export, lac, network, samples, silver, train

BITS, WIDTH, TEACHERS = 64, 80, (1, 2)


def bits_of(command, texts):
    run = subprocess.run(command, shell=True, input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True)
    return silver.unpack(run.stdout, [len(t) for t in texts], BITS)


def items(documents, index, command):
    """Encoded sentences of documents, the documents kept apart."""
    flat = [s for _, sentences in documents for s in sentences]
    known = {id(s): b for s, b in zip(flat, bits_of(command, [s.text for s in flat]))}
    return [[(c, torch.from_numpy(known[id(s)].copy()), y, z, o, s) for c, y, z, o, s in train.encode(sentences, index)] for _, sentences in documents]


def teachers(weights, learn, test, epochs=9):
    out = []
    for seed in TEACHERS:
        torch.manual_seed(seed)
        model = network.Teacher(weights, BITS)
        train.train(model, learn, epochs, 2e-3, seed, slow=("embed", "one", "two"), slow_rate=0.5)
        out.append(model)
        say(f"teacher {seed}", model, test)
    say("teachers together", out, test)
    return out


def student(weights, learn, unlabelled, test):
    torch.manual_seed(1)
    model = network.Student(weights, BITS, "gru", WIDTH)
    model.tags = torch.nn.Linear(2 * WIDTH, len(weights["tags"][1]))
    train.train(model, unlabelled, 2, 4e-3, 1, size=64, loss=silver.loss)
    say("student, silver only", model, test)
    train.train(model, learn, 5, 1.5e-3, 1)
    say("student", model, test)
    return model


def say(what, models, test):
    score = train.score(models if isinstance(models, list) else [models], test)
    print(f"{time.strftime('%H:%M:%S')} {what}: {score.line()}", flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=pathlib.Path, required=True)
    ap.add_argument("--news", type=pathlib.Path, required=True)
    ap.add_argument("--bits", required=True)
    ap.add_argument("--out", type=pathlib.Path, required=True)
    ap.add_argument("--characters", type=int, default=1_500_000, help="how much unlabelled text")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--folds", type=pathlib.Path, help="write a network for each of five folds of the documents here too, for `parkgraph train --networks` (five times the work)")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    weights = lac.load()
    learn = corpus.gold(args.gold / "train") + corpus.gold(args.gold / "dev", lambda stem: stem <= "d015") + corpus.gold(args.gold / "seeds")
    test = corpus.gold(args.gold / "dev", lambda stem: stem > "d015")
    learn, test = (items(d, weights["index"], args.bits) for d in (learn, test))
    texts = silver.sentences(args.news, args.characters)
    bits = bits_of(args.bits, texts)
    join = lambda documents: [x for d in documents for x in d]

    def whole(learn, test):
        guides = teachers(weights, learn, test)
        return student(weights, learn, silver.label(texts, bits, weights["index"], guides, weights), test)

    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        for k in range(5):
            print(f"fold {k}")
            unseen = whole(join(d for i, d in enumerate(learn) if i % 5 != k), join(learn[k::5]))
            export.write(args.folds / f"tagger.{k}.bin", *export.quantise(unseen.state_dict(), weights["index"]))
    model = whole(join(learn), join(test))
    sizes, arrays = export.quantise(model.state_dict(), weights["index"])
    export.write(args.out, sizes, arrays)
    samples.write(args.out.with_name("samples.tsv"), sizes, arrays, lambda texts: bits_of(args.bits, texts))
    print(f"{args.out}: {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
