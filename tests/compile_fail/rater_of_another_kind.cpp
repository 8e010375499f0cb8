// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this key is of another kind than those of the rows
// at most: 20 lines
#include <credence/reviews/rater_bias.hpp>
#include <vector>

struct review {
  int user;
  int product;
  int stars;
};

int main() {
  std::vector<review> const reviews;
  auto const bias = credence::rater_bias(reviews, &review::user, &review::product, &review::stars);
  return bias.rater("ann") ? 0 : 1;
}
