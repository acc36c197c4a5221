#!/usr/bin/env bash
# Checks for what building (`build`) or testing (`test`) needs and gets what is missing, cheapest checks first: the store
# compiles RocksDB, and without libclang that build would fail only after many minutes of C++.
#
#   tools/setup.sh TARGET_FOLDER build|test
#
# Writes TARGET_FOLDER/setup.env with the variables that cargo needs.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
for_what=$2
mkdir -p "$target"
target=$(cd "$target" && pwd)

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { printf 'setup: %s\n' "$@" >&2; exit 2; }
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }

# Installs Debian packages when that is allowed; false where it is not or does not work.
apt_install() {
    is_root && have apt-get || return 1
    say "installing Debian packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } </dev/null >"$target/apt.log" 2>&1 && return 0
    say "apt-get failed; its last words (all of them: $target/apt.log):"
    tail -3 "$target/apt.log" >&2
    return 1
}

check_rust() {
    have cargo && have rustc || fail "no Rust here; install Rust $rust_needed or later, with cargo" \
        "(rustup or your distribution), and open a new shell"
    local found
    found=$(rustc --version | cut -d' ' -f2)
    [ "$(printf '%s\n' "$rust_needed" "${found%%-*}" | sort -V | head -1)" = "$rust_needed" ] ||
        fail "Rust $found is too old; $rust_needed or later is needed: rustup update stable"
    [ "$for_what" = build ] || { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1 ||
        fail "cargo fmt or cargo clippy is missing: rustup component add rustfmt clippy"
}

compiles_cxx20() {
    printf '#include <concepts>\n#include <span>\nint main() { std::span<int> s; return s.size(); }\n' |
        ${CXX:-c++} -std=c++20 -fsyntax-only -x c++ - 2>/dev/null
}

check_compiler() {
    if ! compiles_cxx20 || ! have make; then
        apt_install g++ make || true
        compiles_cxx20 || fail "no C++20 compiler: install g++ 10 or later (Debian: apt-get install g++) or set CXX"
    fi
}

# The folder that holds libclang, if any.
find_libclang() {
    local folder
    for folder in ${LIBCLANG_PATH:+"$LIBCLANG_PATH"} "$target"/libclang /usr/lib/llvm*/lib /usr/lib/*-linux-gnu \
        /usr/lib64 /usr/lib /usr/local/lib; do
        if compgen -G "$folder/libclang.so*" >/dev/null || compgen -G "$folder/libclang-[0-9]*.so*" >/dev/null; then
            echo "$folder"
            return 0
        fi
    done
    return 1
}

# A Python with the packages of tests/readers/requirements.txt and, where it is wanted, of the arguments.
make_venv() {
    local requirements=tests/readers/requirements.txt stamp
    stamp="$(cksum <"$requirements") $*"
    [ "$(cat "$target/venv/.stamp" 2>/dev/null)" = "$stamp" ] && "$target/venv/bin/python" -c '' 2>/dev/null && return 0
    have python3 || apt_install python3 python3-venv || return 1
    rm -rf "$target/venv"
    if ! python3 -m venv "$target/venv" >"$target/venv.log" 2>&1; then
        apt_install python3-venv && rm -rf "$target/venv" && python3 -m venv "$target/venv" >"$target/venv.log" 2>&1 ||
            return 1
    fi
    say "installing Python packages into $target/venv"
    "$target/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" -r "$requirements" \
        </dev/null >"$target/venv.log" 2>&1 || { tail -3 "$target/venv.log" >&2; return 1; }
    echo "$stamp" >"$target/venv/.stamp"
}

# The JavaScript packages of tests/readers/package.json.
make_node_modules() {
    local folder="$target/readers" stamp
    stamp=$(cksum <tests/readers/package-lock.json)
    [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$stamp" ] && return 0
    have node && have npm || apt_install nodejs npm || return 1
    mkdir -p "$folder" && cp tests/readers/package.json tests/readers/package-lock.json "$folder/"
    say "installing JavaScript packages into $folder"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund) </dev/null >"$target/npm.log" 2>&1 ||
        { tail -3 "$target/npm.log" >&2; return 1; }
    echo "$stamp" >"$folder/.stamp"
}

# Chromium and its driver, in which the tests open the page.
check_browser() {
    { have chromium && have chromedriver; } || apt_install chromium chromium-driver || true
    have chromium && have chromedriver && return 0
    say "no Chromium with chromedriver here: the tests that open the page in a browser are NOT run;" \
        "install them (Debian: apt-get install chromium chromium-driver)"
    return 1
}

# Puts the libclang of the Python wheel where cargo can be pointed to it.
wheel_libclang() {
    make_venv libclang || return 1
    local found
    found=$(find "$target/venv" -name 'libclang*.so*' -print -quit)
    [ -n "$found" ] || return 1
    mkdir -p "$target/libclang" && cp "$found" "$target/libclang/"
}

check_libclang() {
    if ! find_libclang >/dev/null && ! { apt_install libclang-dev && find_libclang >/dev/null; }; then
        say "no libclang on this machine; trying the wheel of that name"
        wheel_libclang || fail "RocksDB needs libclang, and neither Debian's package nor the Python wheel could be had;" \
            "install it (Debian: apt-get install libclang-dev; Fedora: dnf install clang-devel) or set LIBCLANG_PATH" \
            "to the folder of libclang.so. Without a store on disk: cargo build --release --no-default-features"
    fi
}

# RocksDB's headers include the compiler's own, which libclang finds beside itself only where clang's are installed.
has_clang_headers() {
    compgen -G "$1/clang/*/include/stddef.h" >/dev/null || compgen -G "/usr/lib*/clang/*/include/stddef.h" >/dev/null
}

write_env() {
    local folder
    folder=$(find_libclang)
    {
        [ "$folder" != "$target/libclang" ] || printf 'export LIBCLANG_PATH=%q\n' "$folder"
        if ! has_clang_headers "$folder" && [ -z "${BINDGEN_EXTRA_CLANG_ARGS:-}" ]; then
            printf 'export BINDGEN_EXTRA_CLANG_ARGS=%q\n' "-I$(${CC:-cc} -print-file-name=include)"
        fi
        if have ccache && [ -z "${CC:-}${CXX:-}" ] && have gcc && have g++; then
            printf 'export CC="ccache gcc" CXX="ccache g++"\n'
        fi
        [ -z "${browser:-}" ] || printf 'export PARKGRAPH_BROWSER=%q\n' "$browser"
        if [ "$for_what" != build ]; then
            printf 'export PARKGRAPH_PYTHON=%q\n' "$target/venv/bin/python"
            printf 'export PARKGRAPH_NODE_MODULES=%q\n' "$target/readers/node_modules"
        fi
    } >"$target/setup.env"
}

rust_needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
check_rust
check_compiler
check_libclang
[ "$for_what" = build ] || make_venv || fail "the tests need Python 3.9 or later with venv (Debian: apt-get install" \
    "python3-venv) and the packages of tests/readers/requirements.txt; see $target/venv.log"
if [ "$for_what" != build ]; then
    have dot || apt_install graphviz || fail "the tests need Graphviz (Debian: apt-get install graphviz)"
    make_node_modules || fail "the tests need Node.js 18 or later with npm (Debian: apt-get install nodejs npm) and the" \
        "packages of tests/readers/package.json; see $target/npm.log"
fi
browser=
[ "$for_what" = build ] || check_browser || browser=none
write_env
[ -e "$target/release/parkgraph" ] || say "all there; the first build compiles RocksDB and takes about 12 minutes on two cores"
