#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Every header compiles as the first and only include of a file. usage: headers_alone.sh COMPILER
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
compiler="$1"

# A header of interop/ is opt-in: it is left out, aloud, where the library it adapts is not installed.
headers | while read -r header; do
  if [[ $header == credence/interop/* ]] && ! echo "#include <$header>" |
     "$compiler" -x c++ "${flags[@]}" -M - >/dev/null 2>"$scratch/missing" && ! grep -q "credence/.*file" "$scratch/missing"; then
    echo "left out: $(head -n 1 "$scratch/missing")" >&2
  else
    echo "$header"
  fi
done >"$scratch/headers"

export compiler scratch
compile() {
  local said="$scratch/${1//\//.}"
  if ! echo "#include <$1>" | "$compiler" -x c++ "${@:2}" -fsyntax-only - 2>"$said"; then
    head -n 20 "$said"
    echo "$1 does not stand alone"
    return 1
  fi
}
export -f compile
xargs -P "$(nproc)" -I '{}' bash -c 'compile "$@"' _ '{}' "${flags[@]}" <"$scratch/headers"
echo "$(wc -l <"$scratch/headers") headers stand alone"
