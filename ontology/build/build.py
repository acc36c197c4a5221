"""Writes the gazetteers of `ontology/` from public tables and the two outlines beside this file.

    pip install jieba rdflib
    python3 ontology/build/build.py TABLES        # TABLES: the folder with places.tsv, parks_2018.tsv, ...

The same input gives the same bytes. jieba's dictionary decides which short names are everyday words.
"""
import collections
import csv
import os
import re
import sys

import jieba

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.dirname(HERE)
TABLES = sys.argv[1]
BASE = "https://w3id.org/parkgraph/"
HEAD = f"""@prefix pg: <{BASE}ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""


def table(name):
    with open(os.path.join(TABLES, name), encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def words_of(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return {w for line in f if not line.startswith("#") for w in line.split()}


def jieba_words():
    words = {}
    with jieba.get_dict_file() as f:
        for line in f:
            word, freq, *tag = line.decode("utf-8").split()
            words[word] = (int(freq), tag[0] if tag else "")
    return words


DICT = jieba_words()
STOP, ALLOW = words_of("ordinary.txt"), words_of("distinctive.txt")
WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}


def clean(name):
    return name.translate(WIDE).strip()


def local(name):
    """A name as the local part of an IRI that Turtle takes without escapes."""
    return re.sub(r"[^\w]+", "-", name).strip("-")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"@zh'


def unique(items):
    return list(dict.fromkeys(items))


def statement(subject, kind, label, alt=(), hidden=(), **more):
    """One subject on one line: `more` maps `prefix_local` to a list of Turtle terms."""
    parts = [f"{subject} a {kind}", f"skos:prefLabel {quoted(label)}"]
    alt = [a for a in unique(alt) if a != label]
    hidden = [h for h in unique(hidden) if h != label and h not in alt]
    if alt:
        parts.append("skos:altLabel " + ", ".join(map(quoted, alt)))
    if hidden:
        parts.append("skos:hiddenLabel " + ", ".join(map(quoted, hidden)))
    for key, values in more.items():
        if values:
            parts.append(key.replace("_", ":", 1) + " " + ", ".join(values))
    return " ; ".join(parts) + " ."


def write(name, about, prefixes, lines):
    with open(os.path.join(OUT, name), "w", encoding="utf-8") as f:
        f.write("".join(f"# {line}\n" for line in about))
        f.write(HEAD)
        for prefix, path in prefixes:
            f.write(f"@prefix {prefix}: <{BASE}{path}> .\n")
        f.write("\n" + "\n".join(lines) + "\n")
    print(name, len(lines), os.path.getsize(os.path.join(OUT, name)))


# --- places -------------------------------------------------------------------------------------------------------

ETHNIC = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 "
    "仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 怒 鄂温克 裕固 独龙 鄂伦春 保安 普米 门巴 珞巴 各"
).split()
ETHNIC_TAIL = re.compile("(" + "|".join(sorted((e + "族" for e in ETHNIC), key=len, reverse=True)) + "|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+$")
LEVEL = {"省级": "province", "地级": "prefecture", "县级": "county"}


def short_place(name):
    """The name without its administrative tail: 新密市 -> 新密, 丰宁满族自治县 -> 丰宁."""
    m = re.match(r"^(.+?)(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|省|市|县|区|盟|旗|林区|特区)$", name)
    if not m:
        return None
    stem, tail = m.group(1), m.group(2)
    if tail in ("自治州", "自治县", "自治旗"):
        stem = ETHNIC_TAIL.sub("", stem)
    return stem if len(stem) >= 2 else None


def safe_place(short, name, level):
    """True when the bare short form is told from everyday words by jieba's dictionary."""
    if short in STOP:
        return False
    if short in ALLOW or level in ("province", "prefecture"):
        return True
    freq, tag = DICT.get(short, (0, ""))
    if len(short) == 2:
        if name.endswith("区"):
            return tag == "ns"
        return tag == "ns" or (tag in ("nr", "nrt", "nrfg", "nz") and freq < 400)
    return tag in ("", "ns", "nr", "nrt", "nz")


ZONE = re.compile(r"(开发区|园区|示范区|试验区|实验区|管理区|保税区|合作区|集聚区|集中区|产业园|新城|新区|农业园|科技园|先行区|生态城|城乡一体化.*)$")


def is_zone(name):
    """True for the functional zones that the table lists beside counties: they are parks, not places."""
    return len(name) > 4 and bool(ZONE.search(name)) or name.endswith("开发区")


