"""New training sentences from annotated ones: other names of the same kind, other figures, slips of scans, lost marks, cuts."""
import pathlib, random, re

from corpus import INNER_KINDS, Sentence, normalise

THING = re.compile(r"^\S+ a pg:(\w+) ;(.*)$")
LABELS = re.compile(r'skos:(?:pref|alt)Label ((?:"[^"]+"@zh(?:, )?)+)')
LISTS = re.compile(r'class = "(\w+)"\s+words = """(.*?)"""', re.S)
NOT_BRAND = re.compile(r"(股份|控股|集团|科技|实业|技术|[(].*)$")
COMPANY_ENDS = ["有限公司", "股份有限公司", "集团", "集团有限公司", "有限责任公司", "科技有限公司", "公司", "", "", ""]
MARKS = set(",。、;:“”《》()")

SWAPPED = 0.25  # names that give way to another of their kind
PUBLIC = 0.3  # of those, the ones that come from the gazetteers or are made up
MADE_UP = 0.7  # of the enterprises among these, the ones that no list knows
SWAPPED_INSIDE = 0.5  # names inside a name from the annotations that give way in turn
NEW_FIGURE = 0.3
SLIP = 0.02  # of characters that look like another
LOST_MARK = 0.01
CUT = 0.1  # sentences of which only a part is kept


class Gazetteers:
    """What the folder `ontology` knows: the forms of each thing by kind, parts of company names, look-alikes."""

    def __init__(self, ontology):
        ontology = pathlib.Path(ontology)
        lines = lambda name: [l for l in (ontology / name).read_text("utf-8").splitlines() if l and l[0] != "#"]
        self.names = {kind: [] for kind in INNER_KINDS}
        for sheet in ("places", "parks", "organizations", "industries"):
            for line in lines(f"{sheet}.ttl"):
                thing = THING.match(line)
                # Classes of a classification (其他未列明制造业) are nothing that a text says.
                if thing and thing[1] in self.names and "skos:inScheme" not in line:
                    self.names[thing[1]].append(re.findall('"([^"]+)"', " ".join(LABELS.findall(thing[2]))))
        self.names["Enterprise"] += [[n for n in line.split("\t")[1:3] if n] for line in lines("enterprises.tsv")]
        self.brands = [b for forms in self.names["Enterprise"] if len(forms) == 2 and len(b := NOT_BRAND.sub("", forms[1])[:4]) >= 2]
        self.names = {kind: [[normalise(n)[0] for n in forms] for forms in things if forms] for kind, things in self.names.items()}
        words = dict(LISTS.findall((ontology / "lexicon/enterprise.toml").read_text("utf-8")))
        self.fields = [w for w in words["CompanyField"].split() if len(w) > 1]
        self.alike = {c: row.replace(c, "") for row in lines("lookalikes.txt") for c in row}


def annotated(sentences):
    """The distinct annotated names by kind, each with the spans of names inside it."""
    out = {}
    for s in sentences:
        for a, b, kinds, _ in s.outer:
            inner = [(x - a, y - a, k, o) for x, y, k, o in s.inner if a <= x and y <= b]
            out.setdefault(kinds[0], {}).setdefault(s.text[a:b], inner)
    return {kind: sorted(names.items(), key=lambda n: n[0]) for kind, names in out.items()}


