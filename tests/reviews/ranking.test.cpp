// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/core/group_by.hpp>
#include <credence/core/time.hpp>
#include <credence/inference/mean.hpp>
#include <credence/reviews/bayesian_average.hpp>
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/ranking.hpp>
#include <credence/reviews/shrunk_rating.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <credence/reviews/star_summary.hpp>
#include <credence/reviews/wilson_lower_bound.hpp>
#include <credence/survey/nps.hpp>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"

namespace test_ranking {

using credence::bayesian_average_accumulator;
using credence::ranking;
using credence::star_lower_bound_accumulator;
using credence::wilson_lower_bound_accumulator;

struct review {
  int product;
  int stars;
  double weight;
  std::optional<int> asked;  ///< the stars again, in a type that is not counted
};

std::vector<review> reviews() {
  std::mt19937 random(11);
  std::vector<review> rows;
  for (int at = 0; at < 20'000; ++at) {
    int const product = static_cast<int>(random() % 30 * (random() % 30)) - 5;
    int const stars = static_cast<int>(random() % 7);  // 0 and 6 are off the scale of most
    rows.push_back({product, stars, static_cast<double>(random() % 4) / 2, stars});
  }
  return rows;
}

/// Are both rankings the same but for rounding?
template <class One, class Other>
void expect_alike(One const& one, Other const& other) {
  CHECK(one.catalogue == other.catalogue);
  CHECK(one.count == other.count);
  CHECK(one.rejections == other.rejections);
  REQUIRE(one.size() == other.size());
  for (std::size_t at = 0; at < one.size(); ++at) {
    CHECK(one[at].key == other[at].key);
    CHECK(one[at].count == other[at].count);
    CHECK(std::isnan(one[at].score) == std::isnan(other[at].score));
    if (!std::isnan(one[at].score)) CHECK(one[at].score == doctest::Approx(other[at].score).epsilon(1e-13));
    CHECK((one[at].mean == doctest::Approx(other[at].mean).epsilon(1e-13) ||
           (std::isnan(one[at].mean) && std::isnan(other[at].mean))));
    if (std::isnan(other[at].interval.lower)) {
      CHECK(std::isnan(one[at].interval.lower));
    } else {
      CHECK(one[at].interval.confidence == other[at].interval.confidence);
      CHECK(one[at].interval.lower == doctest::Approx(other[at].interval.lower).epsilon(1e-13));
      CHECK(one[at].interval.upper == doctest::Approx(other[at].interval.upper).epsilon(1e-13));
    }
  }
}

TEST_CASE("ranking: what is counted and what is accumulated rank alike") {
  auto const rows = reviews();
  auto const both = [&](auto const& scorer, credence::ranking_options const& options) {
    // What may be missing is accumulated, plain whole numbers are counted.
    auto const counted = ranking(rows, &review::product, &review::stars, scorer, options);
    expect_alike(counted, ranking(rows, &review::product, &review::asked, scorer, options));
    return counted;
  };
  for (std::optional<credence::whole> const top :
       {std::optional<credence::whole>(), std::optional<credence::whole>(7)}) {
    both(star_lower_bound_accumulator{{.scale_max = 5}}, {.top = top});
    both(wilson_lower_bound_accumulator{{.satisfied_from = 4, .scale_min = 1, .scale_max = 5}}, {.top = top});
    both(credence::shrunk_rating_accumulator{{.satisfied_from = 4}}, {.top = top});
    both(bayesian_average_accumulator{{.scale_min = 1, .scale_max = 5}}, {.top = top});
    both(bayesian_average_accumulator{{.prior_mean = 3, .prior_weight = 20, .deviation = 1}}, {.top = top});
    both(bayesian_average_accumulator{{.confidence = .8}}, {.top = top,
                                                            .prior_mean = credence::catalogue_mean::items,
                                                            .prior_weight = credence::catalogue_weight::median_count});
  }
  auto const top = both(star_lower_bound_accumulator{}, {.top = 100'000});
  CHECK(top.size() == top.catalogue);
  CHECK(std::is_sorted(top.begin(), top.end(), [](auto const& one, auto const& other) {
    return one.score > other.score || (one.score == other.score && one.count > other.count);
  }));
}

TEST_CASE("ranking: one catalogue is asked for several scores, and groups for the one that they hold") {
  auto const rows = reviews();
  auto const stars = credence::rating_catalogue(rows, &review::product, &review::stars);
  star_lower_bound_accumulator const scorer{{.scale_max = 5}};
  auto const direct = ranking(rows, &review::product, &review::stars, scorer, {.top = 9});
  CHECK(ranking(stars, scorer, {.top = 9}).items == direct.items);
  expect_alike(direct, ranking(credence::group_by(rows, &review::product, scorer, &review::stars), {.top = 9}));
  auto const tasks = [](std::size_t count, auto const& task) {
    for (std::size_t at = count; at-- != 0;) task(at);
  };
  CHECK(ranking(tasks, rows, &review::product, &review::stars, scorer, {.top = 9}).items == direct.items);
  auto const weighted = ranking(rows, &review::product, &review::stars, &review::weight, scorer);
  CHECK(ranking(tasks, rows, &review::product, &review::stars, &review::weight, scorer).items == weighted.items);
  // Any accumulator whose result has a value.
  auto const means = ranking(rows, &review::product, &review::stars, credence::mean_accumulator{});
  CHECK(means[0].score >= means[1].score);
}

TEST_CASE("ranking: the prior of a catalogue, by definition") {
  auto const rows = reviews();
  std::map<int, std::pair<double, double>> sums;
  double all = 0;
  double weight = 0;
  for (review const& row : rows) {
    sums[row.product].first += row.weight * row.stars;
    sums[row.product].second += row.weight;
    all += row.weight * row.stars;
    weight += row.weight;
  }
  std::vector<double> weights;
  double means = 0;
  for (auto const& [product, own] : sums) {
    if (!(own.second > 0)) continue;
    weights.push_back(own.second);
    means += own.first / own.second;
  }
  std::sort(weights.begin(), weights.end());
  double const items = static_cast<double>(weights.size());
  double const median = weights.size() % 2 != 0 ? weights[weights.size() / 2]
                                                : (weights[weights.size() / 2 - 1] + weights[weights.size() / 2]) / 2;
  auto const found = ranking(rows, &review::product, &review::stars, &review::weight, bayesian_average_accumulator{});
  CHECK(found.prior_mean == doctest::Approx(all / weight).epsilon(1e-13));
  CHECK(found.prior_weight == doctest::Approx(weight / items).epsilon(1e-13));
  CHECK(found.mean_of_ratings == found.prior_mean);
  CHECK(found.mean_of_items == doctest::Approx(means / items).epsilon(1e-13));
  auto const other = ranking(
      rows, &review::product, &review::stars, &review::weight, bayesian_average_accumulator{},
      {.prior_mean = credence::catalogue_mean::items, .prior_weight = credence::catalogue_weight::median_count});
  CHECK(other.prior_mean == found.mean_of_items);
  CHECK(other.prior_weight == doctest::Approx(median).epsilon(1e-13));
  auto const& best = other[0];
  auto const& own = sums[best.key];
  CHECK(best.score == doctest::Approx((other.prior_mean * median + own.first) / (median + own.second)).epsilon(1e-13));
  CHECK(best.mean == doctest::Approx(own.first / own.second).epsilon(1e-13));
}

/// The reference values of the movies: title, rating, votes.
TEST_CASE("ranking: the movies of vega_datasets") {
  auto const file = shared_data("reviews/vega_movies.csv");
  if (!file) return;
  struct movie {
    std::string title;
    double rating;
    double votes;
  };
  std::vector<movie> movies;
  std::ifstream in(*file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (char const letter : line) {
      if (letter == '"') {
        quoted = !quoted;
      } else if (letter == ',' && !quoted) {
        cells.emplace_back();
      } else {
        cells.back().push_back(letter);
      }
    }
    if (cells.size() < 4 || cells[2].empty() || cells[3].empty()) continue;
    movies.push_back({cells[0] + '/' + cells[1], std::stod(cells[2]), std::stod(cells[3])});
  }
  CHECK(movies.size() == 2'988);
  auto const top = ranking(movies, &movie::title, &movie::rating, &movie::votes,
                           bayesian_average_accumulator{{.prior_weight = 25'000}},
                           {.top = 3, .prior_mean = credence::catalogue_mean::items});
  CHECK(top.prior_mean == doctest::Approx(6.2834672021419).epsilon(1e-12));
  CHECK(top.mean_of_ratings == doctest::Approx(7.162593488896).epsilon(1e-12));
  REQUIRE(top.size() == 3);
  CHECK(top[0].key.find("Shawshank") != std::string::npos);
  CHECK(top[0].score == doctest::Approx(9.0661013221).epsilon(1e-10));
  CHECK(top[1].key.find("Godfather") != std::string::npos);
  CHECK(top[1].score == doctest::Approx(9.0328013613).epsilon(1e-10));
  CHECK(top[2].key.find("Inception") != std::string::npos);
  CHECK(top[2].score == doctest::Approx(8.7698039365).epsilon(1e-10));
}

TEST_CASE("ranking: ratings that no table holds are still ratings") {
  std::vector<review> rows = reviews();
  rows.push_back({77'777, 99, 1, 99});
  auto const open = ranking(rows, &review::product, &review::stars, bayesian_average_accumulator{{.prior_mean = 3}});
  CHECK(open[0].key == 77'777);
  CHECK(open.rejected == 0);
  auto const closed = ranking(rows, &review::product, &review::stars, star_lower_bound_accumulator{});
  CHECK(closed.rejections.off_scale > 1);
  CHECK(closed.count + closed.rejected == rows.size());
}

TEST_CASE("ranking: nothing, one item, items without a good rating, no item") {
  std::vector<review> const none;
  auto const empty = ranking(none, &review::product, &review::stars, bayesian_average_accumulator{});
  CHECK(!empty);
  CHECK(empty.size() == 0);
  CHECK(empty.prior_weight == 0);
  std::vector<review> const two{{1, 9, 1, 9}, {2, 3, 1, 3}};
  for (auto const& found : {ranking(two, &review::product, &review::stars,
                                    wilson_lower_bound_accumulator{{.satisfied_from = 3, .scale_max = 5}}),
                            ranking(two, &review::product, &review::asked,
                                    wilson_lower_bound_accumulator{{.satisfied_from = 3, .scale_max = 5}})}) {
    REQUIRE(found.size() == 2);
    CHECK(found[0].key == 2);
    CHECK(std::isnan(found[1].score));
    CHECK(found[1].count == 0);
    CHECK(found.rejections.off_scale == 1);
  }
  // A prior gives no score to what nobody rated.
  std::vector<review> const three{{1, 9, 1, 9}, {2, 1, 1, 1}, {3, 5, 0, 5}};
  bayesian_average_accumulator const drawn{{.scale_min = 1, .scale_max = 5, .prior_mean = 4, .prior_weight = 9}};
  for (auto const& found : {ranking(three, &review::product, &review::stars, drawn),
                            ranking(three, &review::product, &review::asked, drawn)}) {
    CHECK(found[0].key == 3);
    CHECK(found[1].key == 2);
    CHECK(std::isnan(found[2].score));
    CHECK(std::isnan(found[2].interval.lower));
  }
  auto const weighed = ranking(three, &review::product, &review::stars, &review::weight, drawn);
  CHECK(weighed[0].key == 2);
  CHECK(std::isnan(weighed[1].score));  // rated with no weight
  // What tells no weight tells no mean over the catalogue.
  auto const means = ranking(three, &review::product, &review::stars, &review::weight, credence::mean_accumulator{});
  CHECK(std::isnan(means.mean_of_ratings));
  struct voted {
    std::optional<std::string> post;
    std::optional<bool> positive;
  };
  std::vector<voted> const votes{{"a", true}, {std::nullopt, true}, {"b", std::nullopt}, {"b", false}};
  auto const found = ranking(votes, &voted::post, &voted::positive, wilson_lower_bound_accumulator{});
  REQUIRE(found.size() == 2);
  CHECK(found[0].key == "a");
  CHECK(found.rejections.missing == 2);
}

TEST_CASE("ranking: a mean is told of stars as of means, and none where the accumulator has none") {
  std::vector<review> const rows{{1, 5, 1, 5}, {1, 4, 1, 4}, {2, 3, 1, 3}, {2, 2, 1, 2}, {2, 1, 1, 1}};
  auto const of_stars = ranking(rows, &review::product, &review::stars, credence::star_summary_accumulator{});
  auto const of_means = ranking(rows, &review::product, &review::stars, credence::mean_accumulator{});
  CHECK(of_stars[0].mean == 4.5);
  CHECK(of_stars[1].mean == 2);
  CHECK(of_means[0].mean == 4.5);
  CHECK(of_stars.mean_of_ratings == 3);
  CHECK(of_means.mean_of_ratings == 3);
  CHECK(of_means.mean_of_items == 3.25);
  auto const at_once = [](review const&) { return credence::instant::from_micros(0); };
  auto const of_late = ranking(rows, &review::product, at_once, &review::stars, credence::decayed_mean_accumulator{});
  CHECK(of_late[0].score == 4.5);
  CHECK(std::isnan(of_late[0].mean));
  CHECK(std::isnan(of_late.mean_of_ratings));
  CHECK(std::isnan(of_late.mean_of_items));
}

TEST_CASE("ranking: an item whose ratings are all beyond what is counted is an item all the same") {
  std::vector<review> const rows{{1, 4, 1, 4}, {2, 17, 1, 17}, {3, -1, 1, -1}, {4, 0, 1, 0}, {1, 16, 1, 16}};
  star_lower_bound_accumulator const scorer{{.scale_max = 5}};
  auto const found = ranking(rows, &review::product, &review::stars, scorer);
  CHECK(found.catalogue == 4);
  CHECK(found.rejections.off_scale == 4);
  expect_alike(found, ranking(rows, &review::product, &review::asked, scorer));
  // Without such an item they are counted.
  std::vector<review> const rated{{1, 4, 1, 4}, {1, 17, 1, 17}, {4, 0, 1, 0}};
  expect_alike(ranking(rated, &review::product, &review::stars, scorer),
               ranking(rated, &review::product, &review::asked, scorer));
}

TEST_CASE("ranking: the means of a catalogue are of ratings, or there are none") {
  std::vector<review> const rows{{1, 4, 1, 4}, {1, 5, 1, 5}, {2, 3, 1, 3}};
  auto const means = ranking(rows, &review::product, &review::stars, credence::mean_accumulator{});
  CHECK(means.mean_of_ratings == 4);
  CHECK(means.mean_of_items == 3.75);
  CHECK(means[0].mean == 4.5);
  auto const summaries = ranking(rows, &review::product, &review::stars, credence::star_summary_accumulator{});
  CHECK(summaries.mean_of_ratings == doctest::Approx(4));
  CHECK(summaries[0].mean == 4.5);
  auto const promoters = ranking(rows, &review::product, &review::stars, credence::nps_accumulator{});
  CHECK(std::isnan(promoters.mean_of_ratings));
  CHECK(std::isnan(promoters.mean_of_items));
}

TEST_CASE("ranking: dirty samples raise with their position, and wrong calls are named") {
  std::vector<review> rows = reviews();
  star_lower_bound_accumulator const strict{{.on_invalid = credence::on_invalid::raise}};
  auto const first = std::find_if(rows.begin(), rows.end(), [](review const& row) { return row.stars % 6 == 0; });
  CHECK(error_of([&] {
          static_cast<void>(ranking(rows, &review::product, &review::stars, strict));
        }).find(std::to_string(first - rows.begin())) != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(
              ranking(rows, &review::product, &review::stars, star_lower_bound_accumulator{}, {.top = 0}));
        }).find("ranking_options::top is 0") != std::string::npos);
  star_lower_bound_accumulator used;
  used(4);
  CHECK(error_of([&] {
          static_cast<void>(ranking(rows, &review::product, &review::stars, used));
        }).find("already holds samples") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(ranking(credence::rating_catalogue(rows, &review::product, &review::stars), used));
        }).find("already holds samples") != std::string::npos);
}

}  // namespace test_ranking
