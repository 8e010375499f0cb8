// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a type that is not a number
// at most: 18 lines
#include <credence/survey/nps.hpp>
#include <vector>

struct answer {};

int main() { return static_cast<int>(credence::nps(std::vector<answer>{}).count); }
