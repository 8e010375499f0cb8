// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_TRANSACTION_MODEL_HPP
#define CREDENCE_CLV_DETAIL_TRANSACTION_MODEL_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <credence/clv/detail/residual.hpp>
#include <credence/clv/discount.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/clv/remaining_lifetime.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// What every model of purchases answers, written once: how a customer is given, what is refused, one or many. What a
// model knows is in its law, plain functions of plain numbers that are known to be sound:
//   double log_likelihood(purchases) const;         of one customer
//   double alive(purchases) const;                  P(alive at T)
//   double alive_after(purchases, t) const;         P(alive at T + t)
//   double buys_within(purchases, t) const;         P(at least one purchase in (T, T + t])
//   double expected(t) const;                       E[X(t)] of a new customer
//   double expected_after(purchases, t) const;      E[purchases in (T, T + t]]
//   double mass(count, t) const;                    P(X(t) = count) of a new customer
//   double expected_for_ever(purchases) const;      E[purchases after T]; +∞ where there is none
//   double mean_lifetime(purchases) const;          given alive; +∞ where there is none
//   double residual(purchases, delta, horizon) const;  discounted; horizon +∞ allowed. Optional: else by the rule
//   auto prepared(t) const;                         optional: an object with `alive(purchases) const` and
//                                                   `expected_after(purchases)`, which may learn as it is asked:
//                                                   quicker for many customers, and not for several threads at once
// A law leaves out what its model has no answer to, and the call then does not compile. `t` is finite and >= 0. A law
// also has `static constexpr std::size_t parameter_count`.

namespace credence {
inline namespace CREDENCE_ABI {

/// What `discounted_residual_transactions` takes.
struct residual_options {
  discount_rate discount = {};         ///< of future purchases; by default they count in full
  std::optional<number> horizon = {};  ///< how far ahead, in the model's unit of time; unset: for ever
};

namespace detail {

/// A length of time ahead: throws `credence::error` unless it is finite and 0 or more.
[[nodiscard]] inline double sound_time(char const* name, double ahead) {
  if (!is_finite(ahead) || ahead < 0) wrong_argument(name, ahead, "it must be finite, and 0 or more");
  return ahead;
}
[[nodiscard]] inline double sound_horizon(char const* name, std::optional<number> const& ahead) {
  return ahead ? sound_time(name, ahead->value) : infinite_number();
}

template <class Law>
concept knows_alive = requires(Law const& law, purchases const& own) {
  law.alive(own);
};
template <class Law>
concept knows_alive_after = requires(Law const& law, purchases const& own) {
  law.alive_after(own, 1.0);
};
template <class Law>
concept knows_mean_lifetime = requires(Law const& law, purchases const& own) {
  law.mean_lifetime(own);
};

/// What is answered of a history that cannot be.
template <class Answer>
[[nodiscard]] Answer no_answer_of() {
  if constexpr (std::is_same_v<Answer, double>) {
    return not_a_number();
  } else {
    return {};
  }
}
/// Writes `answer(customer)` for each customer, NaN for a history that cannot be.
template <class Range, class Out, class Answer>
Out answer_each(Range& customers, Out out, Answer const& answer) {
  auto at = std::ranges::begin(customers);
  auto const end = std::ranges::end(customers);
  for (; at != end; ++at) {
    auto&& row = *at;
    purchases const own = detail::purchases_of(row);
    *out = fault_of(own) ? no_answer_of<decltype(answer(own))>() : answer(own);
    ++out;
  }
  return out;
}

/// Rows that need no projections.
template <class Range>
concept customer_rows = rows_range<Range> && customer_row<row_of<Range>>;

/// The answers of a model of purchases, of which `law()` and `unit` are asked. Each takes a
/// `purchase_history` (`{.frequency = 2, .recency = 30.43, .age = 38.86}`), any row with these three members, or a
/// range of such rows with an iterator to write to: those allocate nothing, write NaN for a history that cannot be,
/// and return the iterator behind the last. For one customer such a history throws `credence::error`, as does a time
/// that is negative or not finite. Times are in the unit the model was fitted in.
template <class Model, class Law>
class transaction_model {
 public:
  using law_type = Law;

  /// ln f(x, t_x, T) of one customer, of the times of purchases as all these models have it.
  [[nodiscard]] double log_likelihood(purchase_history const& history) const {
    return own_law().log_likelihood(sound_history(history));
  }
  template <customer_row Row>
  [[nodiscard]] double log_likelihood(Row const& row) const {
    return log_likelihood(history_of(row));
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out log_likelihood(Range&& customers, Out out) const {
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out),
                               [&](purchases const& own) { return the_law.log_likelihood(own); });
  }

  /// P(alive at T | x, t_x, T).
  [[nodiscard]] double probability_alive(purchase_history const& history) const requires knows_alive<Law> {
    return own_law().alive(sound_history(history));
  }
  template <customer_row Row>
  [[nodiscard]] double probability_alive(Row const& row) const requires knows_alive<Law> {
    return probability_alive(history_of(row));
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out probability_alive(Range&& customers, Out out) const requires knows_alive<Law> {
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out), [&](purchases const& own) { return the_law.alive(own); });
  }

  /// P(alive at T + after | x, t_x, T).
  [[nodiscard]] double probability_alive(purchase_history const& history,
                                         number after) const requires knows_alive_after<Law> {
    return own_law().alive_after(sound_history(history), sound_time("`after`", after));
  }
  template <customer_row Row>
  [[nodiscard]] double probability_alive(Row const& row, number after) const requires knows_alive_after<Law> {
    return probability_alive(history_of(row), after);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out probability_alive(Range&& customers, number after, Out out) const requires knows_alive_after<Law> {
    double const ahead = sound_time("`after`", after);
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out),
                               [&](purchases const& own) { return the_law.alive_after(own, ahead); });
  }

