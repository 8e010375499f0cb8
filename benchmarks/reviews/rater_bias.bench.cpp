// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// One debiasing pass of the published reviews, against bare loops that know that keys are small numbers from 0 on. The
// same in numpy: benchmarks/peers/reviews_numpy.py, which reads columns.

#include <credence/reviews/rater_bias.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "reviews_inputs.hpp"

namespace {

using inputs::review;

struct column_set {
  std::vector<std::uint32_t> product;
  std::vector<std::uint32_t> user;
  std::vector<std::int8_t> stars;
};
column_set const& columns() {
  static column_set const kept = [] {
    column_set made;
    for (review const& row : inputs::reviews()) {
      made.product.push_back(row.product);
      made.user.push_back(row.user);
      made.stars.push_back(row.stars);
    }
    return made;
  }();
  return kept;
}

/// Those that numpy answers too.
void expect_known(double item_bias, double rater_bias, double debiased) {
  if (inputs::review_count() != inputs::all_reviews) return;
  bench::expect(item_bias - 0.4185605619642 < 1e-12 && 0.4185605619642 - item_bias < 1e-12, "the bias of item 5");
  bench::expect(rater_bias - 0.1426790006930 < 1e-12 && 0.1426790006930 - rater_bias < 1e-12, "the bias of rater 5");
  bench::expect(debiased, 4.7224129232787, "the score of item 5");
}

void biases_of_rows() {
  auto const found = credence::rater_bias(inputs::reviews(), &review::user, &review::product, &review::stars);
  expect_known(found.item(5).bias, found.rater(5).bias, found.item(5).debiased);
}

struct tally {
  double sum = 0;
  double count = 0;
};

/// Three passes over the host's rows: nothing is copied, and nothing can be wrong with them.
template <class Size, class User, class Product, class Stars>
void bare(Size size, User const& user, Product const& product, Stars const& stars) {
  std::vector<tally> items(inputs::products);
  std::vector<tally> raters(inputs::users);
  double mean = 0;
  for (std::size_t at = 0; at < size; ++at) {
    tally& own = items[product(at)];
    own.sum += stars(at);
    ++own.count;
  }
  for (tally const& own : items) mean += own.sum;
  mean /= static_cast<double>(size);
  std::vector<double> item_bias(items.size());
  for (std::size_t at = 0; at < items.size(); ++at)
    item_bias[at] = (items[at].sum - mean * items[at].count) / (25 + items[at].count);
  for (std::size_t at = 0; at < size; ++at) {
    tally& own = raters[user(at)];
    own.sum += stars(at) - mean - item_bias[product(at)];
    ++own.count;
  }
  std::vector<double> rater_bias(raters.size());
  for (std::size_t at = 0; at < raters.size(); ++at) rater_bias[at] = raters[at].sum / (10 + raters[at].count);
  std::vector<double> debiased(items.size());
  for (std::size_t at = 0; at < size; ++at) debiased[product(at)] -= rater_bias[user(at)];
  for (std::size_t at = 0; at < items.size(); ++at)
    debiased[at] = mean + (items[at].sum - mean * items[at].count + debiased[at]) / (25 + items[at].count);
  expect_known(item_bias[5], rater_bias[5], debiased[5]);
}

bench::enter const rows{{.name = "reviews/rater_bias",
                         .credence = biases_of_rows,
                         .floor =
                             [] {
                               auto const& all = inputs::reviews();
                               bare(
                                   all.size(), [&](std::size_t at) { return all[at].user; },
                                   [&](std::size_t at) { return all[at].product; },
                                   [&](std::size_t at) { return all[at].stars; });
                             },
                         .at_most = 1.1,
                         .items = inputs::review_count}};

bench::enter const of_columns{
    {.name = "reviews/rater_bias_columns",
     .credence =
         [] {
           column_set const& all = columns();
           auto const found = credence::rater_bias(
               inputs::row_numbers(),  //
               [&](std::size_t at) { return all.user[at]; }, [&](std::size_t at) { return all.product[at]; },
               [&](std::size_t at) { return all.stars[at]; });
           expect_known(found.item(5).bias, found.rater(5).bias, found.item(5).debiased);
         },
     .floor =
         [] {
           column_set const& all = columns();
           bare(
               all.user.size(), [&](std::size_t at) { return all.user[at]; },
               [&](std::size_t at) { return all.product[at]; }, [&](std::size_t at) { return all.stars[at]; });
         },
     .at_most = 1.4,
     .items = inputs::review_count}};

}  // namespace
