#!/usr/bin/env python3
"""Trains the tagger and writes weights/tagger.bin. README.md tells what is needed and how long it takes.

    run.py --gold GOLD --ontology ontology --news news.jsonl.gz --bits 'parkgraph train --bits' --out weights/tagger.bin [--folds DIR]

GOLD holds the folders train, dev and seeds. Sentences of dev from d016 on are never learned from; only totals of them are
printed. COMMAND reads normalised sentences, one a line, and writes the feature bits, eight bytes a character.
"""
import argparse, pathlib, subprocess, sys, time

import torch

import augment, corpus, export, lac, network, samples, silver, train

BITS, WIDTH, TEACHERS = 64, 80, (1, 2)
GOLD_EPOCHS, NEW_SENTENCES = 10, 2  # epochs of the gold labels; new sentences for each annotated one in an epoch


def bits_of(command, texts):
    run = subprocess.run(command, shell=True, input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True)
    return silver.unpack(run.stdout, [len(t) for t in texts], BITS)


def encoded(sentences, index, command):
    """Items of annotated sentences, with their feature bits."""
    bits = bits_of(command, [s.text for s in sentences])
    return [(c, torch.from_numpy(b.copy()), y, z, o, s) for (c, y, z, o, s), b in zip(train.encode(sentences, index), bits)]


def teachers(weights, learn, test, epochs=9):
    out = []
    for seed in TEACHERS:
        torch.manual_seed(seed)
        model = network.Teacher(weights, BITS)
        train.train(model, [learn] * epochs, 2e-3, seed, slow=("embed", "one", "two"), slow_rate=0.5)
        out.append(model)
        say(f"teacher {seed}", model, test)
    say("teachers together", out, test)
    return out


def new_student(weights):
    torch.manual_seed(1)
    model = network.Student(weights, BITS, "gru", WIDTH)
    model.tags = torch.nn.Linear(2 * WIDTH, len(weights["tags"][1]))
    return model


def learn_news(model, unlabelled, test):
    train.train(model, [unlabelled] * 2, 4e-3, 1, size=64, loss=silver.loss)
    say("student, silver only", model, test)


def learn_gold(model, sentences, gazetteers, encode, test):
    """Every epoch sees the annotated sentences, and new ones made from them."""
    mixer, own = augment.Mixer(sentences, gazetteers, 7), encode(sentences)
    rounds = [own + [x for _ in range(NEW_SENTENCES) for x in encode(mixer.draw())] for _ in range(GOLD_EPOCHS)]
    train.train(model, rounds, 1.5e-3, 1)
    say("student", model, test)


def say(what, models, test):
    score = train.score(models if isinstance(models, list) else [models], test)
    print(f"{time.strftime('%H:%M:%S')} {what}: {score.line()}", flush=True)


def arguments():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=pathlib.Path, required=True)
    ap.add_argument("--ontology", type=pathlib.Path, required=True, help="gazetteers, which lend names to new sentences")
    start = ap.add_mutually_exclusive_group(required=True)
    start.add_argument("--news", type=pathlib.Path)
    start.add_argument("--start", type=pathlib.Path, help="a student (state dictionary) that knows the news already, in place of teachers and news")
    ap.add_argument("--bits", required=True)
    ap.add_argument("--out", type=pathlib.Path, help="the network that learns from all documents")
    ap.add_argument("--characters", type=int, default=1_500_000, help="how much unlabelled text")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--folds", type=pathlib.Path, help="write a network for each of five folds of the documents here too, for `parkgraph train --networks` (five times the work)")
    return ap.parse_args()


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    weights, gazetteers = lac.load(), augment.Gazetteers(args.ontology)
    learn = corpus.gold(args.gold / "train") + corpus.gold(args.gold / "dev", lambda stem: stem <= "d015") + corpus.gold(args.gold / "seeds")
    join = lambda documents: [s for _, sentences in documents for s in sentences]
    encode = lambda sentences: encoded(sentences, weights["index"], args.bits)
    texts = silver.sentences(args.news, args.characters) if args.news else []
    bits = bits_of(args.bits, texts) if texts else []

    def whole(learn, test):
        model = new_student(weights)
        if args.start:
            model.load_state_dict(torch.load(args.start))
        else:
            guides = teachers(weights, encode(learn), test)
            learn_news(model, silver.label(texts, bits, weights["index"], guides, weights), test)
        learn_gold(model, learn, gazetteers, encode, test)
        return export.quantise(model.state_dict(), weights["index"])

    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        for k in range(5):
            print(f"fold {k}", flush=True)
            export.write(args.folds / f"tagger.{k}.bin", *whole(join(d for i, d in enumerate(learn) if i % 5 != k), encode(join(learn[k::5]))))
    if args.out:
        sizes, arrays = whole(join(learn), encode(join(corpus.gold(args.gold / "dev", lambda stem: stem > "d015"))))
        export.write(args.out, sizes, arrays)
        samples.write(args.out.with_name("samples.tsv"), sizes, arrays, lambda texts: bits_of(args.bits, texts))
        print(f"{args.out}: {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
