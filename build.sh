#!/usr/bin/env bash
# Everything one does with Unisson: ./build.sh help
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

help() {
  cat <<'EOF'
./build.sh COMMAND

  run [OPTION…]   builds what changed, then serves Unisson on http://localhost:8080 (options go to `unisson serve`)
  build           builds the page, the wasm modules and the program: ./unisson holds all of it
  test            every test, in about half an hour on two cores: format, vet, Go, races, short fuzzing, the core as wasm
                  under Node, the page's units, the page in Chromium
  dev [OPTION…]   serves, and builds again whenever a source changes
  bench           measures sizes and speeds, asks Lighthouse about the landing, and puts all of it beside the figures to reach
  bench sync      drives live boards beside two other servers, where the load driver is at hand (../shared/bench)
  picture         makes the picture of the README from a sample board
  golden          rewrites the expected outputs of the tests; read the diff before you keep it
  soak [MINUTES]  what is too long for every day: long fuzzing, thousands of histories of real Yjs clients, ten thousand joins,
                  a hundred kills, repeated races, repeated browser runs (fuzzing takes two thirds of these minutes, 30)
  new rule NAME   lays out a rule of the catalogue: its file, its cases, its texts
  help            this

It needs Go 1.26 or later, Node 20 or later with npm, and for the browser tests Chromium. It stops at the first failure.
EOF
}

# ---------- what must be there ----------

stop() {
  printf 'build.sh: %s\n' "$1" >&2
  exit 1
}

# at_least HAVE WANT: compares versions
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

need_go() {
  command -v go >/dev/null || stop 'Go is missing. Install Go 1.26 or later from https://go.dev/dl and put it on the PATH.'
  local have
  have=$(go env GOVERSION)
  at_least "${have#go}" 1.26 || stop "Go 1.26 or later is needed, this is ${have#go}. Install it from https://go.dev/dl."
}

need_node() {
  command -v node >/dev/null || stop 'Node is missing. Install Node 20 or later: https://nodejs.org, or apt-get install nodejs npm.'
  at_least "$(node --version | tr -d v)" 20 || stop "Node 20 or later is needed, this is $(node --version). See https://nodejs.org."
  command -v npm >/dev/null || stop 'npm is missing. It comes with Node from https://nodejs.org, or as apt-get install npm.'
}

# Sets CHROMIUM. A browser is only ever taken from the system or from Debian's packages.
need_browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      return
    fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Chromium is missing; installing it with apt-get.'
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null ||
      stop 'apt-get could not install Chromium. Install it by hand, or name a browser in the variable CHROMIUM.'
    need_browser
    return
  fi
  stop 'Chromium is missing. Install it (sudo apt-get install chromium), or name a browser in the variable CHROMIUM.'
}

# ---------- building ----------

# The page's packages, when the lockfile or Node is another than last time.
packages() {
  local stamp=static/node_modules/.unisson want
  want="$(node --version) $(cksum static/package.json static/package-lock.json)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && return
  echo 'Installing the page’s packages (npm ci).'
  (cd static && npm ci --no-audit --no-fund --loglevel=error) ||
    stop 'npm ci failed: the message above says why. It needs the npm registry, once.'
  printf '%s' "$want" >"$stamp"
}

page_inputs=(core wasm static/src static/public static/samples static/build static/build.mjs static/package-lock.json go.mod go.sum)

# The page and its wasm, when a source is newer than the last build, or the tools are others.
page() {
  local stamp=static/.build/page want present=() p
  want="$(go env GOVERSION) $(node --version)"
  for p in "${page_inputs[@]}"; do [ -e "$p" ] && present+=("$p"); done
  # A page of ./build.sh dev is neither minified nor packed: its list names no brotli.
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && grep -qs '"br"' static/dist/assets.json &&
    [ -z "$(find "${present[@]}" ! -name '*_test.go' -newer "$stamp" -print -quit)" ]; then
    return
  fi
  mkdir -p static/.build
  : >"$stamp.new" # a source that changes while we build is newer than this
  node static/build.mjs || stop 'the page could not be built: the message above says why.'
  printf '%s' "$want" >"$stamp"
  touch -r "$stamp.new" "$stamp"
  rm "$stamp.new"
}

