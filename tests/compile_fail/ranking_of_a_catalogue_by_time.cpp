// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this accumulator needs more than the counts of a catalogue
// at most: 20 lines
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/ranking.hpp>
#include <vector>

struct review {
  int product;
  int stars;
};

int main() {
  std::vector<review> const reviews{{1, 5}};
  credence::ranking(credence::rating_catalogue(reviews, &review::product, &review::stars),
                    credence::decayed_mean_accumulator{});
}
