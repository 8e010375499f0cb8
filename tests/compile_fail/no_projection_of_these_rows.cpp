// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection cannot be applied to these rows; give a member of their own type
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int score;
};
struct visit {
  int pages;
};

int main() { return static_cast<int>(credence::nps(std::vector<survey>{}, &visit::pages).count); }
