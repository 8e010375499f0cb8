// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_RATED_VALUES_HPP
#define CREDENCE_REVIEWS_DETAIL_RATED_VALUES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/reviews/detail/numbered_ratings.hpp>  // first: complaints about a key then name no other header

#include <credence/core/call_shape.hpp>
#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// Who gave what to which item: what all that corrects for raters reads.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The call of all that corrects for raters: `reviews, rater, item, value [, weight] [, weighted_by(…)] [, {options}]`.
template <class Options>
using rated_call = call_shape<Options, call_terms{.further = 1, .takes_design = true}, argument_kind::projection,
                              argument_kind::projection, argument_kind::projection>;

/// As what a value is kept: stars are read again and again, and a byte is read faster than a double.
template <class Value>
using kept_value = std::conditional_t<std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool> && sizeof(Value) <= 4,
                                      Value, double>;

template <class Rater, class Item, class Value, bool Weighted>
struct rated_values {
  static constexpr bool weighted = Weighted;

  numbered_ratings<Rater, Item> who;
  std::vector<Value> values;
  std::vector<double> weights;  ///< none where no weight was given: each is 1

  [[nodiscard]] std::size_t size() const { return values.size(); }
  [[nodiscard]] double value(std::size_t at) const { return static_cast<double>(values[at]); }
  [[nodiscard]] double weight(std::size_t at) const {
    if constexpr (Weighted) {
      return weights[at];
    } else {
      return 1;
    }
  }
  /// How many ratings each number has; nothing where the weights say it.
  [[nodiscard]] std::vector<std::uint64_t> counts_of([[maybe_unused]] std::vector<std::uint32_t> const& numbers,
                                                     [[maybe_unused]] std::uint32_t limit) const {
    std::vector<std::uint64_t> counts;
    if constexpr (Weighted) {
      counts.resize(limit);
      for (std::uint32_t const number : numbers) ++counts[number];
    }
    return counts;
  }
  /// What went into an answer, and what was turned away.
  template <class Answer>
  void tell(Answer& answer) const {
    answer.count = size();
    answer.rejected = who.rejected.total();
    answer.rejections = who.rejected;
  }
};

/// What is on the scale.
struct value_bounds {
  double lowest;
  double highest;
};
/// Without a scale, as far as squares do not overflow. Throws `credence::error` for one that is none.
[[nodiscard]] inline value_bounds bounds_of_scale(std::optional<number> lowest, char const* lowest_name,
                                                  std::optional<number> highest, char const* highest_name) {
  constexpr double most = 1e150;
  if (lowest && !(is_finite(*lowest) && *lowest >= -most && *lowest <= most))
    wrong_argument(lowest_name, lowest->value, "it must lie within ±1e150");
  if (highest && !(is_finite(*highest) && *highest >= -most && *highest <= most))
    wrong_argument(highest_name, highest->value, "it must lie within ±1e150");
  value_bounds const bounds{lowest ? lowest->value : -most, highest ? highest->value : most};
  if (bounds.lowest > bounds.highest)
    wrong_argument(highest_name, bounds.highest, "it must not be less than the least on the scale");
  return bounds;
}
inline void check_not_negative(char const* name, double option) {
  if (!is_finite(option) || option < 0) wrong_argument(name, option, "it must be 0 or more, and finite");
}

/// What the projections return, and the rest of the call.
template <class Range, class RaterOf, class ItemOf, class Value, class Plan>
constexpr bool check_rated() {
  static_assert(!Plan::is_designed, "credence: what corrects for raters takes weights, and no strata or clusters");
  constexpr bool keys = check_rating_keys<Range, RaterOf, ItemOf>();
  constexpr bool numbers = number_check::of<projected<Range, Value>, weight_value_of<Range, Plan>>();
  return keys && numbers && check_plan<Range, Plan>() && !Plan::is_designed;
}

/// As what the values that a projection returns are kept.
template <class Range, class Value>
using kept_value_of = kept_value<typename answer_type<std::remove_cvref_t<projected<Range, Value>>>::type>;

/// Enters what was given, and with what weight, behind what `values` and `weights` hold. An empty value, one off the
/// scale, or a weight that is none, is turned away and counted.
template <class Kept, class Value, class Plan>
struct enter_value {
  on_invalid policy;
  value_bounds bounds;
  Value const& value;
  Plan const& plan;
  std::vector<Kept>& values;
  std::vector<double>& weights;

  template <class Row>
  bool operator()(Row& row, rejections& rejected) const {
    auto&& own = detail::project(value, row);
    if (!detail::accepts_between(own, bounds.lowest, bounds.highest, policy, rejected, 0)) return false;
    if constexpr (is_given<decltype(Plan::weight)>) {
      auto&& weight = detail::project(plan.weight, row);
      if (!detail::is_weight(weight)) {
        turn_away(policy, rejected, rejection::bad_weight, 0, 0);
        return false;
      }
      weights.push_back(detail::real_of(weight));
    }
    values.push_back(static_cast<Kept>(detail::real_of(own)));
    return true;
  }
};

template <class Range, class RaterOf, class ItemOf, class Value, class Plan>
[[nodiscard]] auto read_rated(on_invalid policy, value_bounds bounds, Range& rows, RaterOf const& rater,
                              ItemOf const& item, Value const& value, Plan const& plan) {
  constexpr bool weighted = is_given<decltype(Plan::weight)>;
  using ratings_type = numbered_ratings_of<Range, RaterOf, ItemOf>;
  using kept_type = kept_value_of<Range, Value>;
  rated_values<typename decltype(ratings_type::raters)::key_type, typename decltype(ratings_type::items)::key_type,
               kept_type, weighted>
      rated;
  if constexpr (shareable_rows<Range>) {
    auto const size = static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows));
    rated.values.reserve(size);
    if (weighted) rated.weights.reserve(size);
  }
  rated.who = detail::read_ratings(
      policy, rows, rater, item,
      enter_value<kept_type, Value, Plan>{policy, bounds, value, plan, rated.values, rated.weights});
  return rated;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