  /// P(at least one purchase in (T, T + within] | x, t_x, T).
  [[nodiscard]] double probability_of_purchase(purchase_history const& history, number within) const {
    return own_law().buys_within(sound_history(history), sound_time("`within`", within));
  }
  template <customer_row Row>
  [[nodiscard]] double probability_of_purchase(Row const& row, number within) const {
    return probability_of_purchase(history_of(row), within);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out probability_of_purchase(Range&& customers, number within, Out out) const {
    double const ahead = sound_time("`within`", within);
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out),
                               [&](purchases const& own) { return the_law.buys_within(own, ahead); });
  }

  /// E[X(within)] of a new customer: repeat purchases, the first one not among them.
  [[nodiscard]] double expected_purchases(number within) const {
    return own_law().expected(sound_time("`within`", within));
  }
  /// E[purchases in (T, T + within] | x, t_x, T].
  [[nodiscard]] double expected_purchases(purchase_history const& history, number within) const {
    return own_law().expected_after(sound_history(history), sound_time("`within`", within));
  }
  template <customer_row Row>
  [[nodiscard]] double expected_purchases(Row const& row, number within) const {
    return expected_purchases(history_of(row), within);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out expected_purchases(Range&& customers, number within, Out out) const {
    double const ahead = sound_time("`within`", within);
    Law const the_law = own_law();
    if constexpr (requires { the_law.prepared(ahead); }) {
      auto quick = the_law.prepared(ahead);
      return detail::answer_each(customers, std::move(out),
                                 [&](purchases const& own) { return quick.expected_after(own); });
    } else {
      return detail::answer_each(customers, std::move(out),
                                 [&](purchases const& own) { return the_law.expected_after(own, ahead); });
    }
  }
  /// E[purchases in (T + from, T + until] | x, t_x, T].
  [[nodiscard]] double expected_purchases(purchase_history const& history, number from, number until) const {
    sound_stretch(from, until);
    purchases const own = sound_history(history);
    return own_law().expected_after(own, until) - own_law().expected_after(own, from);
  }
  template <customer_row Row>
  [[nodiscard]] double expected_purchases(Row const& row, number from, number until) const {
    return expected_purchases(history_of(row), from, until);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out expected_purchases(Range&& customers, number from, number until, Out out) const {
    sound_stretch(from, until);
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out), [&](purchases const& own) {
      return the_law.expected_after(own, until) - the_law.expected_after(own, from);
    });
  }

  /// P(X(within) = count) of a new customer, count repeat purchases.
  [[nodiscard]] double purchase_count_probability(whole count, number within) const {
    if (count.value < 0) wrong_argument("`count`", count.value, "it must be 0 or more");
    return own_law().mass(static_cast<double>(count.value), sound_time("`within`", within));
  }

  /// Discounted expected residual transactions (DERT): purchases after T, each worth e^(−δu) where it comes u after T,
  /// up to a horizon or for ever. +∞ where the sum for ever has no end, as without a discount it mostly has none.
  [[nodiscard]] double discounted_residual_transactions(purchase_history const& history,
                                                        residual_options const& options) const {
    purchases const own = sound_history(history);
    double const delta = log_discount("residual_options::discount", options.discount, own_unit());
    double const horizon = sound_horizon("residual_options::horizon", options.horizon);
    return detail::residual_of(own_law(), own, delta, horizon);
  }
  template <customer_row Row>
  [[nodiscard]] double discounted_residual_transactions(Row const& row, residual_options const& options) const {
    return discounted_residual_transactions(history_of(row), options);
  }
  template <customer_rows Range, std::output_iterator<double> Out>
  Out discounted_residual_transactions(Range&& customers, residual_options const& options, Out out) const {
    double const delta = log_discount("residual_options::discount", options.discount, own_unit());
    double const horizon = sound_horizon("residual_options::horizon", options.horizon);
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out),
                               [&](purchases const& own) { return detail::residual_of(the_law, own, delta, horizon); });
  }

  /// How long this customer, if alive now, will stay: see `remaining_lifetime_result`.
  [[nodiscard]] remaining_lifetime_result remaining_lifetime(
      purchase_history const& history,
      remaining_lifetime_options const& options = {}) const requires knows_mean_lifetime<Law> {
    purchases const own = sound_history(history);
    double const delta = log_discount("remaining_lifetime_options::discount", options.discount, own_unit());
    double const horizon = options.horizon ? sound_time("remaining_lifetime_options::horizon", *options.horizon)
                                           : not_a_number();
    return detail::lifetime_of(own_law(), own, delta, horizon);
  }
  template <customer_row Row>
  [[nodiscard]] remaining_lifetime_result remaining_lifetime(
      Row const& row, remaining_lifetime_options const& options = {}) const requires knows_mean_lifetime<Law> {
    return remaining_lifetime(history_of(row), options);
  }
  template <customer_rows Range, std::output_iterator<remaining_lifetime_result> Out>
  Out remaining_lifetime(Range&& customers, remaining_lifetime_options const& options,
                         Out out) const requires knows_mean_lifetime<Law> {
    double const delta = log_discount("remaining_lifetime_options::discount", options.discount, own_unit());
    double const horizon = options.horizon ? sound_time("remaining_lifetime_options::horizon", *options.horizon)
                                           : not_a_number();
    Law const the_law = own_law();
    return detail::answer_each(customers, std::move(out),
                               [&](purchases const& own) { return detail::lifetime_of(the_law, own, delta, horizon); });
  }

 private:
  static void sound_stretch(double from, double until) {
    if (sound_time("`until`", until) < sound_time("`from`", from))
      wrong_argument("`until`", until, "it must not be earlier than `from`");
  }
  [[nodiscard]] Law own_law() const { return static_cast<Model const&>(*this).law(); }
  [[nodiscard]] std::optional<time_span> const& own_unit() const { return static_cast<Model const&>(*this).unit; }

  template <class Row>
  [[nodiscard]] static purchase_history history_of(Row const& row) {
    purchases const own = detail::purchases_of(row);
    return {own.frequency, own.recency, own.age, own.log_gaps};
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
