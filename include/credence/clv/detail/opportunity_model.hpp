// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_OPPORTUNITY_MODEL_HPP
#define CREDENCE_CLV_DETAIL_OPPORTUNITY_MODEL_HPP

#include <cmath>
#include <iterator>
#include <optional>

#include <credence/clv/detail/renewal_law.hpp>
#include <credence/clv/detail/sound_count.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/discount.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/clv/remaining_lifetime.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// What `bg_bb` answers: what a model of purchases at any time answers, by the same names, with opportunities for time.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A customer is a `purchase_history`, or any row with its members, whose numbers are whole: `frequency` is at most
/// `recency`, and 0 where that is; `recency` is at most `age`. One that cannot be throws `credence::error`, or is NaN
/// among many; a number of opportunities that is not whole, or negative, throws.
template <class Model, class Law>
class opportunity_model {
 public:
  using law_type = Law;

  /// ln f(x, t_x, n) of one customer.
  [[nodiscard]] double log_likelihood(purchase_history const& history) const {
    return own_law().log_likelihood(sound(history));
  }
  template <customer_row Row>
  [[nodiscard]] double log_likelihood(Row const& row) const {
    return log_likelihood(history_of(row));
  }

  /// P(alive at opportunity n + 1 + after | x, t_x, n); without `after` at the next one.
  [[nodiscard]] double probability_alive(purchase_history const& history, whole after = 0) const {
    return own_law().alive_after(sound(history), sound_count("`after`", after, 0));
  }
  template <customer_row Row>
  [[nodiscard]] double probability_alive(Row const& row, whole after = 0) const {
    return probability_alive(history_of(row), after);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out probability_alive(Range&& customers, Out out) const {
    return probability_alive(customers, 0, out);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out probability_alive(Range&& customers, whole after, Out out) const {
    double const ahead = sound_count("`after`", after, 0);
    return answered(customers, out,
                    [ahead](Law const& law, purchases const& own) { return law.alive_after(own, ahead); });
  }

  /// P(at least one purchase at the next `within` opportunities | x, t_x, n).
  [[nodiscard]] double probability_of_purchase(purchase_history const& history, whole within) const {
    return own_law().buys_within(sound(history), sound_count("`within`", within, 0));
  }
  template <customer_row Row>
  [[nodiscard]] double probability_of_purchase(Row const& row, whole within) const {
    return probability_of_purchase(history_of(row), within);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out probability_of_purchase(Range&& customers, whole within, Out out) const {
    double const ahead = sound_count("`within`", within, 0);
    return answered(customers, out,
                    [ahead](Law const& law, purchases const& own) { return law.buys_within(own, ahead); });
  }

  /// E[X(within)]: purchases of a new customer at his first so many opportunities.
  [[nodiscard]] double expected_purchases(whole within) const {
    return own_law().expected(sound_count("`within`", within, 0));
  }
  /// E[purchases at the next `within` opportunities | x, t_x, n].
  [[nodiscard]] double expected_purchases(purchase_history const& history, whole within) const {
    return own_law().expected_after(sound(history), sound_count("`within`", within, 0));
  }
  template <customer_row Row>
  [[nodiscard]] double expected_purchases(Row const& row, whole within) const {
    return expected_purchases(history_of(row), within);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out expected_purchases(Range&& customers, whole within, Out out) const {
    double const ahead = sound_count("`within`", within, 0);
    return answered(customers, out,
                    [ahead](Law const& law, purchases const& own) { return law.expected_after(own, ahead); });
  }
  /// E[purchases at opportunities n + from + 1 … n + until | x, t_x, n].
  [[nodiscard]] double expected_purchases(purchase_history const& history, whole from, whole until) const {
    purchases const own = sound(history);
    double const first = sound_count("`from`", from, 0);
    double const last = sound_count("`until`", until, 0);
    if (last < first) wrong_argument("`until`", until.value, "it must not be less than `from`");
    return own_law().expected_after(own, last) - own_law().expected_after(own, first);
  }
  template <customer_row Row>
  [[nodiscard]] double expected_purchases(Row const& row, whole from, whole until) const {
    return expected_purchases(history_of(row), from, until);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out expected_purchases(Range&& customers, whole from, whole until, Out out) const {
    double const first = sound_count("`from`", from, 0);
    double const last = sound_count("`until`", until, 0);
    if (last < first) wrong_argument("`until`", until.value, "it must not be less than `from`");
    return answered(customers, out, [first, last](Law const& law, purchases const& own) {
      return law.expected_after(own, last) - law.expected_after(own, first);
    });
  }

  /// P(X(within) = count) of a new customer.
  [[nodiscard]] double purchase_count_probability(whole count, whole within) const {
    return own_law().mass(sound_count("`count`", count, 0), sound_count("`within`", within, 0));
  }

  /// Discounted expected residual transactions (DERT): purchases to come, the one at opportunity n + k worth
  /// (1 + d)^−k, up to a horizon of so many opportunities or for ever. +∞ where the sum for ever has no end, as without
  /// a discount it has none unless γ > 1.
  [[nodiscard]] double discounted_residual_transactions(purchase_history const& history,
                                                        residual_options const& options) const {
    return own_law().residual(sound(history), discount_of(options), horizon_of(options));
  }
  template <customer_row Row>
  [[nodiscard]] double discounted_residual_transactions(Row const& row, residual_options const& options) const {
    return discounted_residual_transactions(history_of(row), options);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out discounted_residual_transactions(Range&& customers, residual_options const& options, Out out) const {
    double const discount = discount_of(options);
    double const horizon = horizon_of(options);
    return answered(customers, out, [discount, horizon](Law const& law, purchases const& own) {
      return law.residual(own, discount, horizon);
    });
  }

  /// At how many opportunities a customer who is alive at the next one will yet be alive, that one among them: the k-th
  /// of them is worth (1 + d)^−k in the discounted mean. The horizon is whole.
  [[nodiscard]] remaining_lifetime_result remaining_lifetime(purchase_history const& history,
                                                             remaining_lifetime_options const& options = {}) const {
    purchases const own = sound(history);
    double const discount =
        log_discount("remaining_lifetime_options::discount", options.discount, static_cast<Model const&>(*this).unit);
    Law const the_law = own_law();
    remaining_lifetime_result result;
    result.mean = the_law.mean_lifetime(own);
    if (!is_finite(result.mean)) result.status = lifetime_status::infinite_mean;
    result.median = detail::half_life_of(the_law.leaving(own.age + 1));
    if (options.horizon)
      result.restricted_mean =
          the_law.lifetime(own, 0, whole_horizon("remaining_lifetime_options::horizon", *options.horizon));
    result.discounted_mean = the_law.lifetime(own, discount, infinite_number());
    return result;
  }
  template <customer_row Row>
  [[nodiscard]] remaining_lifetime_result remaining_lifetime(Row const& row,
                                                             remaining_lifetime_options const& options = {}) const {
    return remaining_lifetime(history_of(row), options);
  }

  /// E[p | x, t_x, n]: how readily this customer buys while he is there.
  [[nodiscard]] double expected_purchase_probability(purchase_history const& history) const {
    return posterior_moment(history, 1, 0);
  }
  template <customer_row Row>
  [[nodiscard]] double expected_purchase_probability(Row const& row) const {
    return expected_purchase_probability(history_of(row));
  }
  /// E[θ | x, t_x, n]: how readily he leaves.
  [[nodiscard]] double expected_dropout_probability(purchase_history const& history) const {
    return posterior_moment(history, 0, 1);
  }
  template <customer_row Row>
  [[nodiscard]] double expected_dropout_probability(Row const& row) const {
    return expected_dropout_probability(history_of(row));
  }
  /// E[p^l θ^m | x, t_x, n]: variances and the covariance come of these.
  [[nodiscard]] double posterior_moment(purchase_history const& history, whole of_purchase, whole of_dropout) const {
    return own_law().posterior_moment(sound(history), sound_count("`of_purchase`", of_purchase, 0),
                                      sound_count("`of_dropout`", of_dropout, 0));
  }

  template <customer_row Row>
  [[nodiscard]] double posterior_moment(Row const& row, whole of_purchase, whole of_dropout) const {
    return posterior_moment(history_of(row), of_purchase, of_dropout);
  }

 private:
  [[nodiscard]] Law own_law() const { return static_cast<Model const&>(*this).law(); }

  [[nodiscard]] static purchases sound(purchase_history const& history) {
    purchases const own{history.frequency, history.recency, history.age, 0};
    if (Law::fault(own)) refuse(own);
    return own;
  }
  [[noreturn, gnu::cold]] static void refuse(purchases const& own) {
    raise(error(joined({"credence: there is no such history of opportunities: frequency ", shown(own.frequency),
                        ", recency ", shown(own.recency), ", age ", shown(own.age),
                        "; all are whole, a frequency is at most the recency and 0 where that is, a recency is at "
                        "most the age, and that at most 1,000,000"})));
  }
  template <class Row>
  [[nodiscard]] static purchase_history history_of(Row const& row) {
    purchases const own = detail::purchases_of(row);
    return {own.frequency, own.recency, own.age};
  }
  /// Writes `answer(law, customer)` for each customer, NaN for a history that cannot be.
  template <class Range, class Out, class Answer>
  Out answered(Range& customers, Out out, Answer const& answer) const {
    Law const the_law = own_law();
    auto at = std::ranges::begin(customers);
    auto const end = std::ranges::end(customers);
    for (; at != end; ++at) {
      auto&& row = *at;
      purchases const own = detail::purchases_of(row);
      *out = Law::fault(own) ? not_a_number() : answer(the_law, own);
      ++out;
    }
    return out;
  }

  [[nodiscard]] double discount_of(residual_options const& options) const {
    return log_discount("residual_options::discount", options.discount, static_cast<Model const&>(*this).unit);
  }
  [[nodiscard]] static double horizon_of(residual_options const& options) {
    return options.horizon ? whole_horizon("residual_options::horizon", *options.horizon) : infinite_number();
  }
  [[nodiscard]] static double whole_horizon(char const* name, double horizon) {
    if (!is_finite(horizon) || horizon < 0 || horizon > Law::most_opportunities || std::floor(horizon) != horizon)
      wrong_argument(name, horizon, "it must be a whole number of opportunities, 0 to 1,000,000");
    return horizon;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
