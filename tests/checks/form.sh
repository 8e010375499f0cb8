#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# Every source names its licence and its authors; every header guards itself with the name of its path.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

own_files '*.hpp' '*.cpp' '*.cmake' '*CMakeLists.txt' '*.sh' '*.py' '*.mjs' run .ci/run | xargs awk '
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

cat "$scratch/complaints"
[[ ! -s $scratch/complaints ]]
