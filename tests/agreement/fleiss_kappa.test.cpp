// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/agreement/fleiss_kappa.hpp>
#include <optional>
#include <string>
#include <vector>

namespace test_fleiss_kappa {

using credence::fleiss_kappa;
using credence::fleiss_kappa_result;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

struct rating {
  int unit;
  std::string category;
};

std::vector<rating> ratings_of(std::vector<std::vector<int>> const& counts) {
  std::vector<rating> ratings;
  for (std::size_t unit = 0; unit < counts.size(); ++unit)
    for (std::size_t category = 0; category < counts[unit].size(); ++category)
      for (int times = 0; times < counts[unit][category]; ++times)
        ratings.push_back({static_cast<int>(unit) * 3 - 7, "category " + std::to_string(category)});
  return ratings;
}

// Fleiss (1971), table 1, as on Wikipedia: ten units, fourteen raters, five categories.
std::vector<rating> const fleiss = ratings_of({{0, 0, 0, 0, 14},
                                               {0, 2, 6, 4, 2},
                                               {0, 0, 3, 5, 6},
                                               {0, 3, 9, 2, 0},
                                               {2, 2, 8, 1, 1},
                                               {7, 7, 0, 0, 0},
                                               {3, 2, 6, 3, 0},
                                               {2, 5, 3, 2, 2},
                                               {6, 5, 2, 1, 0},
                                               {0, 2, 2, 3, 7}});

fleiss_kappa_result kappa(std::vector<rating> const& ratings, credence::fleiss_kappa_options const& options = {}) {
  return fleiss_kappa(ratings, &rating::unit, &rating::category, options);
}

}  // namespace

TEST_CASE("fleiss_kappa: ten units by fourteen raters, as statsmodels 0.13.5") {
  fleiss_kappa_result const found = kappa(fleiss);
  CHECK(found.value == about(.20993070442195522));
  CHECK(found.randolph == about(.2225274725274725));
  CHECK(found.standard_error == about(.0923711116060082));  // tests/reference/agreement_oracle.py
  CHECK(found.standard_error == about(.100557, .1));        // the jackknife over units
  CHECK(found.units == 10);
  CHECK(found.count == 140);
  CHECK(found.categories == 5);
  double const critical = 2.2621571628540993;  // scipy 1.10: t.ppf(.975, 9)
  CHECK(found.interval.upper == about(found.value + critical * found.standard_error, 1e-10));
  CHECK(kappa(fleiss, {.categories = 6}).randolph == about((found.observed_agreement - 1. / 6) / (5. / 6)));
  // The order of ratings is nothing.
  std::vector<rating> const backwards(fleiss.rbegin(), fleiss.rend());
  CHECK(kappa(backwards).value == about(found.value));
  CHECK(kappa(backwards).standard_error == about(found.standard_error));
}

TEST_CASE("fleiss_kappa: unlike numbers of ratings, and units with one") {
  std::vector<std::vector<int>> counts;
  int alone = 0;
  for (int unit = 0; unit < 30; ++unit) {
    counts.emplace_back();
    int size = 0;
    for (int category = 0; category < 3; ++category) {
      counts.back().push_back((unit * 7 + category * 5 + unit * category) % 4 + (category == unit % 3) * 3);
      size += counts.back().back();
    }
    alone += size == 1;
  }
  counts.push_back({0, 1, 0});
  fleiss_kappa_result const found = kappa(ratings_of(counts));
  CHECK(found.value == about(.107119634078825));
  CHECK(found.standard_error == about(.0356947096946447));
  CHECK(found.standard_error == about(.036682, .05));  // the jackknife
  CHECK(found.unpaired == static_cast<std::uint64_t>(alone) + 1);
}

TEST_CASE("fleiss_kappa: what says nothing, and agreement of all") {
  CHECK_FALSE(kappa({}));
  CHECK_FALSE(kappa({{1, "a"}, {2, "b"}}));
  CHECK(kappa({{1, "a"}, {2, "b"}}).unpaired == 2);
  fleiss_kappa_result const alike = kappa(ratings_of({{3}, {4}}));
  CHECK_FALSE(alike);
  CHECK(alike.observed_agreement == 1);
  CHECK(kappa(ratings_of({{3}, {4}}), {.no_variation = credence::no_variation::perfect}).value == 1);
  CHECK(kappa(ratings_of({{3}, {4}}), {.categories = 2}).randolph == 1);
  fleiss_kappa_result const perfect = kappa(ratings_of({{3, 0}, {0, 4}, {2, 0}}));
  CHECK(perfect.value == about(1));
  CHECK(perfect.standard_error == about(0));
  fleiss_kappa_result const one = kappa(ratings_of({{2, 1}}));
  CHECK(one);
  CHECK(credence::is_nan(one.standard_error));
  CHECK(kappa(ratings_of({{1, 1}, {1, 1}, {1, 1}})).value == about(-1));
}

TEST_CASE("fleiss_kappa: missing ratings, keys of every kind, wrong options") {
  struct row {
    std::string unit;
    std::optional<bool> spam;
  };
  std::vector<row> const rows{{"a", true}, {"a", true}, {"a", std::nullopt}, {"b", false}, {"b", true}};
  fleiss_kappa_result const found = fleiss_kappa(rows, &row::unit, &row::spam);
  CHECK(found.count == 4);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejected == 1);
  CHECK_THROWS_AS(
      static_cast<void>(fleiss_kappa(rows, &row::unit, &row::spam, {.on_invalid = credence::on_invalid::raise})),
      credence::invalid_sample);
  CHECK_THROWS_WITH_AS(static_cast<void>(kappa(fleiss, {.categories = 4})),
                       "credence: fleiss_kappa_options::categories is 4; more were chosen: 5", credence::error);
  CHECK_THROWS_AS(static_cast<void>(kappa(fleiss, {.categories = -1})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(kappa(fleiss, {.confidence = 1})), credence::error);
}

}  // namespace test_fleiss_kappa
