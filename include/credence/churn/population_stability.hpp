// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_POPULATION_STABILITY_HPP
#define CREDENCE_CHURN_POPULATION_STABILITY_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include <credence/churn/churn_scores.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct population_stability_options {
  whole bins = 10;              ///< quantiles of the expected scores, 2 to 100,000; fewer where scores are tied
  number empty_share = 0.0001;  ///< what a bin without anybody counts for, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The scores above `from`, up to and with `to`; the first bin has no lower end and the last no upper one.
struct population_bin {
  double from = -infinite_number();
  double to = infinite_number();
  std::uint64_t expected = 0;              ///< customers
  std::uint64_t actual = 0;                ///<
  double expected_share = not_a_number();  ///< in 0…1
  double actual_share = not_a_number();    ///<
  double contribution = not_a_number();    ///< to the value

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("from", self.from);
    visit("to", self.to);
    visit("expected", self.expected);
    visit("actual", self.actual);
    visit("expected_share", self.expected_share);
    visit("actual_share", self.actual_share);
    visit("contribution", self.contribution);
  }
  friend constexpr bool operator==(population_bin const&, population_bin const&) = default;
};

/// The answer of `population_stability`: `for (auto const& bin : found) bin.contribution`. NaN where either is empty.
struct population_stability_result {
  double value = not_a_number();     ///< 0 or more; 0: the scores lie as they did
  std::vector<population_bin> bins;  ///< from the least scores up
  std::uint64_t expected_count = 0;  ///< customers used, of the first sample
  std::uint64_t actual_count = 0;    ///< of the second
  std::uint64_t count = 0;           ///< of both
  std::uint64_t rejected = 0;        ///< left out of either
  credence::rejections rejections;   ///< and why

  [[nodiscard]] auto begin() const { return bins.begin(); }
  [[nodiscard]] auto end() const { return bins.end(); }
  [[nodiscard]] std::size_t size() const { return bins.size(); }
  [[nodiscard]] population_bin const& operator[](std::size_t at) const { return bins[at]; }
  explicit operator bool() const { return expected_count != 0 && actual_count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("bins", self.bins);
    visit("expected_count", self.expected_count);
    visit("actual_count", self.actual_count);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(population_stability_result const&, population_stability_result const&) = default;
};

namespace detail {

/// The good scores of rows; the others are counted.
template <class Range, class Score>
[[nodiscard]] std::vector<double> scores_of(Range& rows, Score const& score, on_invalid policy, rejections& rejected) {
  std::vector<double> scores;
  std::uint64_t position = 0;
  auto const end = std::ranges::end(rows);
  for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
    auto&& row = *at;
    auto const& value = detail::project(score, row);
    if (detail::accepts_score(value, {}, policy, rejected, position)) scores.push_back(detail::real_of(value));
  }
  return scores;
}

struct population_stability_function {
  using options = population_stability_options;

  template <rows_range Expected, rows_range Actual, class Score = identity>
  requires projection_of<Score, Expected> && projection_of<Score, Actual> population_stability_result
  operator()(Expected&& expected, Actual&& actual, Score score = {}, options chosen = {}) const {
    std::int64_t const bins = chosen.bins;
    if (bins < 2 || bins > 100'000)
      wrong_argument("population_stability_options::bins", bins, "it must be 2 to 100000");
    double const least = chosen.empty_share;
    if (!is_finite(least) || !(least > 0) || least >= 1)
      wrong_argument("population_stability_options::empty_share", least, "it must lie strictly between 0 and 1");
    population_stability_result result;
    if constexpr (number_check::of<projected<Expected, Score>, projected<Actual, Score>>()) {
      std::vector<double> was = detail::scores_of(expected, score, chosen.on_invalid, result.rejections);
      std::vector<double> const is = detail::scores_of(actual, score, chosen.on_invalid, result.rejections);
      result.expected_count = was.size();
      result.actual_count = is.size();
      result.count = result.expected_count + result.actual_count;
      result.rejected = result.rejections.total();
      if (!result) return result;
      sort_reals(was);
      cut(result, was, static_cast<std::uint64_t>(bins));
      for (double const each : was) ++bin_of(result, each).expected;
      for (double const each : is) ++bin_of(result, each).actual;
      add_up(result, least);
    }
    return result;
  }
  template <rows_range Expected, rows_range Actual>
  population_stability_result operator()(Expected&& expected, Actual&& actual, options chosen) const {
    return (*this)(expected, actual, identity{}, chosen);
  }

 private:
  /// At the scores that hold i/bins of the expected ones; one that holds several such shares is one end.
  static void cut(population_stability_result& result, std::vector<double> const& sorted, std::uint64_t bins) {
    result.bins.emplace_back();
    std::uint64_t const count = sorted.size();
    for (std::uint64_t at = 1; at < bins; ++at) {
      // The ⌈n·at/bins⌉-th, without the product, which may be more than 64 bits.
      std::uint64_t const rest = count % bins * at;
      std::uint64_t const rank = count / bins * at + rest / bins + (rest % bins != 0);
      double const end = sorted[static_cast<std::size_t>(rank - 1)];
      if (end == result.bins.back().from || end == sorted.back()) continue;
      result.bins.back().to = end;
      population_bin next;
      next.from = end;
      result.bins.push_back(next);
    }
  }
  static population_bin& bin_of(population_stability_result& result, double score) {
    auto const above = std::lower_bound(result.bins.begin(), result.bins.end(), score,
                                        [](population_bin const& bin, double value) { return bin.to < value; });
    return *above;
  }
  static void add_up(population_stability_result& result, double least) {
    compensated_sum sum;
    for (population_bin& bin : result.bins) {
      bin.expected_share = static_cast<double>(bin.expected) / static_cast<double>(result.expected_count);
      bin.actual_share = static_cast<double>(bin.actual) / static_cast<double>(result.actual_count);
      double const was = bin.expected != 0 ? bin.expected_share : least;
      double const is = bin.actual != 0 ? bin.actual_share : least;
      bin.contribution = (is - was) * std::log(is / was);
      sum += bin.contribution;
    }
    result.value = sum.value();
  }
};

}  // namespace detail

/// Do the scores still lie where they lay when the model was made? `population_stability(then, now,
/// &customer::score)`: Σ(q − p)·ln(q/p) over bins that hold a tenth each of the expected scores, p being the share of
/// those and q of the actual ones. A bin ends with the score that fills its tenth; tied scores stay together, and what
/// they fill is one bin. A bin without anybody counts as `empty_share`. By custom below 0.1 is stable and above 0.25
/// has shifted; for small samples chance alone comes to about (bins − 1)(1/n + 1/m). Both ranges are read by one
/// projection. Throws `credence::error` for wrong options. O(n log bins). Source: Yurdakul and Naranjo (2020), Journal
/// of Risk Model Validation 14(4).
inline constexpr detail::population_stability_function population_stability{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
