// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_SPEND_INDEPENDENCE_HPP
#define CREDENCE_CLV_SPEND_INDEPENDENCE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/spearman.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/student_t.hpp>

// Do those who buy often spend more each time, or less? Models of spend beside models of purchases assume: neither.

namespace credence {
inline namespace CREDENCE_ABI {

struct spend_independence_options {
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `spend_independence`, of customers who bought again. NaN for fewer than two, and where either side
/// never varies.
struct spend_independence_result {
  double value = not_a_number();           ///< Pearson's correlation of frequency and mean spend, in −1…1
  credence::interval interval;             ///< by Fisher's z; NaN for fewer than four customers
  double standard_error = not_a_number();  ///< of the value
  double p_value = not_a_number();         ///< of no correlation, two-sided, in 0…1; NaN for fewer than three
  spearman_result ranks;                   ///< the correlation of ranks, which a few large customers do not move
  std::uint64_t count = 0;                 ///< customers used
  std::uint64_t once = 0;                  ///< customers passed over who never bought again
  std::uint64_t rejected = 0;              ///< customers left out
  credence::rejections rejections;         ///< and why

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("p_value", self.p_value);
    visit("ranks", self.ranks);
    visit("count", self.count);
    visit("once", self.once);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(spend_independence_result const&, spend_independence_result const&) = default;
};

namespace detail {

struct frequency_of_row {
  template <class Row>
  requires requires(Row const& row) { row.frequency; }
  constexpr auto const& operator()(Row const& row) const { return row.frequency; }
};
struct spend_of_row {
  template <class Row>
  requires requires(Row const& row) { row.monetary_value; }
  constexpr auto const& operator()(Row const& row) const { return row.monetary_value; }
};

/// How often a customer came back, and what he spent each time.
struct spend_pair {
  double frequency = 0;
  double spend = 0;
};

/// Pearson's correlation, in two passes, of what differs from the first: a side that never varies is then 0, however
/// its mean would be rounded. NaN where one is.
[[nodiscard]] inline double correlation_of(std::vector<spend_pair> const& pairs) {
  double const count = static_cast<double>(pairs.size());
  auto const beyond_first = [&](spend_pair const& own) {
    return spend_pair{own.frequency - pairs.front().frequency, own.spend - pairs.front().spend};
  };
  spend_pair mean;
  for (spend_pair const& own : pairs) {
    mean.frequency += beyond_first(own).frequency / count;
    mean.spend += beyond_first(own).spend / count;
  }
  double by_frequency = 0;
  double by_spend = 0;
  double by_both = 0;
  for (spend_pair const& own : pairs) {
    double const often = beyond_first(own).frequency - mean.frequency;
    double const much = beyond_first(own).spend - mean.spend;
    by_frequency += often * often;
    by_spend += much * much;
    by_both += often * much;
  }
  if (!(by_frequency > 0) || !(by_spend > 0)) return not_a_number();
  double const value = by_both / std::sqrt(by_frequency) / std::sqrt(by_spend);
  return value > 1 ? 1 : value < -1 ? -1 : value;
}

struct spend_independence_function {
  template <rows_range Range>
  requires projection_of<frequency_of_row, Range> && projection_of<spend_of_row, Range> spend_independence_result
  operator()(Range&& customers, spend_independence_options const& options = {}) const {
    return (*this)(customers, frequency_of_row{}, spend_of_row{}, options);
  }

  template <rows_range Range, projection_of<Range> Frequency, projection_of<Range> Spend>
  spend_independence_result operator()(Range&& rows, Frequency frequency, Spend spend,
                                       spend_independence_options const& options = {}) const {
    check_confidence("spend_independence_options::confidence", options.confidence);
    spend_independence_result result;
    result.interval.confidence = options.confidence;
    if constexpr (number_check::of<projected<Range, Frequency>, projected<Range, Spend>>()) {
      std::vector<spend_pair> pairs;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& row = *at;
        auto&& often = detail::project(frequency, row);
        auto&& much = detail::project(spend, row);
        if (!detail::accepts_between(often, 0, 0x1p53, options.on_invalid, result.rejections, position)) continue;
        if (detail::real_of(often) == 0) {
          ++result.once;
          continue;
        }
        if (!detail::accepts_real(much, 1e100, options.on_invalid, result.rejections, position)) continue;
        pairs.push_back({detail::real_of(often), detail::real_of(much)});
      }
      result.count = pairs.size();
      result.rejected = result.rejections.total();
      result.ranks = spearman(pairs, &spend_pair::frequency, &spend_pair::spend, {.confidence = options.confidence});
      if (pairs.size() > 1) result.value = correlation_of(pairs);
      add_error(result, options.confidence);
    }
    return result;
  }

  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(
        no_such_call<Arguments...>,
        "credence: the order of this call is spend_independence(customers, {options}), of rows with frequency and "
        "monetary_value, as those of rfm, or spend_independence(rows, &row::repeats, &row::mean_spend, {options})");
  }

 private:
  static void add_error(spend_independence_result& result, double confidence) {
    double const pairs = static_cast<double>(result.count);
    double const unexplained = 1 - result.value * result.value;
    if (!result || pairs < 3) return;
    result.p_value =
        unexplained > 0
            ? 2 * math::student_t_upper_tail(std::fabs(result.value) * std::sqrt((pairs - 2) / unexplained), pairs - 2)
            : 0;
    if (pairs < 4) return;
    result.standard_error = unexplained / std::sqrt(pairs - 3);
    result.interval =
        fisher_interval(result.value, result.standard_error, math::normal_critical(confidence), confidence);
  }
};

}  // namespace detail

/// Is how much a customer spends independent of how often he comes? `spend_independence(customers)`, of rows with
/// `frequency` and `monetary_value`, as those of `rfm`, or `(rows, &row::repeats, &row::mean_spend)`: Pearson's
/// correlation with the interval of Fisher's z, and Spearman's of the ranks, among customers who bought again. Models
/// of spend such as `gamma_gamma` assume that there is none; lifetime values of customers who buy often are too low
/// where it is positive. How large it is matters, not whether it differs from 0: among many customers it always does.
/// Missing, NaN and infinite values are left out and counted. Throws `credence::error` for a confidence outside (0, 1).
/// O(n log n). Source: Fader, Hardie and Lee (2005), Journal of Marketing Research 42, 415, who look at the same.
inline constexpr detail::or_refused<detail::spend_independence_function> spend_independence{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