def places():
    lines, index = [], {}
    for row in table("places.tsv"):
        code, name, level = row["code"], clean(row["name"]), LEVEL[row["level"]]
        if len(name) < 2 or re.search(r"行政区划$|^市辖区$|管委会$|委员会$|海域$", name) or is_zone(name) or code in index:
            continue
        parent = row["parent"]
        if parent and parent not in index:
            parent = parent[:2] + "0000"
        alt, hidden = [], []
        if name in STOP:
            # 城区, 郊区: the city's name tells one from the others, the bare name is an everyday word.
            hidden.append(name)
            name = index[parent][0] + name
        short = short_place(name) if not hidden else None
        if short and short != name:
            (alt if safe_place(short, name, level) else hidden).append(short)
            if name.endswith("自治州"):
                alt.append(short + "州")
            if name.endswith("自治县"):
                alt.append(short + "县")
        if name.startswith("海南藏族"):
            alt, hidden = ["海南州"], []
        index[code] = (name, short, level)
        more = {"skos_broader": [f"place:{parent}"] if parent and parent != code else []}
        more["skos_notation"] = [f'"{code}"']
        more["dcterms_type"] = [f'"{level}"']
        lines.append(statement(f"place:{code}", "pg:Place", name, alt, hidden, **more))
    write("places.ttl", [
        "Provinces, prefectures and counties of China with their codes, containing places and short names.",
        "Source: administrative division codes, GB/T 2260 (public facts). skos:hiddenLabel marks short names that are everyday words",
        "as well: they count only where the text shows that a place is meant."], [("place", "id/place/")], lines)
    return index


# --- industries ---------------------------------------------------------------------------------------------------

GENERIC_TAIL = re.compile(r"(产业链|产业|行业|制造业|制造|工业|服务业|业|技术|领域)$")
PRAISE = re.compile(r"^(现代|先进|高端|新型)")


def normal(label):
    """The form under which labels count as synonyms: 高端装备制造业 and 装备产业 agree."""
    label = re.sub(r"[与和及、]", "", label)
    for pattern in (PRAISE, GENERIC_TAIL):
        while True:
            shorter = pattern.sub("", label)
            if shorter == label or len(shorter) < (2 if pattern is PRAISE else 1):
                break
            label = shorter
    return label


def everyday(label):
    """True for labels that are everyday words as well, which alone say little of an industry."""
    if len(label) == 1 or label in STOP:
        return True
    if label in ALLOW or len(label) > 2 or label.isascii():
        return False
    freq, tag = DICT.get(label, (0, ""))
    return tag in ("v", "vn", "a", "ad", "an", "d", "b", "m", "f", "s", "t", "nr") or freq > 3000


def outline():
    """Rows of the outline: (depth, synonyms, narrower groups). `=form` marks a synonym of the heading."""
    rows = []
    with open(os.path.join(HERE, "industries.txt"), encoding="utf-8") as f:
        for line in f:
            if not line.strip() or line.startswith("#"):
                continue
            depth = (len(line) - len(line.lstrip())) // 2
            forms = [clean(x) for x in line.strip().split("|")]
            forms = [re.sub(r"\s*\|\s*", "", x).strip() for x in forms]
            rows.append((depth, forms))
    return rows


def group(forms, synonyms):
    """Splits the forms of one line into the heading's synonyms and groups of narrower terms."""
    head = forms[0]
    same, groups = [head], {}
    accepted = {normal(head)}
    for form in forms[1:]:
        plain = form.lstrip("=?")
        if form.startswith("=") or (plain in synonyms.get(head, ())) or (plain.isascii() and not head.isascii()):
            same.append(plain)
            accepted.add(normal(plain))
    for form in forms[1:]:
        plain = form.lstrip("=?")
        if plain in same:
            continue
        if normal(plain) in accepted:
            same.append(plain)
        else:
            groups.setdefault(normal(plain), []).append(plain)
    return same, list(groups.values())


def fresh(label, used):
    """A local name that no other concept has: 人工智能+ comes after 人工智能 as 人工智能-2."""
    ident, number = local(label), 2
    while ident in used:
        ident, number = f"{local(label)}-{number}", number + 1
    used.add(ident)
    return ident


