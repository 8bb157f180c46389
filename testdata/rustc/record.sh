#!/bin/sh
# Records what rustc says of each program here: `x.json` in ASCII,
# `x.unicode.json` with box drawing characters, `x.ansi.json` in colour. The explanations of error codes
# are long and not read by anything, so they are left out.
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
for program in *.rs; do
  stem=${program%.rs}
  edition=$(sed -n 's|^// edition:||p' "$program")
  for theme in ascii unicode ansi; do
    case $theme in
      ascii) target=$stem.json json= ;;
      unicode) target=$stem.unicode.json json=--json=diagnostic-unicode ;;
      ansi) target=$stem.ansi.json json=--json=diagnostic-rendered-ansi ;;
    esac
    rustc --edition "${edition:-2024}" --crate-type lib --emit=metadata --out-dir "$out" \
      --error-format=json $json "$program" 2>"$out/messages" || true
    sed 's/"explanation":"\([^"\\]\|\\.\)*"/"explanation":null/' "$out/messages" >"$target"
  done
done
