// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <credence/agreement/cohen_kappa.hpp>
#include <credence/core/bytes.hpp>
#include <credence/core/group_by.hpp>
#include <credence/interop/threads.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test_cohen_kappa {

using credence::cohen_kappa;
using credence::cohen_kappa_result;
using credence::kappa_weights;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

struct rated {
  int first;
  int second;
};

std::vector<rated> table(std::vector<std::vector<int>> const& counts) {
  std::vector<rated> rows;
  for (std::size_t first = 0; first < counts.size(); ++first)
    for (std::size_t second = 0; second < counts.size(); ++second)
      rows.insert(rows.end(), static_cast<std::size_t>(counts[first][second]),
                  {static_cast<int>(first), static_cast<int>(second)});
  return rows;
}
cohen_kappa_result kappa(std::vector<rated> const& rows, credence::cohen_kappa_options const& options = {}) {
  return cohen_kappa(rows, &rated::first, &rated::second, options);
}

struct reference {
  double value, error, lower, upper;
};

}  // namespace

TEST_CASE("cohen_kappa: plain, linear and quadratic, as statsmodels 0.13.5") {
  struct known {
    std::vector<std::vector<int>> counts;
    reference of[3];  // none, linear, quadratic
  };
  known const tables[] = {{{{20, 5}, {10, 15}},
                           {{.4, .1269960629311, .151092290476661, .648907709523339},
                            {.4, .1269960629311, .151092290476661, .648907709523339},
                            {.4, .1269960629311, .151092290476661, .648907709523339}}},
                          {{{10, 2, 1}, {3, 8, 2}, {0, 4, 9}},
                           {{.538461538461538, .111040015415246, .320827107404883, .756095969518194},
                            {.621359223300971, .0991979981251621, .426934719637181, .81578372696476},
                            {.705882352941176, .0955447438224507, .518618096137067, .893146609745286}}},
                          {{{22, 4, 0, 1}, {3, 31, 7, 0}, {1, 9, 18, 5}, {0, 2, 6, 41}},
                           {{.656336669480285, .0478613190071217, .562530207973744, .750143130986826},
                            {.765863220560476, .0373522353366292, .692654184558619, .839072256562334},
                            {.848784779500715, .034505118993784, .781155988990629, .9164135700108}}}};
  for (known const& own : tables)
    for (kappa_weights const weights : {kappa_weights::none, kappa_weights::linear, kappa_weights::quadratic}) {
      reference const& expected = own.of[static_cast<std::size_t>(weights)];
      cohen_kappa_result const found = kappa(table(own.counts), {.weights = weights});
      CHECK(found.value == about(expected.value));
      CHECK(found.standard_error == about(expected.error));
      CHECK(found.interval.lower == about(expected.lower));
      CHECK(found.interval.upper == about(expected.upper));
      CHECK(found.categories == own.counts.size());
    }
}

TEST_CASE("cohen_kappa: any key; threads; the raters may be exchanged") {
  std::vector<rated> const rows = table({{22, 4, 0}, {3, 31, 7}, {1, 9, 18}});
  cohen_kappa_result const found = kappa(rows);
  enum class tone { bad, fair, good };
  auto const word = [](int code) { return std::array{"bad", "fair", "good"}[static_cast<std::size_t>(code)]; };
  CHECK(cohen_kappa(
            rows, [&](rated const& row) { return std::string_view(word(row.first)); },
            [&](rated const& row) { return std::string(word(row.second)); }) == found);
  CHECK(cohen_kappa(
            rows, [](rated const& row) { return static_cast<tone>(row.first); },
            [](rated const& row) { return std::optional(static_cast<tone>(row.second)); }) == found);
  CHECK(cohen_kappa(credence::threads{3}, rows, &rated::first, &rated::second) == found);
  for (kappa_weights const weights : {kappa_weights::none, kappa_weights::linear, kappa_weights::quadratic}) {
    cohen_kappa_result const there = kappa(rows, {.weights = weights});
    cohen_kappa_result const back = cohen_kappa(rows, &rated::second, &rated::first, {.weights = weights});
    CHECK(back.value == about(there.value));
    CHECK(back.standard_error == about(there.standard_error));
  }
  // Weights go by the distance of values: 0, 1, 10 is not 0, 1, 2, and 0, 10, 20 is.
  auto const scaled = [&](int second, int third) {
    auto const value = [=](int code) { return code == 0 ? 0 : code == 1 ? second : third; };
    return cohen_kappa(
               rows, [=](rated const& row) { return value(row.first); },
               [=](rated const& row) { return value(row.second); }, {.weights = kappa_weights::linear})
        .value;
  };
  CHECK(scaled(10, 20) == about(kappa(rows, {.weights = kappa_weights::linear}).value));
  CHECK(scaled(1, 10) != about(scaled(10, 20)));
}

