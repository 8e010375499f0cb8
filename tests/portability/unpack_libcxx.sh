#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Debian's libc++ beside the machine's own compilers: its packages of one version refuse those of another, so they are
# unpacked into a folder and not installed. usage: unpack_libcxx.sh VERSION FOLDER
set -euo pipefail
version="$1"
folder="$2"

if [[ -e $folder/unpacked-$version ]]; then exit 0; fi
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
apt-get download "libc++-$version-dev" "libc++1-$version" "libc++abi-$version-dev" "libc++abi1-$version" \
  "libunwind-$version" "libunwind-$version-dev"
for package in ./*.deb; do dpkg -x "$package" .; done
rm ./*.deb
touch "unpacked-$version"
