// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_EXPECTED_MAXIMUM_PROFIT_HPP
#define CREDENCE_CHURN_EXPECTED_MAXIMUM_PROFIT_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/roc_hull.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a campaign costs and wins. Money is in the host's own unit.
struct expected_maximum_profit_options {
  number lifetime_value = 200;  ///< of a customer who is kept; more than `incentive_cost`
  number incentive_cost = 10;   ///< of the offer, to each who takes it: all who would have stayed, too; 0 or more
  number contact_cost = 1;      ///< of asking one customer; 0 or more
  number alpha = 6;             ///< of the Beta distribution of the share of would-be leavers who accept; above 0
  number beta = 14;             ///< of that; above 0. Beta(6, 14) has a mean of 0.3
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `expected_maximum_profit`: money a customer of the whole base, contacted or not. NaN where all labels
/// are equal.
struct expected_maximum_profit_result {
  double value = not_a_number();             ///< expected over what share accepts, contacting the best part for each
  double fraction = not_a_number();          ///< share of the customers to contact, expected likewise, in 0…1
  double maximum_profit = not_a_number();    ///< where just the mean share accepts
  double maximum_fraction = not_a_number();  ///< share to contact then, in 0…1; 0: the campaign does not pay
  double threshold = not_a_number();         ///< the least score to contact then; infinite for nobody
  std::uint64_t count = 0;                   ///< customers used
  std::uint64_t positives = 0;               ///< who left
  std::uint64_t negatives = 0;               ///< who stayed
  std::uint64_t rejected = 0;                ///< customers left out
  credence::rejections rejections;           ///< and why

  constexpr explicit operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("fraction", self.fraction);
    visit("maximum_profit", self.maximum_profit);
    visit("maximum_fraction", self.maximum_fraction);
    visit("threshold", self.threshold);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(expected_maximum_profit_result const&,
                                   expected_maximum_profit_result const&) = default;
};

namespace detail {

struct expected_maximum_profit_function
    : score_calls<expected_maximum_profit_function, expected_maximum_profit_options, expected_maximum_profit_result> {
  static expected_maximum_profit_result of(ranked_scores const& ranked,
                                           expected_maximum_profit_options const& options) {
    check_costs(options);
    expected_maximum_profit_result result;
    tell_scores(result, ranked);
    if (!result) return result;
    std::vector<roc_point> const hull = roc_hull(ranked);
    add_maximum(result, hull, options);
    add_expected(result, hull, options);
    return result;
  }

 private:
  static void check_costs(expected_maximum_profit_options const& options) {
    auto const at_least_0 = [](char const* name, double const& cost) {
      if (!is_finite(cost) || cost < 0) wrong_argument(name, cost, "it must be finite, and 0 or more");
    };
    at_least_0("expected_maximum_profit_options::incentive_cost", options.incentive_cost.value);
    at_least_0("expected_maximum_profit_options::contact_cost", options.contact_cost.value);
    double const worth = options.lifetime_value;
    if (!is_finite(worth) || !(worth > options.incentive_cost))
      wrong_argument("expected_maximum_profit_options::lifetime_value", worth,
                     "it must be finite, and more than incentive_cost");
    auto const above_0 = [](char const* name, double const& shape) {
      if (!is_finite(shape) || !(shape > 0)) wrong_argument(name, shape, "it must be finite, and more than 0");
    };
    above_0("expected_maximum_profit_options::alpha", options.alpha.value);
    above_0("expected_maximum_profit_options::beta", options.beta.value);
  }

  static void add_maximum(expected_maximum_profit_result& result, std::vector<roc_point> const& hull,
                          expected_maximum_profit_options const& options) {
    double const accepted = options.alpha / (options.alpha + options.beta);
    double const gain = accepted * (options.lifetime_value - options.incentive_cost) - options.contact_cost;
    double const loss = options.incentive_cost + options.contact_cost;
    double const count = static_cast<double>(result.count);
    for (roc_point const& point : hull) {
      double const left = static_cast<double>(point.positives);
      double const stayed = static_cast<double>(point.negatives);
      double const profit = (left * gain - stayed * loss) / count;
      if (!is_nan(result.maximum_profit) && !(profit > result.maximum_profit)) continue;
      result.maximum_profit = profit;
      result.maximum_fraction = (left + stayed) / count;
      result.threshold = point.threshold;
    }
  }

  /// The share of acceptance from which on it pays to go from one corner of the hull to the next.
  static double break_even(roc_point const& from, roc_point const& to, expected_maximum_profit_options const& options) {
    double const left = static_cast<double>(to.positives - from.positives);
    double const stayed = static_cast<double>(to.negatives - from.negatives);
    double const cost = (options.incentive_cost + options.contact_cost) * stayed + options.contact_cost * left;
    double const gain = (options.lifetime_value - options.incentive_cost) * left;
    return cost < gain ? cost / gain : 1;
  }
  static void add_expected(expected_maximum_profit_result& result, std::vector<roc_point> const& hull,
                           expected_maximum_profit_options const& options) {
    double const mean = options.alpha / (options.alpha + options.beta);
    double const gain = options.lifetime_value - options.incentive_cost;
    double const loss = options.incentive_cost + options.contact_cost;
    double const count = static_cast<double>(result.count);
    compensated_sum profits;
    compensated_sum fractions;
    double chance_below = 0;
    double share_below = 0;  ///< of what is accepted in the mean, that where so few accept
    for (std::size_t at = 0; at < hull.size(); ++at) {
      double const until = at + 1 < hull.size() ? break_even(hull[at], hull[at + 1], options) : 1;
      double const chance_to = math::incomplete_beta(options.alpha, options.beta, until);
      double const share_to = math::incomplete_beta(options.alpha + 1, options.beta, until);
      double const chance = chance_to - chance_below;
      double const accepted = mean * (share_to - share_below);
      double const left = static_cast<double>(hull[at].positives) / count;
      double const stayed = static_cast<double>(hull[at].negatives) / count;
      profits += left * (gain * accepted - options.contact_cost * chance) - stayed * loss * chance;
      fractions += chance * (left + stayed);
      chance_below = chance_to;
      share_below = share_to;
    }
    result.value = profits.value();
    result.fraction = fractions.value();
  }
};

}  // namespace detail

/// What would a retention campaign win that is led by this score? `expected_maximum_profit(customers,
/// &customer::score, &customer::has_left, {.lifetime_value = 200, .incentive_cost = 10, .contact_cost = 1})`, or of
/// what `churn_scores` gathered. Those who score so or more are contacted at a cost f each; of those who would leave, a
/// share γ takes the offer, at a cost d, and stays, worth CLV; all who would have stayed take it for nothing. Money a
/// customer of the base: π₁F₁(γ(CLV − d) − f) − π₀F₀(d + f). `maximum_profit` is the greatest at the mean of γ, and the
/// value is the mean of the greatest, each γ having its own threshold, over γ ~ Beta(alpha, beta): exact, from the
/// convex hull of the ROC curve. Throws `credence::error` for wrong options. O(customers), and two incomplete beta
/// functions for each corner of the hull. Source: Verbraken, Verbeke and Baesens (2013), IEEE TKDE 25, 961.
inline constexpr detail::expected_maximum_profit_function expected_maximum_profit{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
