// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survival/concordance.hpp>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "survival/customers.hpp"

namespace test_concordance {

using credence::concordance;
using credence::concordance_result;
using customers = std::vector<followed_customer>;

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within).scale(0); }

concordance_result of(customers const& rows, credence::concordance_options options = {}) {
  return concordance(rows, &followed_customer::time, &followed_customer::cause, &followed_customer::score, options);
}
concordance_result weighted(customers const& rows) {
  return concordance(rows, &followed_customer::time, &followed_customer::cause, &followed_customer::score,
                     credence::weighted_by(&followed_customer::weight));
}

/// R's lung, with a score made of a row.
template <class Score>
customers lung(Score const& score) {
  int row = 0;
  return customers_of("survival/lung.csv", [&](followed_customer& own, auto const& value_of) {
    own.time = std::atof(value_of("time").c_str());
    own.cause = std::atoi(value_of("status").c_str()) - 1;
    own.weight = 1 + ++row % 3;
    own.score = score(value_of);
    return !std::isnan(own.score);
  });
}

/// Every pair, by the rules as they are written.
struct naive {
  double concordant = 0;
  double discordant = 0;
  double tied_score = 0;
  double tied_time = 0;
  double tied_both = 0;

  explicit naive(customers const& rows, bool weighs = false) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
      for (std::size_t other = 0; other < rows.size(); ++other) {
        followed_customer const& first = rows[at];
        followed_customer const& later = rows[other];
        double const weight = weighs ? first.weight * later.weight : 1;
        if (first.cause == 0) continue;
        if (first.time == later.time && later.cause != 0) {
          if (at < other) (first.score == later.score ? tied_both : tied_time) += weight;
          continue;
        }
        if (first.time > later.time) continue;
        (first.score > later.score ? concordant : first.score < later.score ? discordant : tied_score) += weight;
      }
    }
  }
  [[nodiscard]] double value() const { return (concordant + tied_score / 2) / (concordant + discordant + tied_score); }
};
/// The infinitesimal jackknife by what it means: C where one customer weighs a little more and a little less.
double jackknife(customers rows) {
  double squares = 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    double const weight = rows[at].weight;
    rows[at].weight = weight + 1e-4;
    double const above = naive(rows, true).value();
    rows[at].weight = weight - 1e-4;
    double const below = naive(rows, true).value();
    rows[at].weight = weight;
    squares += std::pow(weight * (above - below) / 2e-4, 2);
  }
  return std::sqrt(squares);
}

