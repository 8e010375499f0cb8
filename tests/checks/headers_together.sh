#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# All headers in several translation units make one program: nothing is defined twice, not even when the units differ
# in their build mode. usage: headers_together.sh COMPILER
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
compiler="$1"

include_all >"$scratch/all.hpp"
echo '#include "all.hpp"' | tee "$scratch/second.cpp" "$scratch/no_exceptions.cpp" >"$scratch/fast_math.cpp"
printf '#include "all.hpp"\nint main() {}\n' >"$scratch/first.cpp"
# Of options that are not set, g++ 12 at -O1 warned in the caller's code, where nothing else keeps it from inlining.
echo 'credence::share_accumulator unset() { return credence::share_accumulator({.satisfied_from = 12.5}); }' \
  >>"$scratch/second.cpp"

export compiler scratch
compile() { "$compiler" "${@:2}" -c "$scratch/$1.cpp" -o "$scratch/$1.o"; }
export -f compile
printf '%s\n' first 'second -O1' 'no_exceptions -fno-exceptions -fno-rtti' 'fast_math -O2 -ffast-math' |
  xargs -P "$(nproc)" -I '{}' bash -c 'compile $1 "${@:2}"' _ '{}' "${flags[@]}"
"$compiler" "$scratch"/*.o -o "$scratch/program"
"$scratch/program"
echo "$(headers_without_interop | wc -l) headers in four units of one program"
