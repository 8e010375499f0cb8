#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# What a user pays for each public header: the lines that the compiler reads are held to ceilings, and the table of
# docs/explanation/performance.md to the lines. usage: compile_cost.sh COMPILER
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
if ! command -v python3 >/dev/null; then
  echo "skipped: there is no python3"
  exit 77
fi
python3 benchmarks/compile_cost.py --check "$1"
