//! Examples of each command, as its help shows them.

/// Examples of each command.
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("extract", &["parkgraph extract articles/ > facts.nq", "parkgraph extract a.txt b.txt --format jsonl"]),
    (
        "build",
        &[
            "parkgraph build articles/ -l graph",
            "parkgraph build news/2023 ledger.xlsx pages.zip -l graph --results table",
            "parkgraph build archive/ -l graph --strict --quarantine unread.jsonl",
            "curl -s https://example.org/a.html | parkgraph build - -l graph",
        ],
    ),
    ("sync", &["parkgraph sync articles/ -l graph", "parkgraph sync articles/ -l graph --dry-run"]),
    ("merge", &["parkgraph merge 星河传感 星河传感技术研究院有限公司 -l graph"]),
    (
        "split",
        &["parkgraph split pgr:enterprise/星河传感 -l graph", "parkgraph split 星河一期项目 星河二期项目 -l graph"],
    ),
    ("same", &["parkgraph same 郑州高新区 -l graph", "parkgraph same 星河传感 星河电子 -l graph"]),
    ("review", &["parkgraph review -l graph", "parkgraph review -l graph --limit 200"]),
    (
        "query",
        &[
            "parkgraph query --list",
            "parkgraph query projects-by-industry -l graph --set industry=智能传感器",
            "parkgraph query projects-over-amount -l graph --set amount=10亿 --format csv",
            "parkgraph query 'SELECT ?name { ?p a pg:Project ; skos:prefLabel ?name }' -l graph",
        ],
    ),
    (
        "ask",
        &[
            "parkgraph ask 哪些项目与智能传感器相关 -l graph",
            "parkgraph ask 总投资超过10亿元的项目有哪些 -l graph --format json",
            "parkgraph ask 'Which projects relate to smart sensors?' -l graph --explain",
            "parkgraph ask -l graph",
        ],
    ),
    (
        "export",
        &[
            "parkgraph export -l graph --format turtle -o graph.ttl",
            "parkgraph export -l graph --format graphml --type Project -o projects.graphml",
            "parkgraph export -l graph --format csv -o tables",
            "parkgraph export -l graph --format neo4j -o neo4j",
            "parkgraph export -l graph --format svg --industry 智能传感器 -o sensors.svg",
            "parkgraph export -l graph --format gexf --query parks.rq -o parks.gexf",
            "parkgraph export -l graph --format dot --focus 高新区 --hops 2 | dot -Tsvg > graph.svg",
        ],
    ),
    (
        "graph",
        &[
            "parkgraph graph neighbours 高新区 -l graph --hops 2",
            "parkgraph graph centrality -l graph --type Park --by degree",
            "parkgraph graph communities -l graph --format json",
            "parkgraph graph industry 智能传感器 -l graph",
        ],
    ),
    ("path", &["parkgraph path 高新区 智能传感器 -l graph", "parkgraph path 甲公司 乙公司 -l graph --format json"]),
    (
        "report",
        &[
            "parkgraph report -l graph -o report.html",
            "parkgraph report -l graph -o report.html --title 高新区项目月报 --lang zh",
        ],
    ),
    ("annotate", &["parkgraph annotate article.txt -o article.html", "parkgraph annotate scan.pdf -o article.html"]),
    #[cfg(feature = "serve")]
    (
        "serve",
        &[
            "parkgraph serve -l graph",
            "parkgraph serve -l graph --bind 0.0.0.0:8080 --timeout-s 10",
            "parkgraph serve -l graph --token-file tokens.txt",
        ],
    ),
    #[cfg(feature = "serve")]
    ("mcp", &["parkgraph mcp -l graph"]),
    ("stats", &["parkgraph stats -l graph", "parkgraph stats -l graph --format json"]),
    (
        "why",
        &[
            "parkgraph why 高新区 -l graph",
            "parkgraph why 星河传感器项目 总投资 -l graph",
            "parkgraph why 星河传感器项目 pg:status 开工 -l graph --format json",
            "parkgraph why 星河传感器项目 位于 河南省 -l graph",
            "parkgraph why 10亿元 -l graph",
        ],
    ),
    (
        "validate",
        &[
            "parkgraph validate -l graph",
            "parkgraph validate -l graph --format json",
            "parkgraph validate --file graph.ttl --shapes mine.ttl",
        ],
    ),
    ("diff", &["parkgraph diff graph-2018 graph-2019", "parkgraph diff old new --format json --lang zh"]),
    ("history", &["parkgraph history 星河传感器项目 -l graph", "parkgraph history 高新区 -l graph --format json"]),
    ("explain", &["parkgraph explain article.txt"]),
    (
        "eval",
        &[
            "parkgraph eval annotated/",
            "parkgraph eval annotated/ --range d001..d015 --errors",
            "parkgraph eval annotated/ --documents --json scores.json",
        ],
    ),
    ("man", &["parkgraph man > parkgraph.1", "parkgraph man ask | man -l -"]),
    (
        "train",
        &[
            "parkgraph train gold/train gold/seeds -o own.weights",
            "parkgraph train gold/dev --leave d016..d030 -o own.weights",
            "parkgraph train gold/train gold/dev --cross-validate",
        ],
    ),
    ("completions", &["parkgraph completions bash > ~/.local/share/bash-completion/completions/parkgraph"]),
];
