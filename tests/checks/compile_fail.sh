#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A wrong call must be refused, in words and in few of them. usage: compile_fail.sh COMPILER CASE.cpp
# The case says what to find: "// expect: TEXT" in the first line with an error; "// mentions: TEXT" anywhere, where only
# the compiler can speak; "// at most: LINES" of output; "// flags: FLAGS" beside our own.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
compiler="$1"
case="$2"

said() { sed -n "s|^// $1: *||p" "$case" | head -n 1; }
expected="$(said expect)"
mentioned="$(said mentions)"
limit="$(said 'at most' | grep -o '^[0-9]*' || true)"
read -r -a more_flags <<<"$(said flags)"
if [[ -z $expected || -z $limit ]]; then
  echo "$case does not say what to expect and how many lines at most"
  exit 1
fi

if "$compiler" -std=c++20 -I include -fsyntax-only "${more_flags[@]}" "$case" 2>"$scratch/output"; then
  echo "it compiles"
  exit 1
fi
cat "$scratch/output"
lines="$(wc -l <"$scratch/output")"
error="$(grep -m 1 'error:' "$scratch/output" || true)"
if [[ $error != *"$expected"* ]]; then
  echo "the first error does not say: $expected"
  exit 1
fi
if ! grep -qF -- "$mentioned" "$scratch/output"; then
  echo "nowhere is there: $mentioned"
  exit 1
fi
if ((lines > limit)); then
  echo "$lines lines, at most $limit are allowed"
  exit 1
fi
