// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Ten million reviews of 100,000 products: counted, scored and ranked, against a bare histogram a product and
// std::sort.

#include <credence/reviews/bayesian_average.hpp>
#include <credence/reviews/ranking.hpp>
#include <credence/reviews/rating_catalogue.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <credence/reviews/wilson_lower_bound.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "contest.hpp"
#include "reviews_inputs.hpp"

namespace {

using inputs::review;

/// z = 1.65, which the published values were found with.
constexpr double confidence = 0.950'528'531'966'351'8;

credence::bayesian_average_accumulator const bayes{{.prior_weight = 100}};
credence::wilson_lower_bound_accumulator const wilson{{.satisfied_from = 4}};
credence::star_lower_bound_accumulator const posterior{{.scale_max = 5, .confidence = confidence}};

/// The best three are published.
template <class Ranking>
void expect_best(Ranking const& found, std::array<std::uint32_t, 3> const& best) {
  if (inputs::review_count() != inputs::all_reviews) return;
  bench::expect(found[0].key == best[0] && found[1].key == best[1] && found[2].key == best[2], "the best three");
}
constexpr std::array<std::uint32_t, 3> best_by_bayes{5, 52, 67};
constexpr std::array<std::uint32_t, 3> best_by_wilson{132, 67, 208};
constexpr std::array<std::uint32_t, 3> best_by_posterior{52, 5, 67};

using histogram = std::vector<std::array<std::uint32_t, 5>>;
histogram counted() {
  histogram counts(inputs::products);
  for (review const& row : inputs::reviews()) ++counts[row.product][static_cast<std::size_t>(row.stars - 1)];
  return counts;
}
/// `score(n, Σstars, Σstars², those of four or five)` of each product, sorted.
template <class Score>
std::uint32_t best_of(histogram const& counts, Score const& score) {
  std::vector<std::pair<double, std::uint32_t>> order(counts.size());
  for (std::uint32_t product = 0; product < counts.size(); ++product) {
    auto const& own = counts[product];
    double const ratings = own[0] + own[1] + own[2] + own[3] + own[4];
    double const sum = own[0] + 2. * own[1] + 3. * own[2] + 4. * own[3] + 5. * own[4];
    double const squares = own[0] + 4. * own[1] + 9. * own[2] + 16. * own[3] + 25. * own[4];
    order[product] = {-score(ratings, sum, squares, 0. + own[3] + own[4]), product};
  }
  std::sort(order.begin(), order.end());
  return order.front().second;
}
std::uint32_t best_bayes(histogram const& counts) {
  double const sum = 43'035'940;
  return best_of(
      counts, [&](double ratings, double own, double, double) { return (100 * (sum / 1e7) + own) / (100 + ratings); });
}
std::uint32_t best_wilson(histogram const& counts) {
  return best_of(counts, [](double ratings, double, double, double good) {
    constexpr double z = 1.959963984540054;
    double const share = good / ratings;
    return (share + z * z / (2 * ratings) -
            z * std::sqrt(share * (1 - share) / ratings + z * z / (4 * ratings * ratings))) /
           (1 + z * z / ratings);
  });
}
std::uint32_t best_posterior(histogram const& counts) {
  return best_of(counts, [](double ratings, double sum, double squares, double) {
    double const mean = (sum + 15) / (ratings + 5);
    return mean - 1.65 * std::sqrt(((squares + 55) / (ratings + 5) - mean * mean) / (ratings + 6));
  });
}
void expect(std::uint32_t found, std::uint32_t known) {
  bench::expect(found == known || inputs::review_count() != inputs::all_reviews, "the best product");
}

void rank_three() {
  auto const stars = credence::rating_catalogue(inputs::reviews(), &review::product, &review::stars);
  expect_best(credence::ranking(stars, bayes), best_by_bayes);
  expect_best(credence::ranking(stars, wilson), best_by_wilson);
  expect_best(credence::ranking(stars, posterior), best_by_posterior);
}

/// Three rankings of all products, each with its intervals, against the histogram and a single sort.
bench::enter const three{{.name = "reviews/three_rankings_to_one_sort",
                          .credence = rank_three,
                          .floor = [] { expect(best_bayes(counted()), best_by_bayes[0]); },
                          .at_most = 1.3,
                          .items = inputs::review_count}};

/// Against the same three scores, each sorted.
bench::enter const three_sorts{{.name = "reviews/three_rankings_to_three_sorts",
                                .credence = rank_three,
                                .floor =
                                    [] {
                                      histogram const counts = counted();
                                      expect(best_bayes(counts), best_by_bayes[0]);
                                      expect(best_wilson(counts), best_by_wilson[0]);
                                      expect(best_posterior(counts), best_by_posterior[0]);
                                    },
                                .items = inputs::review_count}};

bench::enter const top{
    {.name = "reviews/top_100_to_one_sort",
     .credence =
         [] {
           expect_best(credence::ranking(inputs::reviews(), &review::product, &review::stars, bayes, {.top = 100}),
                       best_by_bayes);
         },
     .floor = [] { expect(best_bayes(counted()), best_by_bayes[0]); },
     .at_most = 1.3,
     .items = inputs::review_count}};

/// Keys of 64 bits that lie anywhere.
struct listed_review {
  std::uint64_t listing;
  std::int8_t stars;
};
std::vector<listed_review> const& listed() {
  static std::vector<listed_review> const kept = [] {
    std::vector<listed_review> made;
    made.reserve(inputs::review_count());
    for (review const& row : inputs::reviews())
      made.push_back({(row.product + std::uint64_t{1}) * 0x9e37'79b9'7f4a'7c15U, row.stars});
    return made;
  }();
  return kept;
}
bench::enter const hashed{{.name = "reviews/count_hashed_to_dense",
                           .credence =
                               [] {
                                 auto const stars = credence::rating_catalogue(listed(), &listed_review::listing,
                                                                               &listed_review::stars);
                                 bench::expect(stars.result().count == inputs::review_count(), "the count");
                               },
                           .floor = [] { bench::expect(counted().size() == inputs::products, "the products"); },
                           .items = inputs::review_count}};

}  // namespace