revision() {
  local r
  r=$(git rev-parse --short=12 HEAD 2>/dev/null) || { echo devel; return; }
  git diff --quiet HEAD 2>/dev/null || r+=+
  echo "$r"
}

program() {
  go build -trimpath -ldflags "-s -w -X unisson/server/cli.revision=$(revision)" -o unisson ./server ||
    stop 'the program does not compile: the message above says where.'
}

build() {
  need_go
  need_node
  packages
  page
  program
}

run() {
  build
  exec ./unisson serve "$@"
}

# Builds again on each change: the page by its own watcher, the program here. The list of the page is its last file to
# be written, so it alone tells that a page is whole.
dev() {
  need_go
  need_node
  packages
  local server='' watcher mark
  mark=$(mktemp)
  node static/build.mjs --watch &
  watcher=$!
  trap 'kill $watcher $server 2>/dev/null; rm -f "$mark"; exit 0' INT TERM EXIT
  while kill -0 "$watcher" 2>/dev/null; do
    if [ -f static/dist/assets.json ] &&
      { [ -z "$server" ] || [ -n "$(find core server static/dist/assets.json go.mod \( -name '*.go' -o -name '*.json' -o -name go.mod \) -newer "$mark" -print -quit)" ]; }; then
      touch "$mark"
      if go build -o unisson ./server; then
        if [ -n "$server" ]; then
          kill "$server" 2>/dev/null || true
          wait "$server" 2>/dev/null || true
        fi
        ./unisson serve "$@" &
        server=$!
      fi
    fi
    sleep 0.5
  done
  stop 'the page’s watcher ended.'
}

# ---------- testing ----------

passed=0

# step NAME COMMAND…: one part of the tests. The first that fails ends the run.
step() {
  local name=$1 start=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  # In a shell of its own and outside any condition, where a failing line would not end a function.
  set +e
  ( set -e; "$@" )
  local status=$?
  set -e
  if [ $status = 0 ]; then
    passed=$((passed + 1))
    printf -- '-- %s: %d s\n' "$name" $((SECONDS - start))
  else
    printf '\nbuild.sh: “%s” failed; the messages above say where.\n%d passed, 1 failed\n' "$name" "$passed" >&2
    exit 1
  fi
}

# go_dirs: the folders with Go files, without what npm brings.
go_dirs() { find . \( -name node_modules -o -name '.?*' \) -prune -o -name '*.go' -print; }

format() {
  local wrong
  wrong=$(go_dirs | xargs gofmt -l)
  [ -z "$wrong" ] || stop "these files are not formatted (gofmt -w): $wrong"
}

vet() {
  go vet ./...
  GOOS=js GOARCH=wasm go vet ./core/... ./wasm/...
  go mod verify >/dev/null
}

races() {
  if [ "$(go env CGO_ENABLED)" = 1 ] && command -v "$(go env CC)" >/dev/null; then
    go test -race "$@" ./server/... ./core/texts
  else
    echo 'Left out: the race detector needs a C compiler (apt-get install gcc).'
  fi
}

# fuzz SECONDS: each target for that long.
fuzz() {
  local seconds=$1 package target out
  out=$(mktemp)
  while read -r package; do
    for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
      echo "$package $target"
      if ! go test -run '^$' -fuzz "^$target\$" -fuzztime "${seconds}s" "$package" >"$out" 2>&1; then
        # The end of the time can be taken for a failure (golang/go#75804, mended in Go 1.27). A true one names its input.
        if grep -q 'context deadline exceeded' "$out" && ! grep -q 'Failing input written' "$out"; then continue; fi
        cat "$out"
        rm -f "$out"
        return 1
      fi
    done
  done < <(go_dirs | xargs grep -l '^func Fuzz' | xargs -r -n 1 dirname | sort -u)
  rm -f "$out"
}

