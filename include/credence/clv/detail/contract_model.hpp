// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_CONTRACT_MODEL_HPP
#define CREDENCE_CLV_DETAIL_CONTRACT_MODEL_HPP

#include <cmath>
#include <iterator>
#include <optional>

#include <credence/clv/detail/contract_cohorts.hpp>
#include <credence/clv/detail/renewal_law.hpp>
#include <credence/clv/detail/sound_count.hpp>
#include <credence/clv/discount.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// What every model of contracts answers, written once. What a model knows is in its law: see renewal_law.hpp.

namespace credence {
inline namespace CREDENCE_ABI {

/// What `discounted_residual_lifetime` takes.
struct residual_lifetime_options {
  discount_rate discount = {};         ///< of renewals to come, for one period; by default they count in full
  std::optional<whole> renewals = {};  ///< how many of them count, from the next one on; unset: all
};

namespace detail {

/// The answers of a model of contracts. Customers come to renewals 1, 2, 3 … and decide at each whether to stay; t of
/// them lie behind a customer of age t. Whole numbers out of range throw `credence::error`.
template <class Model, class Law>
class contract_model {
 public:
  /// S(t): the share of a cohort that is still there after so many renewals; S(0) = 1.
  [[nodiscard]] double survival(whole renewals) const {
    return std::exp(own_law().log_kept(0, sound_count("`renewals`", renewals, 0)));
  }
  /// S(first), S(first + 1) … S(last) to an output iterator; returns the iterator behind the last.
  template <std::output_iterator<double> Out>
  Out survival(whole first, whole last, Out out) const {
    double const begin = sound_count("`first`", first, 0);
    double const end = sound_count("`last`", last, 0);
    Law const the_law = own_law();
    for (double renewals = begin; renewals <= end; ++renewals) {
      *out = std::exp(the_law.log_kept(0, renewals));
      ++out;
    }
    return out;
  }
  /// S(t) ÷ S(t − 1): the share of those who come to this renewal, the first is 1, that stays.
  [[nodiscard]] double retention_rate(whole renewal) const {
    return own_law().retention(sound_count("`renewal`", renewal, 1));
  }
  /// 1 − retention, exact also where few leave.
  [[nodiscard]] double churn_rate(whole renewal) const { return own_law().churn(sound_count("`renewal`", renewal, 1)); }
  /// S(renewals + ahead) ÷ S(renewals): is one who has renewed so often still there `ahead` renewals later?
  [[nodiscard]] double probability_alive(whole renewals, whole ahead) const {
    double const behind = sound_count("`renewals`", renewals, 0);
    return std::exp(own_law().log_kept(behind, behind + sound_count("`ahead`", ahead, 0)));
  }
  /// How many of `customers`, who have renewed so often, will be left `ahead` renewals later.
  [[nodiscard]] double expected_customers(number customers, whole renewals, whole ahead) const {
    if (!is_finite(customers) || customers < 0)
      wrong_argument("`customers`", customers.value, "it must be finite, and 0 or more");
    return customers * probability_alive(renewals, ahead);
  }
  /// Σ_{t≥0} S(t): periods that a new customer stays, the first among them. +∞ where the tail is too heavy for a mean.
  [[nodiscard]] double expected_lifetime() const {
    return 1 + detail::renewals_to_come(own_law(), 0, 0, infinite_number());
  }
  /// Discounted expected residual lifetime (DERL) of a customer who is about to decide on this renewal, the first is 1:
  /// Σ_{t≥renewal} S(t) ÷ S(renewal − 1) · (1 + d)^−(t − renewal), so that the payment at this renewal counts in full.
  /// +∞ where the sum for ever has no end, as without a discount it often has none.
  [[nodiscard]] double discounted_residual_lifetime(whole renewal, residual_lifetime_options const& options) const {
    double const behind = sound_count("`renewal`", renewal, 1) - 1;
    double const delta =
        log_discount("residual_lifetime_options::discount", options.discount, static_cast<Model const&>(*this).unit);
    double const most = sound_count("residual_lifetime_options::renewals", options.renewals, 0);
    return detail::renewals_to_come(own_law(), behind, delta, most);
  }
  /// ln L of counts of customers alive at each renewal, read as `fit` reads them; counts that it leaves out are left
  /// out here too.
  template <rows_range Range>
  [[nodiscard]] double log_likelihood(Range&& counts) const {
    contract_cohorts const cohorts = detail::read_cohorts(on_invalid::reject, counts, identity{});
    auto const natural = static_cast<Model const&>(*this).parameters();
    double sum = 0;
    for (renewal_term const& term : cohorts.terms)
      sum += term.customers * detail::log_likelihood_of<Law, double>(natural, term);
    return sum;
  }

 private:
  [[nodiscard]] Law own_law() const { return static_cast<Model const&>(*this).law(); }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
