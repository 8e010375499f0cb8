// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: only accumulators of one type merge
// at most: 10 lines
#include <credence/survey/nps.hpp>

namespace {
credence::nps_accumulator acc;
}

int main() { acc += 9; }
