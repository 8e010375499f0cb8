#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Every source names its licence and its authors; every header guards itself with the name of its path; what a workflow
# takes from elsewhere is pinned to a commit, for a tag can be moved.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

own_files '*.hpp' '*.cpp' '*.cmake' '*CMakeLists.txt' '*.sh' '*.py' '*.mjs' '*.R' '*.yml' '*.yaml' \
  '*.natvis' run .ci/run | xargs awk '
  FNR == 1 { files[++count] = FILENAME; code = 0 }
  FNR <= 4 && /SPDX-License-Identifier: BSL-1.0$/ { licensed[FILENAME] }
  FNR <= 4 && /Copyright the credence authors$/ { authored[FILENAME] }
  FILENAME ~ "^include/" && !/^\/\// && ++code <= 2 {
    guard = toupper(FILENAME)
    sub("^INCLUDE/CREDENCE/", "", guard)
    gsub("[^A-Z0-9]", "_", guard)
    if ($0 != (code == 1 ? "#ifndef" : "#define") " CREDENCE_" guard) wrong[FILENAME] = guard
  }
  END {
    for (file_number = 1; file_number <= count; ++file_number) {
      file = files[file_number]
      if (!(file in licensed)) print file " does not name its licence"
      if (!(file in authored)) print file " does not name its authors"
      if (file in wrong) print file " does not begin with the guard CREDENCE_" wrong[file]
    }
  }' >"$scratch/complaints"
own_files '.github/workflows/*' | xargs -r grep -H 'uses:' | grep -vE '@[0-9a-f]{40} # v[0-9.]+$' |
  sed 's/$/ is not pinned: write @COMMIT # VERSION/' >>"$scratch/complaints" || true

cat "$scratch/complaints"
[[ ! -s $scratch/complaints ]]
