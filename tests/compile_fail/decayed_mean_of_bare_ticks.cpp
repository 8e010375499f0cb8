// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number, which says nothing of its unit; wrap it
// at most: 22 lines
#include <credence/reviews/decayed_mean.hpp>
#include <cstdint>
#include <vector>

struct review {
  std::int64_t ticks;
  int stars;
};

int main() {
  return static_cast<int>(credence::decayed_mean(std::vector<review>{}, &review::ticks, &review::stars).count);
}
