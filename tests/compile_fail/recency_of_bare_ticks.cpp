// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number, which says nothing of its unit; wrap it
// at most: 18 lines
#include <credence/inference/mean.hpp>
#include <credence/reviews/recency.hpp>
#include <cstdint>
#include <vector>

struct review {
  std::int64_t ticks;
  int stars;
};

int main() {
  auto const recent = credence::recency(&review::ticks, {.observed_until = credence::instant{}});
  return static_cast<int>(credence::mean(std::vector<review>{}, &review::stars, recent).count);
}
