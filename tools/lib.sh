# Shared by the shell tools: where things are, how to say a step, how to build.
# Sourced, never run; expects bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# A toolchain that rustup installed is found even where no profile was read.
export PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

say() { printf '%s\n' "$*"; }

has() { command -v "$1" >/dev/null 2>&1; }

has_rust() { has cargo && has rustc && rustc --version >/dev/null 2>&1; }

# build <folder> <cmake arguments..>: configures when needed and builds, quietly
# unless it fails.
build() {
  local folder=$root/$1 log launcher=()
  shift
  if has ccache; then
    launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  mkdir -p "$folder"
  log=$folder/build.log
  if ! { cmake -G Ninja -S "$root" -B "$folder" "${launcher[@]}" "$@" &&
    cmake --build "$folder"; } >"$log" 2>&1; then
    grep -E 'error|FAILED|CMake Error' -A 5 "$log" | head -60
    say "the build failed; all of its output is in $log"
    return 1
  fi
}

# What users run.
build_release() {
  build build -DCMAKE_BUILD_TYPE=Release -DJAA_TESTS=OFF \
    -DCMAKE_C_COMPILER=gcc -DCMAKE_CXX_COMPILER=g++
}

# What developers run: assertions, sanitizers and the tests.
build_developer() {
  build build-dev -DCMAKE_BUILD_TYPE=Debug -DJAA_TESTS=ON \
    -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19
}
