// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_EARNED_GROWTH_HPP
#define CREDENCE_CHURN_EARNED_GROWTH_HPP

#include <optional>

#include <credence/churn/revenue_movements_result.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What earned growth is made of, each a share of the revenue of the period before.
struct earned_growth_figures {
  number net_retention = 1;        ///< NRR: what the customers of the period before pay now; 0 or more
  number earned_new_share = 0;     ///< ENC: what new customers pay who came for what others said; 0 or more
  std::optional<number> growth{};  ///< of all revenue, if known: 0.3 for a third period that is 1.3 times the second
};

/// The answer of `earned_growth`, in shares of the revenue of the period before; NaN where there was none.
struct earned_growth_result {
  double value = not_a_number();             ///< NRR + ENC − 1
  double net_retention = not_a_number();     ///< NRR
  double earned_new_share = not_a_number();  ///< ENC
  double growth = not_a_number();            ///< of all revenue; NaN where it is not known
  double bought = not_a_number();            ///< growth that was not earned: growth − value
  double ratio = not_a_number();  ///< value ÷ growth, Reichheld's earned growth ratio; NaN but for growth > 0

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("net_retention", self.net_retention);
    visit("earned_new_share", self.earned_new_share);
    visit("growth", self.growth);
    visit("bought", self.bought);
    visit("ratio", self.ratio);
  }
  friend constexpr bool operator==(earned_growth_result const&, earned_growth_result const&) = default;
};

/// How fast a business would grow by its customers alone: by those who stay and buy more, and by those they bring.
///     earned growth = NRR + ENC − 1
/// Both are shares of the revenue of the period before, a year in the source: NRR what its customers pay now, ENC what
/// new customers pay who were referred or came for the reputation, not for advertising or a discount. Throws
/// `credence::error` for a figure that is negative, NaN or infinite (of growth: below −1). Source: Reichheld, Darnell
/// and Burns (2021), Net Promoter 3.0, Harvard Business Review 99(6); Winning on Purpose (2021), appendix B.
[[nodiscard]] inline earned_growth_result earned_growth(earned_growth_figures const& figures) {
  auto const check_figure = [](char const* name, double value, double least, char const* allowed) {
    if (!is_finite(value) || value < least) detail::wrong_argument(name, value, allowed);
  };
  check_figure("earned_growth_figures::net_retention", figures.net_retention, 0, "it must be a share of 0 or more");
  check_figure("earned_growth_figures::earned_new_share", figures.earned_new_share, 0,
               "it must be a share of 0 or more");
  earned_growth_result result;
  result.net_retention = figures.net_retention;
  result.earned_new_share = figures.earned_new_share;
  result.value = result.net_retention + result.earned_new_share - 1;
  if (!figures.growth) return result;
  check_figure("earned_growth_figures::growth", *figures.growth, -1, "it must be a share of −1 or more");
  result.growth = *figures.growth;
  result.bought = result.growth - result.value;
  if (result.growth > 0) result.ratio = result.value / result.growth;
  return result;
}

/// Of a period of `revenue_movements`, and the part of its new business that was earned, in the unit of its amounts.
/// Ask for calendar years to have what the source means. Who is back counts as kept where the period's net retention
/// says so; else it is growth that was neither, and stands with what was bought. No answer where nothing was paid in
/// the period before. Throws `credence::error` where more is earned than there was new business, or less than none.
template <class Total>
[[nodiscard]] earned_growth_result earned_growth(revenue_period<Total> const& period, number earned_new_business) {
  double const earned = earned_new_business;
  // As far as doubles can tell: it may have been added up in another order.
  if (!is_finite(earned) || earned < 0 || earned > period.new_business * (1 + 1e-9))
    detail::wrong_argument("earned_new_business", earned,
                           "it must be 0 or more, and part of the period's new business");
  if (!(period.opening > 0)) return {};
  return earned_growth({.net_retention = period.net_retention,
                        .earned_new_share = earned / period.opening,
                        .growth = (period.closing - period.opening) / period.opening});
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