class Mixer:
    """Draws new sentences from `sentences`, with their names and those of the gazetteers."""

    def __init__(self, sentences, gazetteers, seed):
        self.sentences, self.own, self.public, self.rng = sentences, annotated(sentences), gazetteers, random.Random(seed)

    def draw(self):
        """One new sentence for each."""
        return [self.noisy(self.swapped(s)) for s in self.sentences]

    def chance(self, p):
        return self.rng.random() < p

    def company(self):
        """A company that no list knows, and the place inside its name."""
        pick, brands = self.rng.choice, self.public.brands
        brand = pick(brands)[:2] if self.chance(0.3) else pick(brands)[0] + pick(brands)[1]
        place = pick(pick(self.public.names["Place"])) if self.chance(0.3) else ""
        fields = "".join(self.rng.sample(self.public.fields, pick((0, 1, 1, 2))))
        return place + brand + fields + pick(COMPANY_ENDS), [(0, len(place), ["Place"], False)] if place else []

    def name(self, kind):
        """A name of a kind, and the names inside it."""
        if kind in self.public.names and self.chance(PUBLIC):
            if kind == "Enterprise" and self.chance(MADE_UP):
                return self.company()
            return self.rng.choice(self.rng.choice(self.public.names[kind])), []
        text, inner = self.rng.choice(self.own[kind])
        edits = {(a, b): self.name(k[0])[0] for a, b, k, _ in inner if k[0] in self.own and self.chance(SWAPPED_INSIDE)}
        return rewritten(text, edits, inner)

    def swapped(self, s):
        """Other names and figures; one that stands twice in the sentence stays one."""
        edits, inside, drawn = {}, {}, {}
        for a, b, kinds, _ in s.outer:
            key = s.text[a:b], kinds[0]
            if key not in drawn:
                drawn[key] = self.name(kinds[0]) if self.chance(SWAPPED) else None
            if drawn[key]:
                edits[a, b], inside[a, b] = drawn[key]
        kept = [x for x in s.inner if not any(a <= x[0] and x[1] <= b for a, b in edits)]
        for digits in re.finditer(r"\d+", s.text):
            a, b = digits.span()
            if self.chance(NEW_FIGURE) and not any(x < b and a < y for x, y in edits):
                edits[a, b] = self.figure(digits[0])
        text, outer = rewritten(s.text, edits, s.outer)
        inner, move = rewritten(s.text, edits, kept)[1], mover(edits)
        inner += [(move(a) + x, move(a) + y, k, o) for (a, _), spans in inside.items() for x, y, k, o in spans]
        return Sentence(s.doc, text, outer, sorted(inner, key=lambda x: x[:2]))

    def figure(self, digits):
        """As many digits; years stay years."""
        draw = self.rng.randint
        return f"20{draw(10, 30)}" if len(digits) == 4 and digits[:2] == "20" else str(draw(1, 9)) + "".join(str(draw(0, 9)) for _ in digits[1:])

    def noisy(self, s):
        """Look-alikes for characters, marks lost, now and then only a part."""
        edits = {}
        for i, c in enumerate(s.text):
            if c in self.public.alike and self.chance(SLIP):
                edits[i, i + 1] = self.rng.choice(self.public.alike[c])
            elif c in MARKS and len(s.text) > 1 and self.chance(LOST_MARK):
                edits[i, i + 1] = ""
        text, outer = rewritten(s.text, edits, s.outer)
        s = Sentence(s.doc, text, outer, rewritten(s.text, edits, s.inner)[1])
        return self.part(s) if self.chance(CUT) and len(s.text) > 30 else s

    def part(self, s):
        """What stands before or after one of the commas that no name spans."""
        commas = [i for i in range(1, len(s.text)) if s.text[i - 1] in ",;、" and not any(a < i < b for a, b, *_ in s.outer)]
        if not commas:
            return s
        at = self.rng.choice(commas)
        a, b = (0, at) if self.chance(0.5) else (at, len(s.text))
        pick = lambda spans: [(x - a, y - a, k, o) for x, y, k, o in spans if a <= x and y <= b]
        return Sentence(s.doc, s.text[a:b], pick(s.outer), pick(s.inner))


def mover(edits):
    """Where a boundary of the text comes to stand when the edits {(from, to): new} are made."""
    grown = sorted((b, len(new) - (b - a)) for (a, b), new in edits.items())
    return lambda i: i + sum(n for end, n in grown if end <= i)


def rewritten(text, edits, spans):
    """The text after the edits, and the spans in it; emptied ones are gone."""
    out, at, move = [], 0, mover(edits)
    for a, b in sorted(edits):
        out += [text[at:a], edits[a, b]]
        at = b
    moved = [(move(a), move(b), k, o) for a, b, k, o in spans]
    return "".join(out) + text[at:], [x for x in moved if x[0] < x[1]]
