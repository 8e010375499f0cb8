// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection does not say whether there was an answer
// at most: 18 lines
#include <credence/survey/response_rate.hpp>
#include <vector>

struct invitation {
  int stars;
};

int main() { return static_cast<int>(credence::response_rate(std::vector<invitation>{}, &invitation::stars).count); }
