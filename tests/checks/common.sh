# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Sourced by the checks: they all start from the repository's root, with messages in English.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
flags=(-std=c++20 -I include -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Werror)

# Every public header as <credence/…>; those of interop/ may need what is not installed here.
headers() { (cd include && find credence -name '*.hpp' | sort); }
headers_without_interop() { headers | grep -v '^credence/interop'; }

# All the headers, one #include a line, each twice: an include guard that does nothing is found too.
include_all() { for turn in 1 2; do headers_without_interop | sed 's/.*/#include <&>/'; done; }

# The files that belong to the repository, as git sees them.
own_files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
  if [[ -e $file ]]; then echo "$file"; fi
done; }
