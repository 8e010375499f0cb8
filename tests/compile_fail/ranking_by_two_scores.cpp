// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: items are ranked by one number each
// at most: 20 lines
#include <credence/core/tee.hpp>
#include <credence/reviews/ranking.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <vector>

struct review {
  int product, stars;
};

int main() {
  credence::ranking(std::vector<review>{}, &review::product, &review::stars,
                    credence::tee(credence::star_lower_bound_accumulator{}, credence::star_lower_bound_accumulator{}));
}
