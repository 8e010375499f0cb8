#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# The same work on other systems, and on credence in the same minutes: CPU seconds of one core. Needs node and npm, R
# with r-cran-survival, python3-numpy, and the benchmarks built (`./run bench`). What npm fetches goes to build/peers. A folder of
# answers is compared with those of the retention queries. usage: benchmarks/peers/run.sh [RUNS] [ANSWERS, from the root]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
runs="${1:-7}"

mkdir -p build/peers
cp benchmarks/peers/package.json benchmarks/peers/package-lock.json benchmarks/peers/*.mjs build/peers/
(cd build/peers && npm install --no-save --no-audit --no-fund >npm.log 2>&1) || { cat build/peers/npm.log; exit 1; }
"${CXX:-c++}" -std=c++20 -O2 benchmarks/peers/write_events.cpp -o build/peers/write_events

node build/peers/duckdb.mjs "$runs"
node build/peers/duckdb_reviews.mjs "$runs"
OMP_NUM_THREADS=1 /usr/bin/python3 benchmarks/peers/reviews_numpy.py "$runs"  # Debian's, with python3-numpy
build/peers/write_events | node build/peers/duckdb_retention.mjs "$runs" "${@:2:1}"
"${CXX:-c++}" -std=c++20 -O2 benchmarks/peers/write_subjects.cpp -o build/peers/write_subjects
build/peers/write_subjects | Rscript benchmarks/peers/survival.R "$runs"
# 100M rows: ns a row, divided by 10, are seconds; 10M events: ns an event, divided by 100; a million subjects: by
# 1,000.
for level in O2 O3; do
  for piece in group_by/ cohorts/ active_users/ lifecycle/ n_day_retention/ revenue/ kaplan_meier log_rank concordance/ reviews/; do
    "${CREDENCE_BENCHMARKS:-build/release-bench/benchmarks}/credence_benchmarks_$level" --pairs="$runs" --only="$piece"
  done
done
