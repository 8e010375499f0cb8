// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/survey/nps.hpp>
#include <vector>

int main() {
  std::vector<int> const scores{10, 9, 8, 3};
  return credence::nps(scores).value == 25.0 ? 0 : 1;
}