# The same tests, compiled to wasm. The environment is cut down: wasm_exec takes no more than 12 KB of it.
core_as_wasm() {
  GOOS=js GOARCH=wasm go test -vet=off "$@" -exec "env -i PATH=$PATH HOME=$HOME $(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./core/...
}

units() { npm --prefix static --silent test; }

browser() { npm --prefix static --silent run browser; }

tests() {
  need_go
  need_node
  need_browser
  packages
  step 'format' format
  step 'build' build
  step 'vet' vet
  step 'Go tests' go test ./...
  step 'races' races
  step 'fuzzing, 5 s a target' fuzz "${FUZZ_SECONDS:-5}"
  step 'the core as wasm' core_as_wasm
  step 'the page: types and units' units
  step 'the page in Chromium' browser
  printf '\n%d passed, 0 failed\n' "$passed"
}

soak() {
  local minutes=${1:-30} targets
  [[ $minutes =~ ^[0-9]+$ ]] || stop 'soak takes a number of minutes: ./build.sh soak 60'
  need_go
  need_node
  need_browser
  build
  targets=$(go_dirs | xargs grep -h '^func Fuzz' | wc -l)
  step 'long fuzzing' fuzz $((minutes * 60 * 2 / 3 / (targets > 0 ? targets : 1) + 1))
  step 'histories by the thousand' go test -timeout 60m ./server/yupdate ./server/ydoc -histories 2000
  step 'real clients by the thousand, ten thousand joins' go test -timeout 60m -run 'TestYjs|TestManyJoins' ./server/live -histories 2000 -joins 10000
  step 'killed a hundred times' go test -timeout 60m -run TestKilledWhilePeopleWrite ./server/cli -kills 100
  step 'races, ten times' races -count=10
  step 'Go tests, ten times' go test -count=10 ./core/... ./server/...
  step 'the core as wasm, three times' core_as_wasm -count=3
  for _ in 1 2 3 4 5; do step 'the page in Chromium' browser; done
  printf '\n%d passed, 0 failed\n' "$passed"
}

bench() {
  build
  if [ "${1:-}" = sync ]; then
    node static/bench/sync.mjs "${@:2}"
    return
  fi
  need_browser
  [ -d static/bench/node_modules/lighthouse ] || (cd static/bench && npm ci --no-audit --no-fund --loglevel=error) ||
    stop 'npm ci failed in static/bench: the message above says why. It needs the npm registry, once.'
  go test -run '^$' -bench . -benchmem ./core/... ./server/... | grep -v -e '^ok' -e '^PASS' -e 'no test files' || true
  node static/bench/bench.mjs
}

picture() {
  build
  need_browser
  node static/test/run.mjs picture
}

# Packages whose tests have a flag -update rewrite what they expect.
golden() {
  need_go
  local package
  while read -r package; do
    go test "$package" -update || stop "the expected outputs of $package could not be rewritten."
  done < <(go_dirs | xargs grep -lE 'flag\.Bool\("update"' | xargs -r -n 1 dirname | sort -u)
  # The mirror, the graph and the timeline of the sample boards, as the page draws them.
  build
  need_browser
  UNISSON_GOLDEN=update node static/test/run.mjs browser pictures || stop 'the expected pictures could not be rewritten.'
  git --no-pager diff --stat -- '*/testdata/*' 2>/dev/null || true
}

new() {
  [ "${1:-}" = rule ] || stop 'new lays out rules: ./build.sh new rule NAME'
  need_node
  node core/rules/new.mjs "${2:-}"
}

case "${1:-help}" in
  test) tests ;;
  run | build | dev | bench | picture | golden | soak | new) "$@" ;;
  help | -h | --help) help ;;
  *)
    help >&2
    stop "there is no command “$1”."
    ;;
esac
