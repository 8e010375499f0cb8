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

# lacks EXPRESSION: what was written last does not say it. ("! grep" alone would end nothing under set -e.)
lacks() {
  if grep -E -- "$1" "$scratch/out"; then return 1; fi
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
refuses 'name it with --start' --subscriptions "$survey" --customer id
refuses '--amount' --events examples/data/shop_orders.csv --amount amount
refuses '--amount' "$survey" --amount satisfied
refuses '--events' --subscriptions examples/data/shop_subscriptions.csv --events examples/data/shop_orders.csv
refuses '--events' "$survey" --events examples/data/shop_orders.csv
refuses 'no_such_reviews.csv cannot be opened' --reviews no_such_reviews.csv
refuses 'name it with --item. The columns are: id, branch, recommend, satisfied' --reviews "$survey"
refuses 'name it with --stars' --reviews examples/data/shop_orders.csv --item customer
refuses '--scale' --reviews examples/data/shop_reviews.csv --scale 16
refuses '--top' --reviews examples/data/shop_reviews.csv --top 0
refuses '--item' "$survey" --item branch
refuses '--rater' --events examples/data/shop_orders.csv --rater customer
refuses '--customer' --reviews examples/data/shop_reviews.csv --customer customer
refuses '--reviews' "$survey" --reviews examples/data/shop_reviews.csv
refuses '--top' --events examples/data/shop_orders.csv --top 3
refuses 'no_such_orders.csv cannot be opened' --orders no_such_orders.csv
refuses 'name it with --customer. The columns are: id, branch, recommend, satisfied' --orders "$survey"
refuses 'name it with --time' --orders "$survey" --customer id
refuses 'name it with --amount, - for none' --orders examples/data/shop_reviews.csv
refuses '"amuont"; did you mean "amount"?' --orders examples/data/shop_purchases.csv --amount amuont
refuses '--margin' --orders examples/data/shop_purchases.csv --margin 30
refuses '--margin' --orders examples/data/shop_purchases.csv --margin 0
refuses '--discount' --orders examples/data/shop_purchases.csv --discount -0.1
refuses '--discount' --orders examples/data/shop_purchases.csv --discount nan
refuses '--margin' --events examples/data/shop_orders.csv --margin 0.3
refuses '--discount' "$survey" --discount 0.1
refuses '--orders' "$survey" --orders examples/data/shop_purchases.csv
refuses '--orders' --reviews examples/data/shop_reviews.csv --orders examples/data/shop_purchases.csv
refuses '--item' --orders examples/data/shop_purchases.csv --item customer

"$tool" "$survey" --nps-scale 1,4,5,5 | grep -q 'NPS  *-12.55'
"$tool" "$survey" --json | python3 -c 'import json, sys; json.load(sys.stdin)'
"$tool" --events examples/data/shop_orders.csv --period week --json |
  python3 -c 'import json, sys; assert json.load(sys.stdin)["customers"] == 240'
subscriptions=(--subscriptions examples/data/shop_subscriptions.csv --until 2026-07-01)
"$tool" "${subscriptions[@]}" --json | python3 -c '
import json, sys
made = json.load(sys.stdin)
assert made["customers"] == 260 and len(made["churn"]["periods"]) == 18 and len(made["tenure"]) == 4
for own in made["revenue"]["periods"]:
    gained = own["new_business"] + own["expansion"] + own["reactivation"] - own["contraction"] - own["churn"]
    assert own["opening"] + gained == own["closing"]'
"$tool" "${subscriptions[@]}" --amount - --reason - --by - >"$scratch/out"
lacks 'REVENUE|WHY'
printf 'customer,start,end\n1,2026-01-01,soon\n2,2026-02-01,2026-01-01\n,2026-01-01,\n3,2026-01-05,\n' >"$scratch/odd.csv"
"$tool" --subscriptions "$scratch/odd.csv" --until 2026-03-01 >"$scratch/out"
grep -qF '3 rows are left out' "$scratch/out" && grep -qF '"soon"' "$scratch/out"
reviews=(--reviews examples/data/shop_reviews.csv --until 2026-07-01)
"$tool" "${reviews[@]}" --json | python3 -c '
import json, sys
made = json.load(sys.stdin)
assert len(made["items"]) == 40 and len(made["over_time"]["periods"]) == 12 and made["raters"]["raters"] == 330
assert made["stars"]["count"] + sum(made["file"]["left_out"].values()) == made["file"]["rows"] == 2000'
"$tool" "${reviews[@]}" --time - --rater - --top 3 >"$scratch/out"
lacks 'BY month|OF LATE|RATERS'
"$tool" --reviews examples/data/shop_reviews.csv >"$scratch/out"
grep -qF 'of the future' "$scratch/out"
orders=(--orders examples/data/shop_purchases.csv --until 2026-07-01)
"$tool" "${orders[@]}" --margin 0.3 --discount 0 --json | python3 -c '
import json, sys
made = json.load(sys.stdin)
orders = made["orders"]
used = orders["count"] + orders["returned"] + orders["after_end"] + orders["rejected"]
assert used + sum(made["file"]["left_out"].values()) == made["file"]["rows"]
assert sum(own["customers"] for own in made["segments"]) == made["customers"]
chosen = made["purchase_models"][0]
assert chosen["chosen"] and chosen["status"] == "converged" and chosen["aic"] == min(own["aic"] for own in made["purchase_models"])
value = made["value"]["at_risk"]
assert abs(sum(own["value"] for own in made["segments"]) / value["total"] - 1) < 1e-9
assert len(made["value"]["customers"]) == 10 and made["holdout"]["score"]["count"] > 0'
"$tool" "${orders[@]}" --amount - --top 3 >"$scratch/out"
lacks 'revenue|SPEND|KEEPING'
"$tool" "${orders[@]}" --margin 0.3 --top 3 >"$scratch/out"
grep -qF 'at a margin of 30 %' "$scratch/out"
# Orders of customers who never come back are no reason to say nothing.
printf 'customer,date,amount\n1,2026-01-01,5\n2,2026-02-01,7\n3,2026-03-01,7\n' >"$scratch/once.csv"
"$tool" --orders "$scratch/once.csv" --until 2026-07-01 >"$scratch/out"
grep -qF 'no customer bought again' "$scratch/out"
grep -qF 'WHO THEY ARE' "$scratch/out"
"$tool" --help >/dev/null
