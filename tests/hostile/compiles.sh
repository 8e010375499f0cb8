#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A hostile source compiles, where running it would tell nothing more. usage: compiles.sh CMAKE COMPILER SOURCE [FLAGS…]
source "$(dirname "${BASH_SOURCE[0]}")/../checks/common.sh"

for names in called_names public_names; do
  "$1" -D HEADERS="$PWD/include" -D OUT="$scratch/$names.inc" -P "tests/hostile/$names.cmake"
done
"$2" "${flags[@]}" -I "$scratch" "${@:4}" -fsyntax-only "tests/hostile/$3.cpp"
echo "$3.cpp compiles"
