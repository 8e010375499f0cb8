#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# A stranger's project uses credence in each way the README offers: installed (and moved after that), by its own
# add_subdirectory, and through pkg-config. usage: consumer.sh BUILD_TREE COMPILER GENERATOR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
tree="$1"
compiler="$2"
generator="$3"
prefix="$scratch/a prefix, moved"

cmake --install "$tree" --prefix "$scratch/first" >"$scratch/log"
mv "$scratch/first" "$prefix"
if [[ "$(ls "$prefix" | tr '\n' ' ')" != "include share " ]]; then
  echo "more than headers and text is installed: $(ls "$prefix")"
  exit 1
fi

consume() {  # NAME CMAKE_ARGUMENTS…
  cmake -S tests/consumer -B "$scratch/$1" -G "$generator" -DCMAKE_CXX_COMPILER="$compiler" "${@:2}" >"$scratch/log" ||
    { cat "$scratch/log"; exit 1; }
  cmake --build "$scratch/$1" >"$scratch/log" || { cat "$scratch/log"; exit 1; }
  "$scratch/$1/consumer"
  echo "works: $1"
}
consume installed -DCMAKE_PREFIX_PATH="$prefix"
consume subdirectory -DCREDENCE_FOLDER="$PWD"

if command -v pkg-config >/dev/null; then
  # The path has a blank in it, which pkg-config escapes for a shell to read.
  eval "$compiler -std=c++20 tests/consumer/main.cpp -o '$scratch/consumer' \
    $(PKG_CONFIG_PATH="$prefix/share/pkgconfig" pkg-config --cflags 'credence >= 0.1')"
  "$scratch/consumer"
  echo "works: pkg-config"
fi
