// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this accumulator needs more than the counts of a catalogue
// at most: 20 lines
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/ranking.hpp>

int main() { credence::ranking(credence::rating_catalogue_accumulator<int>{}, credence::decayed_mean_accumulator{}); }
