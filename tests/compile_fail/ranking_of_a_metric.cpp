// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the metric itself stands where its accumulator is meant
// at most: 20 lines
#include <credence/reviews/ranking.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <vector>

struct review {
  int product;
  int stars;
};

int main() {
  std::vector<review> const reviews{{1, 5}};
  credence::ranking(reviews, &review::product, &review::stars, credence::star_lower_bound);
}