def synonyms_file():
    pairs = {}
    with open(os.path.join(HERE, "synonyms.txt"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                head, *rest = line.split()
                pairs.setdefault(head, set()).update(rest)
    return pairs


def industries():
    lines, concept_of, taken = [], {}, set()
    concepts = []  # (id, labels, broader id)
    trail, pairs, used = [], synonyms_file(), set()
    for depth, forms in outline():
        same, groups = group(forms, pairs)
        same = [s for s in same if s not in taken]
        if not same:
            raise SystemExit(f"every form of {forms[0]} is already taken")
        taken.update(same)
        trail[depth:] = [fresh(same[0], used)]
        concepts.append((trail[depth], same, trail[depth - 1] if depth else None))
        for labels in groups:
            labels = [x for x in labels if x not in taken]
            if not labels:
                continue
            taken.update(labels)
            concepts.append((fresh(labels[0], used), labels, trail[depth]))
    own = {}
    for ident, labels, broader in concepts:
        for label in labels:
            own[label] = ident
    schemes = [("gbt", "国民经济行业分类 GB/T 4754-2011"), ("sw", "申万行业分类"), ("fields", "产业与技术领域")]
    for ident, label in schemes:
        lines.append(f"industry:{ident} a skos:ConceptScheme ; skos:prefLabel {quoted(label)} .")
    for ident, labels, broader in concepts:
        head = labels[0] + "产业" if everyday(labels[0]) else labels[0]
        alt = [x for x in labels[1:] if not everyday(x)]
        hidden = [x for x in labels if everyday(x)]
        lines.append(statement(f"industry:{ident}", "pg:Industry", head, alt, hidden,
                               skos_broader=[f"industry:{broader}"] if broader else [],
                               skos_topConceptOf=[] if broader else ["industry:fields"]))
    codes = [(row["code"].strip(), clean(row["name"])) for row in table("industry_classes_gbt4754_2011.tsv")]
    known = {code for code, _ in codes}
    for code, name in codes:
        parent = next((code[:n] for n in range(len(code) - 1, 1, -1) if code[:n] in known), None)
        match = own.get(name)
        lines.append(statement(f"industry:gbt4754-{code}", "pg:Industry", name, skos_notation=[f'"{code}"'],
                               skos_broader=[f"industry:gbt4754-{parent}"] if parent else [],
                               skos_inScheme=["industry:gbt"],
                               skos_closeMatch=[f"industry:{match}"] if match else []))
    tree = table("industry_tree_shenwan.tsv")
    rows, seen = [(r["code"], r["name"], r["parent_code"]) for r in tree], {r["code"] for r in tree}
    for r in tree:
        if r["parent_code"] and r["parent_code"] not in seen:
            seen.add(r["parent_code"])
            rows.append((r["parent_code"], r["parent_name"], ""))
    for code, name, parent in sorted(rows):
        name = re.sub(r"[ⅠⅡⅢⅣ]+$", "", clean(name))
        match = own.get(name)
        lines.append(statement(f"industry:sw-{code}", "pg:Industry", name, skos_notation=[f'"{code}"'],
                               skos_broader=[f"industry:sw-{parent}"] if parent and parent != code else [],
                               skos_inScheme=["industry:sw"],
                               skos_closeMatch=[f"industry:{match}"] if match else []))
    print("own concepts", len(concepts), "labels", sum(len(c[1]) for c in concepts))
    write("industries.ttl", [
        "Industries and technology fields: GB/T 4754-2011 and 申万 classes (public facts, concepts without matching labels) and the",
        "project's own taxonomy (ontology/build/industries.txt; headings of 战略性新兴产业分类(2018) and 高技术产业分类).",
        "skos:hiddenLabel marks forms that are everyday words as well."], [("industry", "id/industry/")], lines)
    return own, seen


# --- parks --------------------------------------------------------------------------------------------------------

TAILS = [
    ("高新技术产业开发区", ["高新技术开发区", "高新开发区", "高新区"]),
    ("高新技术产业园区", ["高新区", "高新技术产业园"]),
    ("经济技术开发区", ["经开区"]),
    ("经济开发区", ["经开区"]),
    ("综合保税区", ["综保区"]),
    ("工业园区", ["工业园"]),
    ("产业园区", ["产业园"]),
    ("工业集中区", []),
    ("产业集聚区", []),
    ("出口加工区", []),
    ("旅游度假区", []),
    ("边境经济合作区", ["边合区"]),
]


def park_forms(name):
    for tail, shorter in TAILS:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name[: -len(tail)], tail, shorter
    return None, None, []


def parks(index, own):
    shorts = collections.defaultdict(list)
    provinces = {}
    for code, (name, short, level) in index.items():
        if level == "province":
            provinces[code[:2]] = (code, name, short)
        shorts[code[:2]].append((name, code))
        if short:
            shorts[code[:2]].append((short, code))
    for entries in shorts.values():
        entries.sort(key=lambda e: (-len(e[0]), e[1]))
    rows = [(r["code"].strip(), clean(r["name"]), r["level"], r["approved"], r["industries"]) for r in table("parks_2018.tsv") if r["name"].strip()]
    for at, row in enumerate(rows):
        # The table gives two zones one code here and there: the later one has a number behind it.
        if row[0] in {earlier[0] for earlier in rows[:at]}:
            rows[at] = (row[0] + "-2", *row[1:])
    known_names = {name for _, name, *_ in rows}
    for row in table("places.tsv"):
        name = clean(row["name"])
        if is_zone(name) and name not in known_names:
            rows.append(("P" + row["code"], name, "", "", ""))
    forms = {}
    for code, name, level, *_ in rows:
        plain = re.sub(r"\(.*\)$", "", name)
        province = provinces.get(code[1:3])
        stems = unique([plain] + ([plain[len(province[2]):]] if province and plain.startswith(province[2]) else []))
        alt = [plain]
        for stem_name in stems:
            rest = stem_name
            if stem_name != plain:
                known = any(rest.startswith(n) for n, _ in shorts[code[1:3]] if len(n) >= 2)
                if not known or not park_forms(rest)[0]:
                    continue
            alt.append(rest)
            stem, tail, shorter = park_forms(rest)
            if not stem:
                continue
            alt += [stem + s for s in shorter]
            city = next((n for n, c in shorts[code[1:3]] if n == stem and n + "市" in {x for x, _ in shorts[code[1:3]]}), None)
            if city:
                alt += [city + "市" + s for s in [tail] + shorter]
            if level.startswith("国家") and tail in ("高新技术产业开发区", "经济技术开发区"):
                alt += [stem + "国家级" + tail] + [stem + "国家" + s for s in shorter[-1:]] + [stem + "国家级" + s for s in shorter[-1:]]
        forms[code] = unique(a for a in alt if len(a) >= 4)
    owners = collections.defaultdict(list)
    levels = {code: level for code, _, level, *_ in rows}
    for code, names in forms.items():
        for n in names:
            owners[n].append(code)
    full = {name: code for code, name, *_ in rows}
    lines = []
    for code, name, level, approved, fields in rows:
        def mine(form):
            if form in full:
                return full[form] == code
            national = [c for c in owners[form] if levels[c].startswith("国家")]
            return owners[form] == [code] or national == [code]
        alt = [f for f in forms[code] if f != name and mine(f)]
        candidates = [c for n, c in shorts[code[1:3]] if re.sub(r"^" + (provinces.get(code[1:3], ("", "", "\0"))[2]), "", name).startswith(n) or name.startswith(n)]
        candidates = [c for c in candidates if not c.endswith("0000")] or ([provinces[code[1:3]][0]] if code[1:3] in provinces else [])
        named = [own[f] for f in map(clean, re.split(r"[、,，;；]", fields or "")) if f in own]
        month = re.match(r"^(\d{4})\.(\d{2})", approved or "")
        lines.append(statement(f"park:{code}", "pg:Park", name, alt,
                               skos_notation=[f'"{code}"'], dcterms_type=[f'"{level}"'] if level else [],
                               dcterms_issued=[f'"{month.group(1)}-{month.group(2)}"'] if month else [],
                               pg_locatedIn=[f"place:{candidates[0]}"] if candidates else [],
                               pg_industry=[f"industry:{i}" for i in unique(named)]))
    write("parks.ttl", [
        "Development zones of China: code, level, month of approval, place, leading industries, short names by the grammar of such names.",
        "Source: 中国开发区审核公告目录(2018), National Development and Reform Commission and others (public facts)."],
        [("park", "id/park/"), ("place", "id/place/"), ("industry", "id/industry/")], lines)


# --- enterprises --------------------------------------------------------------------------------------------------

LEGAL = re.compile(r"(股份有限公司|有限责任公司|有限公司)$")
PLACE_ZONE = {"高新", "高科", "开发", "发展", "机场", "高速", "城投", "城建", "旅游", "控股"}


def ordinary_company(short, labels):
    """True when a stock's short name is an everyday word or the name of an industry, a place or a zone."""
    if short in STOP or short in labels or len(short) <= 2:
        return short not in ALLOW
    freq, tag = DICT.get(short, (0, ""))
    if short in ALLOW:
        return False
    if len(short) == 3:
        return tag not in ("", "nz", "nt") or short.endswith("港") or short.endswith("城")
    if len(short) == 4:
        first, last = DICT.get(short[:2], (0, "")), DICT.get(short[2:], (0, ""))
        if first[1] == "ns" and short[2:] in PLACE_ZONE:
            return True
        common = first[0] >= 200 and first[1] not in ("ns", "nz", "nr", "nt") and short[:2] != "中国"
        return (common and last[0] >= 50) or (tag == "n" and freq >= 10)
    return False


def enterprises(industry_labels, place_labels):
    branch = {r["company_code"].split(".")[0]: r["industry_code"] for r in table("listed_company_industry.tsv")}
    labels = industry_labels | place_labels
    lines, seen = [], set()
    dropped = []
    for row in sorted(table("listed_companies.tsv"), key=lambda r: r["code"]):
        code = row["code"].split(".")[0]
        if code in seen:
            continue
        seen.add(code)
        short = re.sub(r"^(\*?ST|S|N|C|U|XD|DR|XR)(?=[\u4e00-\u9fff])", "", clean(row["short"]).replace(" ", ""))
        short = re.sub(r"-?[A-Z]$", "", short)
        full = clean(row["full"]).replace(" ", "")
        weak = ordinary_company(short, labels)
        if weak:
            dropped.append(short)
        lines.append("\t".join([code, full, "" if weak else short, branch.get(code, "")]))
    with open(os.path.join(OUT, "enterprises.tsv"), "w", encoding="utf-8") as f:
        f.write("# Listed companies: stock code, full name, short name (empty where it is an everyday word), class of industry:sw-…\n")
        f.write("# Source: public lists of the Shanghai, Shenzhen and Beijing stock exchanges; 申万 classification (public facts).\n")
        f.write("\n".join(lines) + "\n")
    print("enterprises.tsv", len(lines), "dropped shorts", len(dropped), os.path.getsize(os.path.join(OUT, "enterprises.tsv")))
    return dropped


# --- bodies -------------------------------------------------------------------------------------------------------

KINDS = {"OrgName": ("pg:Organization", "organization", None), "CompanyFull": ("pg:Enterprise", "enterprise", None),
         "PlaceRegion": ("pg:Place", "place", "region"), "PlaceProvince": ("pg:Place", "place", "province"),
         "Country": ("pg:Place", "place", "country"), "ParkName": ("pg:Park", "park", None), "PolicyName": ("pg:Policy", "policy", None)}


def bodies():
    lines, kind, seen = [], None, set()
    with open(os.path.join(HERE, "bodies.txt"), encoding="utf-8") as f:
        for line in f:
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("["):
                kind = KINDS[line.split("class=")[1].split()[0]]
                continue
            forms = [clean(x) for x in line.split("|")]
            name = forms[0].lstrip("?")
            if (kind[1], name) in seen:
                continue
            seen.add((kind[1], name))
            alt = [x for x in forms[1:] if not x.startswith("?") and x not in STOP]
            hidden = [x.lstrip("?") for x in forms[1:] if x.startswith("?") or x in STOP]
            lines.append(statement(f"{kind[1]}:{local(name)}", kind[0], name, alt, hidden,
                                   dcterms_type=[f'"{kind[2]}"'] if kind[2] else []))
    write("organizations.ttl", [
        "Fixed bodies of public record: ministries, research bodies, universities, central state-owned enterprises, well-known companies,",
        "regions, countries, national new areas and free-trade zones. Written from public lists (see README.md), source: ontology/build/bodies.txt."],
        [(p, f"id/{p}/") for p in ("organization", "enterprise", "place", "park", "policy")], lines)


# --- harmless words -----------------------------------------------------------------------------------------------

def harmless(names):
    """Everyday words that contain a short name: 长治久安 keeps 长治 from firing."""
    found = []
    for word, (freq, tag) in DICT.items():
        if freq < 3 or not 3 <= len(word) <= 6 or tag[:2] in ("ns", "nt", "nz", "nr") or word in names:
            continue
        if any(word[i:j] in names for i in range(len(word)) for j in range(i + 2, len(word) + 1)):
            found.append(word)
    with open(os.path.join(OUT, "lexicon", "harmless.txt"), "w", encoding="utf-8") as f:
        f.write("# Everyday words that contain a name of the gazetteers; no name fires inside them. One word a line.\n")
        f.write("\n".join(sorted(found)) + "\n")
    print("harmless", len(found))


def main():
    index = places()
    own, _ = industries()
    parks(index, own)
    place_shorts = {s for _, s, _ in index.values() if s}
    enterprises(set(own), place_shorts | {n for n, _, _ in index.values()})
    bodies()
    safe = {s for n, s, level in index.values() if s and len(s) == 2 and safe_place(s, n, level)}
    harmless(safe)


main()