TEST_CASE("cohen_kappa: what says nothing, and perfect agreement") {
  CHECK_FALSE(kappa({}));
  CHECK_FALSE(kappa({{1, 1}, {1, 1}}));
  CHECK(kappa({{1, 1}, {1, 1}}).observed_agreement == 1);
  CHECK(kappa({{1, 1}, {1, 1}}, {.no_variation = credence::no_variation::perfect}).value == 1);
  CHECK_FALSE(kappa({{1, 1}}, {.weights = kappa_weights::quadratic}));
  for (kappa_weights const weights : {kappa_weights::none, kappa_weights::linear, kappa_weights::quadratic}) {
    CHECK(kappa(table({{3, 0}, {0, 4}}), {.weights = weights}).value == about(1));
    CHECK(kappa(table({{0, 3}, {3, 0}}), {.weights = weights}).value == about(-1));
  }
  CHECK(kappa(table({{3, 0}, {0, 4}})).standard_error == about(0));
  CHECK(kappa({{1, 2}}).value == about(0));
}

TEST_CASE("cohen_kappa: nearly all in one category, and numbers too large to tell apart") {
  // A billion alike, and one thing that they differ about: po = 1 - 1e-9/(1 + 1e-9), pe just above it.
  credence::cohen_kappa_accumulator<int>::state_type state;
  state.cell(1, 1) = 1'000'000'000;
  state.cell(1, 2) = 3;
  state.cell(2, 2) = 5;
  credence::cohen_kappa_accumulator<int> const acc({}, state);
  double const total = 1'000'000'008;
  double const expected = (1'000'000'003 / total) * (8 / total) + (5 / total) * (1'000'000'000 / total);
  CHECK(acc.result().value == about(1 - 3 / total / expected, 1e-14));
  std::int64_t const huge = std::int64_t{1} << 60;
  struct pair {
    std::int64_t first, second;
  };
  std::vector<pair> const rows{{huge, huge + 1}, {huge, huge}};
  CHECK_FALSE(cohen_kappa(rows, &pair::first, &pair::second, {.weights = kappa_weights::linear}));
  CHECK(cohen_kappa(rows, &pair::first, &pair::second).categories == 2);
}

TEST_CASE("cohen_kappa: missing ratings, wrong calls") {
  struct row {
    std::optional<std::string> first;
    std::optional<std::string> second;
  };
  std::vector<row> const rows{{"a", "a"}, {"a", std::nullopt}, {std::nullopt, "b"}, {"b", "b"}};
  cohen_kappa_result const found = cohen_kappa(rows, &row::first, &row::second);
  CHECK(found.count == 2);
  CHECK(found.rejections.missing == 2);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(cohen_kappa(rows, &row::first, &row::second, {.weights = kappa_weights::linear})),
      "credence: cohen_kappa_options::weights is \"linear\"; categories that are no numbers have no distance: use "
      "kappa_weights::none",
      credence::error);
  CHECK_THROWS_AS(static_cast<void>(kappa({}, {.confidence = 0})), credence::error);
  CHECK_THROWS_AS(
      static_cast<void>(cohen_kappa(rows, &row::first, &row::second, {.on_invalid = credence::on_invalid::raise})),
      credence::invalid_sample);
}

TEST_CASE("cohen_kappa: merged, taken back, stored, grouped") {
  using accumulator = credence::cohen_kappa_accumulator<std::string>;
  accumulator acc;
  acc("spam", "spam");
  acc(std::string("ham"), std::string_view("spam"));
  accumulator other;
  other("ham", "ham");
  accumulator all = acc;
  all += other;
  CHECK(all.result().count == 3);
  CHECK(all.result().categories == 2);
  CHECK(credence::from_bytes<accumulator>(credence::to_bytes(all)) == all);
  all.retract("ham", "ham");
  CHECK(all == acc);
  CHECK(credence::to_bytes(all) == credence::to_bytes(acc));
  CHECK_THROWS_AS(all.retract("ham", "ham"), credence::error);
  CHECK(all == acc);
  std::vector<rated> const rows = table({{22, 4}, {3, 31}});
  auto const by_parity = credence::group_by(
      rows, [](rated const& row) { return row.first; }, credence::cohen_kappa_accumulator<int>{}, &rated::first,
      &rated::second);
  CHECK(by_parity.total().result() == kappa(rows));
}

}  // namespace test_cohen_kappa
