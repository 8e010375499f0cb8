// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// flags: -std=c++17 -Wfatal-errors
// expect: credence needs C++20: compile with -std=c++20 or later
// at most: 10 lines
#include <credence/survey/nps.hpp>

int main() { return credence::nps_accumulator{}.valid(); }
