# Two commands matter: `make demo` shows what the program does, `make test` runs every test.
# Both set up what is missing first. CARGO_TARGET_DIR moves everything that is built elsewhere.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
DEMO := $(TARGET)/demo
PARKGRAPH := $(TARGET)/release/parkgraph
# What setup found: paths and compilers, as shell assignments.
ENV := source $(TARGET)/setup.env

.PHONY: help demo test parquet setup build scores bench page

help:
	@echo "make demo   build, read the sample articles, ask a question, write exports"
	@echo "make test   formatting, lints and every test"
	@echo "make parquet  the test of the Parquet export, which is a feature: it builds the program a second time"
	@echo "make build  only the program: $(PARKGRAPH)"
	@echo "make bench  how fast articles are read"
	@echo "make scores renew the table of scores that a test compares with"
	@echo "make page   builds the page of serve again, after changes in web/src; needs node 20 or later"
	@echo "make setup  only check for what the build needs, and get what is missing"

setup:
	@tools/setup.sh $(TARGET) build

build: setup
	@$(ENV); cargo build --release --locked

demo: build
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo; echo "== parkgraph build samples/*.txt"
	@$(PARKGRAPH) build samples/*.txt -l $(DEMO)/store
	@echo; echo "== parkgraph ask 哪些项目与智能传感器相关"
	@$(PARKGRAPH) ask 哪些项目与智能传感器相关 -l $(DEMO)/store
	@$(PARKGRAPH) export -l $(DEMO)/store --format turtle -o $(DEMO)/parkgraph.ttl
	@$(PARKGRAPH) export -l $(DEMO)/store --format nquads -o $(DEMO)/parkgraph.nq
	@$(PARKGRAPH) export -l $(DEMO)/store --format graphml -o $(DEMO)/parkgraph.graphml
	@echo; echo "== the same graph for other tools"
	@ls -l $(DEMO)/parkgraph.ttl $(DEMO)/parkgraph.nq $(DEMO)/parkgraph.graphml
	@echo "The store is $(DEMO)/store; ask it more: $(PARKGRAPH) ask QUESTION -l $(DEMO)/store"

# The scores that tests/scores.rs holds the reader to.
scores: build
	@$(PARKGRAPH) eval ../shared/gold/dev --documents > tests/scores/dev.txt
	@tail -n +1 tests/scores/dev.txt

bench: build
	@$(ENV); cargo bench --locked --bench reading --bench formats

page:
	cd web && npm install --no-save && npm run build

test:
	@tools/setup.sh $(TARGET) test
	cargo fmt --check
	@$(ENV); set -x; cargo clippy --release --locked --all-targets -- -D warnings
	@$(ENV); set -x; cargo test --release --locked --doc
	@$(ENV); set -x; cargo test --release --locked --lib --bins --tests

# Apart from `test`, since another set of features compiles most of what is below the program again.
parquet:
	@tools/setup.sh $(TARGET) test
	@$(ENV); set -x; cargo test --release --locked --features parquet --lib export::
