// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is ranking([executor,] rows, key, value, accumulator, {options})
// at most: 12 lines
#include <credence/reviews/ranking.hpp>
#include <vector>

struct review {
  int product;
  int stars;
};

int main() {
  std::vector<review> const reviews{{1, 5}};
  credence::ranking(reviews, &review::product, &review::stars, {.top = 3});
}
