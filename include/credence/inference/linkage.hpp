// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_LINKAGE_HPP
#define CREDENCE_INFERENCE_LINKAGE_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/call_shape.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/lagged_pairs.hpp>
#include <credence/inference/p_adjustment.hpp>
#include <credence/inference/spearman.hpp>

// Does a score lead an outcome? Each unit (a branch, a team, a product) has a score and an outcome in each period; the
// score of a period is held against the same unit's outcome some periods later, or earlier: a score that follows the
// outcome does not move it.

namespace credence {
inline namespace CREDENCE_ABI {

/// What is held against each other.
enum class linkage_view : std::uint8_t {
  all_pairs,    ///< pairs as they are: branches that differ, and what changes in each
  within_units  ///< less the unit's own mean: only what changes in each
};
constexpr std::string_view name_of(linkage_view view) {
  switch (view) {
    case linkage_view::all_pairs: return "all_pairs";
    case linkage_view::within_units: return "within_units";
  }
  return {};
}

struct linkage_options {
  whole longest_lag = 3;  ///< lags from minus this to this, in periods; 0 to 1,000
  linkage_view view = linkage_view::all_pairs;
  p_adjustment adjustment = p_adjustment::holm;  ///< of the p-values, for the number of lags
  number confidence = 0.95;                      ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The score against the outcome `lag` periods later.
struct lagged_link {
  std::int64_t lag = 0;                    ///< above 0 the score comes first
  double value = not_a_number();           ///< Spearman's ρ, in −1…1
  credence::interval interval;             ///< of ρ, in −1…1; units, not pairs, are what is independent
  double standard_error = not_a_number();  ///< of ρ
  double p_value = not_a_number();         ///< of no monotone relation, two-sided, in 0…1
  double adjusted_p_value = not_a_number();
  double slope = not_a_number();        ///< of least squares, in the outcome's unit for one of the score's
  credence::interval slope_interval;    ///< in the unit of the slope
  double slope_error = not_a_number();  ///< of the slope
  std::uint64_t count = 0;              ///< pairs
  std::uint64_t units = 0;              ///< units that have any

  /// Is there an answer?
  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("lag", self.lag);
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("p_value", self.p_value);
    visit("adjusted_p_value", self.adjusted_p_value);
    visit("slope", self.slope);
    visit("slope_interval", self.slope_interval);
    visit("slope_error", self.slope_error);
    visit("count", self.count);
    visit("units", self.units);
  }
  friend constexpr bool operator==(lagged_link const&, lagged_link const&) = default;
};

/// The answer of `linkage`.
struct linkage_result {
  std::vector<lagged_link> lags;    ///< from the most negative
  std::uint64_t count = 0;          ///< rows used: with a score or an outcome
  std::uint64_t units = 0;          ///< units among them
  std::uint64_t duplicates = 0;     ///< rows left out: the unit has one of that period already
  std::uint64_t rejected = 0;       ///< scores, outcomes and times left out
  credence::rejections rejections;  ///< and why

  /// Does any lag have an answer?
  explicit operator bool() const {
    return std::any_of(lags.begin(), lags.end(), [](lagged_link const& own) { return static_cast<bool>(own); });
  }
  /// The link at a lag. Throws `credence::error` for one that was not asked for.
  [[nodiscard]] lagged_link const& at(whole lag) const {
    for (lagged_link const& own : lags)
      if (own.lag == lag.value) return own;
    detail::wrong_argument("lag", lag.value, "it was not asked for; see linkage_options::longest_lag");
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("lags", self.lags);
    visit("count", self.count);
    visit("units", self.units);
    visit("duplicates", self.duplicates);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(linkage_result const&, linkage_result const&) = default;
};

namespace detail {

using linkage_call = call_shape<linkage_options, call_terms{.policy = policy_place::among}, argument_kind::projection,
                                argument_kind::projection, argument_kind::projection, argument_kind::projection>;

struct linkage_function : refusal<linkage_call, std::type_identity<linkage_result>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> Unit, projection_of<Range> Period, projection_of<Range> Score,
            projection_of<Range> Outcome>
  linkage_result operator()(Range&& rows, Unit unit, Period period, Score score, Outcome outcome,
                            linkage_options options = {}) const {
    using number_type = std::remove_cvref_t<projected<Range, Period>>;
    constexpr bool numbers = std::integral<number_type> && !std::same_as<number_type, bool>;
    static_assert(numbers,
                  "credence: linkage asks for the number of the period, an integer; for times give a policy after "
                  "them: linkage(rows, unit, time, credence::calendar_month{}, score, outcome)");
    if constexpr (numbers) {
      return answer(rows, unit, score, outcome, options, [&](auto& row, std::int64_t& found) {
        found = static_cast<std::int64_t>(detail::project(period, row));
        return true;
      });
    } else {
      return {};
    }
  }
  template <rows_range Range, projection_of<Range> Unit, projection_of<Range> Time, period_policy Policy,
            projection_of<Range> Score, projection_of<Range> Outcome>
  linkage_result operator()(Range&& rows, Unit unit, Time time, Policy policy, Score score, Outcome outcome,
                            linkage_options options = {}) const {
    if constexpr (check_time<projected<Range, Time>>()) {
      return answer(rows, unit, score, outcome, options, [&](auto& row, std::int64_t& found) {
        instant const when = detail::instant_of(detail::project(time, row));
        if (when.is_known()) found = policy.index_of(when);
        return when.is_known();
      });
    } else {
      return {};
    }
  }

 private:
  static void check_options(linkage_options const& options) {
    check_confidence("linkage_options::confidence", options.confidence);
    if (options.longest_lag < 0 || options.longest_lag > 1000)
      wrong_argument("linkage_options::longest_lag", options.longest_lag.value, "it must be 0 to 1,000");
  }

  template <class Range, class Unit, class Score, class Outcome, class Period>
  static linkage_result answer(Range& rows, Unit const& unit, Score const& score, Outcome const& outcome,
                               linkage_options const& options, Period const& period) {
    check_options(options);
    linkage_result result;
    using unit_type = std::remove_cvref_t<projected<Range, Unit>>;
    if constexpr (check_key<unit_type>() && number_check::of<projected<Range, Score>, projected<Range, Outcome>>()) {
      group_table<stored_key<unit_type>, no_state> units;
      std::vector<unit_period> seen;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& row = *at;
        unit_period own;
        if (!period(row, own.period)) {
          turn_away(options.on_invalid, result.rejections, rejection::bad_time, 0, position);
          continue;
        }
        own.score =
            detail::real_or_rejected(detail::project(score, row), options.on_invalid, result.rejections, position);
        own.outcome =
            detail::real_or_rejected(detail::project(outcome, row), options.on_invalid, result.rejections, position);
        if (is_nan(own.score) && is_nan(own.outcome)) continue;
        own.row = position;
        own.unit = units.find_or_add(detail::project(unit, row));
        seen.push_back(own);
      }
      result.rejected = result.rejections.total();
      result.units = units.size();
      result.duplicates = in_order(seen);
      result.count = seen.size();
      fill(result, seen, options);
    }
    return result;
  }

  static void fill(linkage_result& result, std::vector<unit_period> const& seen, linkage_options const& options) {
    std::vector<double> p_values;
    for (std::int64_t lag = -options.longest_lag.value; lag <= options.longest_lag.value; ++lag) {
      lagged_pairs pairs = pairs_at(seen, lag);
      if (options.view == linkage_view::within_units) centre_units(pairs);
      lagged_link own;
      own.lag = lag;
      own.count = pairs.scores.size();
      own.units = pairs.ends.size();
      own.interval.confidence = own.slope_interval.confidence = options.confidence;
      link_pairs(own, pairs, options.confidence);
      p_values.push_back(own.p_value);
      result.lags.push_back(own);
    }
    std::vector<double> const after = adjusted(p_values, options.adjustment);
    for (std::size_t at = 0; at < after.size(); ++at) result.lags[at].adjusted_p_value = after[at];
  }
};

}  // namespace detail

/// Does a score lead an outcome over units and periods? `linkage(rows, &row::branch, &row::month, &row::nps,
/// &row::revenue)`, one row for a unit in a period, whose number is an integer; or with a time and a policy in its
/// place. For each lag ℓ from −3 to 3 the score of period t is held against the outcome of t + ℓ: Spearman's ρ, and the
/// slope of least squares. Periods of a unit resemble each other, so that errors are those of units (influences and
/// residuals summed by unit, t with units − 1 degrees of freedom): with one unit there is none, and with fewer than
/// some twenty they are rough. `within_units` takes out what a unit always has, and what is shared by all in a season
/// it does not. A score or an outcome that is missing, NaN or beyond ±1e150 is left out and counted; so are a unit's
/// second row of a period, and times that cannot be. Fewer than three pairs, or a side that never varies: no answer at
/// that lag. Throws `credence::error` for wrong options. O(rows · log rows · lags); keeps the rows.
inline constexpr detail::linkage_function linkage{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
