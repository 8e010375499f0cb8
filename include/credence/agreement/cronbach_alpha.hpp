// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_CRONBACH_ALPHA_HPP
#define CREDENCE_AGREEMENT_CRONBACH_ALPHA_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/agreement/detail/items_state.hpp>
#include <credence/core/accumulator.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/covariance.hpp>
#include <credence/math/fisher_f.hpp>

// Do the items of a questionnaire measure one thing? With k items, cᵢⱼ their covariances over the respondents,
// α = k/(k − 1)·(1 − Σcᵢᵢ/Σcᵢⱼ); standardised the same of their correlations, k·r̄/(1 + (k − 1)·r̄).

namespace credence {
inline namespace CREDENCE_ABI {

struct cronbach_alpha_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_confidence_option("cronbach_alpha_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(cronbach_alpha_options const&, cronbach_alpha_options const&) = default;
};

/// What one item does for the scale.
struct item_reliability {
  double mean = not_a_number();                ///< in the item's unit
  double standard_deviation = not_a_number();  ///< of one answer
  double rest_correlation = not_a_number();    ///< of the item with the sum of all others, in −1…1
  double alpha_if_dropped = not_a_number();    ///< of the others alone

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("mean", self.mean);
    visit("standard_deviation", self.standard_deviation);
    visit("rest_correlation", self.rest_correlation);
    visit("alpha_if_dropped", self.alpha_if_dropped);
  }
  friend constexpr bool operator==(item_reliability const&, item_reliability const&) = default;
};

/// The answer of `cronbach_alpha`. NaN where fewer than two respondents answered all items, for one item, and where the
/// sum of the items never varies.
struct cronbach_alpha_result {
  double value = not_a_number();         ///< raw, at most 1; below 0 where items work against each other
  credence::interval interval;           ///< Feldt's, of the raw one; NaN where the value is 1
  double standardised = not_a_number();  ///< by correlations; NaN where an item never varies
  std::vector<item_reliability> items;   ///< in their order
  std::uint64_t count = 0;               ///< respondents who answered all items
  std::uint64_t rejected = 0;            ///< respondents left out
  credence::rejections rejections;       ///< and why, by their first item that is not good

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standardised", self.standardised);
    visit("items", self.items);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(cronbach_alpha_result const&, cronbach_alpha_result const&) = default;
};

namespace detail {

/// α of some items, from the sum of their variances and that of all covariances.
[[nodiscard]] inline double alpha_of(double items, double variances, double total) {
  return total > 0 && items > 1 ? items / (items - 1) * (1 - variances / total) : not_a_number();
}

}  // namespace detail

/// Covariances of items; see `cronbach_alpha`.
class cronbach_alpha_accumulator
    : public accumulator_base<cronbach_alpha_accumulator, cronbach_alpha_options, detail::items_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.cronbach_alpha"; }

  using value_check = detail::items_check;

  /// One respondent's answers, a range of as many as all others gave. Throws `credence::error` for another number.
  template <class Items>
  static void push(cronbach_alpha_options const& options, state_type& state, Items const& answers) {
    detail::push_items(options, state, answers);
  }

  [[nodiscard]] static cronbach_alpha_result answer(cronbach_alpha_options const& options, state_type const& state) {
    detail::co_moments const& items = state.items;
    cronbach_alpha_result result;
    result.count = items.count();
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    std::size_t const columns = items.columns();
    if (result.count < 2) return result;
    double variances = 0;
    double total = 0;
    double correlations = 0;
    std::vector<double> with_all(columns, 0.0);  // of each item with the sum of all
    for (std::size_t one = 0; one < columns; ++one) {
      variances += items.product(one, one);
      for (std::size_t other = 0; other < columns; ++other) {
        with_all[one] += items.product(one, other);
        if (one != other) correlations += items.correlation(one, other);
      }
      total += with_all[one];
    }
    double const number_of_items = static_cast<double>(columns);
    double const degrees = static_cast<double>(result.count) - 1;
    result.value = detail::alpha_of(number_of_items, variances, total);
    double const average = correlations / (number_of_items * (number_of_items - 1));
    if (columns > 1) result.standardised = number_of_items * average / (1 + (number_of_items - 1) * average);
    for (std::size_t column = 0; column < columns; ++column) {
      double const own = items.product(column, column);
      double const rest = total - 2 * with_all[column] + own;
      item_reliability item;
      item.mean = items.mean_of(column);
      item.standard_deviation = std::sqrt(own / degrees);
      if (own > 0 && rest > 0) item.rest_correlation = (with_all[column] - own) / (std::sqrt(own) * std::sqrt(rest));
      item.alpha_if_dropped = detail::alpha_of(number_of_items - 1, variances - own, rest);
      result.items.push_back(item);
    }
    if (!result || !(result.value < 1)) return result;
    // (1 − α)/(1 − α̂) is distributed as F.
    double const other_degrees = degrees * (number_of_items - 1);
    double const tail = (1 - options.confidence) / 2;
    result.interval.lower = 1 - (1 - result.value) * math::fisher_f_upper_quantile(tail, degrees, other_degrees);
    result.interval.upper = 1 - (1 - result.value) * math::fisher_f_quantile(tail, degrees, other_degrees);
    return result;
  }
};

/// Cronbach's α, the reliability of a sum of items: `cronbach_alpha(respondents, [](auto const& r) { return r.items;
/// })`, of a range of numbers or optionals for each respondent, as many for all. At most 1; how much of the variance of
/// the sum the items share, if they measure one thing, which α itself does not show. `interval`: Feldt's. Who left an
/// item out, or gave one that is no number or beyond ±1e150, is left out and counted. Throws `credence::error` for a
/// confidence outside (0, 1) and for respondents with unlike numbers of items. O(respondents·items²).
/// Source: Cronbach (1951), Psychometrika 16, 297; Feldt (1965), Psychometrika 30, 357.
inline constexpr metric<cronbach_alpha_accumulator> cronbach_alpha{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