TEST_CASE("concordance: R's of lung ~ age, with weights too") {
  customers const rows = lung([](auto const& value_of) { return std::atof(value_of("age").c_str()); });
  if (rows.empty()) return;
  concordance_result const found = of(rows, {.higher_score = credence::higher_score::stays_longer});
  CHECK(found.value == about(.449760167882, 1e-11));
  CHECK(found.standard_error == about(.0251421115943, 1e-11));
  CHECK(found.interval.lower == about(.449760167882 - 1.959963984540054 * .0251421115943, 1e-11));
  CHECK(found.interval.upper == about(.449760167882 + 1.959963984540054 * .0251421115943, 1e-11));
  CHECK(found.concordant == 8'706);
  CHECK(found.discordant == 10'717);
  CHECK(found.tied_score == 591);
  CHECK(found.tied_time == 27);
  CHECK(found.tied_both == 1);
  CHECK(found.count == 228);
  CHECK(found.left == 165);
  concordance_result const risk = of(rows);
  CHECK(risk.value == about(1 - .449760167882));
  CHECK(risk.concordant == 10'717);
  CHECK(risk.standard_error == about(.0251421115943, 1e-11));
  // tests/reference/survival_events.R
  CHECK(weighted(rows).value == about(1 - .4453544390915348));
  CHECK(weighted(rows).standard_error == about(.0271049435606638));
}

TEST_CASE("concordance: scikit-survival's of R's Cox model of lung") {
  customers const rows = lung([](auto const& value_of) {
    auto const number_of = [&](char const* column) {
      std::string const text = value_of(column);
      return text == "NA" ? std::nan("") : std::atof(text.c_str());
    };
    return .0110667645600735 * number_of("age") - .552612395703631 * number_of("sex") +
           .463728475370428 * number_of("ph.ecog");
  });
  if (rows.empty()) return;
  concordance_result const found = of(rows);
  CHECK(found.count == 227);
  CHECK(found.value == about(.6371354930004548));
  CHECK(found.concordant == 12'544);
  CHECK(found.discordant == 7'117);
  CHECK(found.tied_score == 126);
}

TEST_CASE("concordance: all pairs one by one, heavily tied, and the error by moving each weight") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    customers const rows = tied_customers(40, seed);
    naive const pairs(rows);
    concordance_result const found = of(rows);
    CHECK(static_cast<double>(found.concordant) == pairs.concordant);
    CHECK(static_cast<double>(found.discordant) == pairs.discordant);
    CHECK(static_cast<double>(found.tied_score) == pairs.tied_score);
    CHECK(static_cast<double>(found.tied_time) == pairs.tied_time);
    CHECK(static_cast<double>(found.tied_both) == pairs.tied_both);
    CHECK(found.value == about(pairs.value()));
    customers even = rows;
    for (followed_customer& own : even) own.weight = 1;
    CHECK(found.standard_error == about(jackknife(even), 1e-6));
    concordance_result const weighed = weighted(rows);
    CHECK(weighed.value == about(naive(rows, true).value()));
    CHECK(weighed.standard_error == about(jackknife(rows), 1e-6));
    CHECK(weighed.concordant == found.concordant);
  }
  // Beyond what is sorted by comparing.
  customers const many = tied_customers(3'000, 77, 200);
  naive const pairs(many);
  CHECK(static_cast<double>(of(many).concordant) == pairs.concordant);
  CHECK(static_cast<double>(of(many).tied_both) == pairs.tied_both);
  CHECK(of(many).value == about(pairs.value()));
}

TEST_CASE("concordance: times that differ by rounding alone are one") {
  // 0.1 + 0.2 is greater than 0.3 by its last digit.
  customers const rows{{.time = .1 + .2, .cause = 1, .score = 1},
                       {.time = .3, .cause = 0, .score = 3},
                       {.time = .3, .cause = 1, .score = 5},
                       {.time = 0, .cause = 1, .score = 9},
                       {.time = -0.0, .cause = 0, .score = -0.0}};
  customers exact = rows;
  exact[0].time = .3;
  CHECK(of(rows) == of(exact));
  CHECK(of(rows).concordant == 5);
  CHECK(of(rows).tied_time == 1);
}

TEST_CASE("concordance: more pairs than 32 bits count, all of them one way") {
  customers rows;
  for (int at = 0; at < 100'000; ++at) rows.push_back({.time = 1.0 + at, .cause = 1, .score = -1.0 * at});
  concordance_result const found = of(rows);
  CHECK(found.concordant == 4'999'950'000);
  CHECK(found.value == 1);
  CHECK(found.standard_error == 0);
  CHECK(credence::is_nan(found.interval.lower));
  for (followed_customer& own : rows) own.time = own.score = 1;
  concordance_result const tied = of(rows);
  CHECK_FALSE(tied);
  CHECK(tied.tied_both == 4'999'950'000);
}

TEST_CASE("concordance: bad input") {
  CHECK_FALSE(of({}));
  CHECK_FALSE(of({{.time = 1, .cause = 1}}));
  customers rows = tied_customers(20, 3);
  for (followed_customer& own : rows) own.cause = 0;
  concordance_result const nobody = of(rows);
  CHECK_FALSE(nobody);
  CHECK(nobody.count == 20);
  CHECK(nobody.left == 0);
  CHECK(credence::is_nan(nobody.value));
  for (followed_customer& own : rows) own = {.time = own.time, .cause = 1, .score = 3};
  CHECK(of(rows).value == .5);

  struct dirty {
    std::optional<double> time;
    std::optional<int> cause;
    double score = 0;
    double weight = 1;
  };
  double const infinite = std::numeric_limits<double>::infinity();
  double const no_number = std::numeric_limits<double>::quiet_NaN();
  std::vector<dirty> const some{{1, 1, 2},         {2, 0, 1},         {-1, 1, 1},    {infinite, 1, 1},
                                {no_number, 1, 1}, {{}, 1, 1},        {1, {}, 1},    {1, -1, 1},
                                {1, 1, no_number}, {1, 1, -infinite}, {1, 1, 1, -1}, {1, 1, 1, no_number},
                                {3, 1, 1e300},     {4, 0, -1e300}};
  auto const ask = [&](credence::concordance_options const& options) {
    return concordance(some, &dirty::time, &dirty::cause, &dirty::score, &dirty::weight, options);
  };
  concordance_result const found = ask({});
  CHECK(found.count == 4);
  CHECK(found.rejected == 10);
  CHECK(found.rejections.bad_time == 2);
  CHECK(found.rejections.not_a_number == 2);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.off_scale == 2);
  CHECK(found.rejections.bad_weight == 2);
  CHECK(found.concordant == 3);
  CHECK(found.discordant == 1);
  CHECK(error_of([&] { static_cast<void>(ask({.on_invalid = credence::on_invalid::raise})); }) ==
        "credence: sample 2 has a time that cannot be");
  CHECK(error_of([&] { static_cast<void>(ask({.confidence = 1})); }) ==
        "credence: concordance_options::confidence is 1; it must lie strictly between 0 and 1");
}

}  // namespace test_concordance
