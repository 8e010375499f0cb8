// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is ranking([executor,] rows, key, value, accumulator, {options})
// at most: 20 lines
#include <credence/reviews/ranking.hpp>
#include <vector>

struct review {
  int product, stars;
};

int main() { credence::ranking(std::vector<review>{}, &review::product, &review::stars); }
