#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# The sources are as clang-format leaves them; "format.sh --fix" makes them so. Other versions of it lay out some lines
# in another way, so only the one that the project uses is asked.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
wanted=14

for candidate in clang-format-$wanted clang-format; do
  if command -v "$candidate" >/dev/null && [[ "$("$candidate" --version)" =~ version\ $wanted\. ]]; then
    if [[ ${1:-} == --fix ]]; then
      own_files '*.hpp' '*.cpp' | xargs "$candidate" --style=file -i
      exit 0
    fi
    own_files '*.hpp' '*.cpp' | xargs -P "$(nproc)" -n 8 "$candidate" --style=file --dry-run 2>"$scratch/differences" || true
    sed -n 's/: warning:.*//p' "$scratch/differences"
    [[ ! -s $scratch/differences ]] && exit 0
    echo "these lines are laid out in another way: ./run format"
    exit 1
  fi
done
echo "skipped: clang-format $wanted is not installed"
exit 77
