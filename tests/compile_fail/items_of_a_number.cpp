// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns no range of answers
// at most: 18 lines
#include <credence/survey/trust_index.hpp>
#include <vector>

struct respondent {
  int trust;
};

int main() { return static_cast<int>(credence::trust_index(std::vector<respondent>{}, &respondent::trust).count); }
