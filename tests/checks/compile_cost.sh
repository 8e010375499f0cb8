#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors

# What a user pays for one metric: the lines that the compiler reads are held to a ceiling, the time is only told,
# for it depends on the machine. usage: compile_cost.sh COMPILER
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
compiler="$1"
ceiling=80000

cat >"$scratch/one_call.cpp" <<'CODE'
#include <credence/survey/nps.hpp>
#include <vector>
struct survey { int score; };
double one_call(std::vector<survey> const& surveys) { return credence::nps(surveys, &survey::score).value; }
CODE
lines="$("$compiler" -std=c++20 -I include -E "$scratch/one_call.cpp" | wc -l)"
TIMEFORMAT='%U s of CPU at -O2'
time "$compiler" -std=c++20 -I include -O2 -c "$scratch/one_call.cpp" -o "$scratch/one_call.o"
echo "$lines preprocessed lines, at most $ceiling are allowed"
((lines <= ceiling))
