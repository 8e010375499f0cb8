#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A machine of 32 bits, where `long`, pointers and sizes are half as wide: all headers, and sources that make use of
# them, without a warning. usage: bits_32.sh COMPILER SOURCES…
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
compiler="$1"

# Debian's headers for the kernel lie in the folder of the machine's own architecture only.
own="$("$compiler" -print-multiarch 2>/dev/null || true)"
narrow=(-m32)
if [[ -n $own ]]; then narrow+=(-idirafter "/usr/include/$own"); fi
printf '#include <cerrno>\n#include <vector>\nstatic_assert(sizeof(void*) == 4);\n' >"$scratch/there.cpp"
if ! "$compiler" "${flags[@]}" "${narrow[@]}" -fsyntax-only "$scratch/there.cpp" 2>"$scratch/missing"; then
  echo "skipped: $compiler finds no headers for 32 bits: $(head -n 1 "$scratch/missing")"
  exit 77
fi

include_all >"$scratch/all.cpp"
for source in "$scratch/all.cpp" "${@:2}"; do
  "$compiler" "${flags[@]}" -I tests "${narrow[@]}" -fsyntax-only "$source"
done
echo "$(headers_without_interop | wc -l) headers and $(($# - 1)) sources"
