#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# trust_report_options.sh TRUST_REPORT: a wrong call ends with 2 and a sentence for people on stderr; nothing is printed.
source "$(dirname "${BASH_SOURCE[0]}")/../checks/common.sh"
tool="$1"
survey=examples/data/bank.csv

# refuses PART_OF_THE_MESSAGE ARGUMENTS…
refuses() {
  local code=0
  "$tool" "${@:2}" >"$scratch/out" 2>"$scratch/message" </dev/null || code=$?
  if [[ $code != 2 || -s $scratch/out ]] || ! grep -qF -- "$1" "$scratch/message" || grep -q '::' "$scratch/message"; then
    echo "trust_report ${*:2}: ended with $code and said"
    cat "$scratch/message" "$scratch/out"
    return 1
  fi
}

printf 'score\n1\n"2\n' >"$scratch/unclosed.csv"
refuses 'no_such_file.csv cannot be opened' no_such_file.csv
refuses 'The columns are: id, branch, recommend, satisfied' "$survey" --score nope
refuses 'name it with --score' "$survey" --score -
refuses 'unclosed.csv: line 3, column 1: the quote that opens here is never closed' "$scratch/unclosed.csv"
refuses 'file is required'
refuses '--nonsense' "$survey" --nonsense
refuses 'must lie between 0 and 1' "$survey" --confidence 1
refuses 'must lie between 0 and 1' "$survey" --confidence nan
refuses 'must lie between 0 and 1' "$survey" --confidence 0
refuses 'must not descend' "$survey" --nps-scale 1,5,4,5
refuses 'must not descend' "$survey" --csat-scale 1,nan,5
refuses '--nps-scale' "$survey" --nps-scale 1,4,5
refuses '--period' "$survey" --period fortnight
refuses 'The columns are: id, branch, recommend, satisfied' "$survey" --time when

refuses 'no_such_log.csv cannot be opened' --events no_such_log.csv
refuses 'name it with --customer' --events "$survey"
refuses 'must be a date' --events examples/data/shop_orders.csv --until soon
refuses '--until' "$survey" --until 2026-07-01
refuses '--events' "$survey" --events examples/data/shop_orders.csv

"$tool" "$survey" --nps-scale 1,4,5,5 | grep -q 'NPS  *-12.55'
"$tool" "$survey" --json | python3 -c 'import json, sys; json.load(sys.stdin)'
"$tool" --events examples/data/shop_orders.csv --period week --json |
  python3 -c 'import json, sys; assert json.load(sys.stdin)["customers"] == 240'
"$tool" --help >/dev/null
