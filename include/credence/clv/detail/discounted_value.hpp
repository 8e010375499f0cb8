// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_DISCOUNTED_VALUE_HPP
#define CREDENCE_CLV_DETAIL_DISCOUNTED_VALUE_HPP

#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/forecast.hpp>
#include <credence/clv/detail/residual.hpp>
#include <credence/clv/detail/retained_margins.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/lifetime_values.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What is added up to a value: purchases to come, and the time in which a customer has to be served.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// E ∫ e^(−δu) over the time up to the horizon in which the customer is alive; of opportunities, Σ e^(−δk) over those
/// at which he is.
template <class Law>
[[nodiscard]] double time_alive(Law const& law, purchases const& own, double delta, double asked) {
  double const horizon = felt_horizon(delta, asked);
  if (horizon == 0) return 0;
  if constexpr (counts_opportunities<Law>) {
    return law.time_alive(own, delta, horizon);
  } else if constexpr (knows_alive_after<Law>) {
    auto const alive = [&](double ahead) { return law.alive_after(own, ahead); };
    if (is_finite(horizon)) return bounded_integral(alive, delta, horizon, agreement_of<Law>);
    if (delta > 0) return discounted_integral(alive, delta, agreement_of<Law>);
    return delta == 0 ? alive_by(law, own) * law.mean_lifetime(own) : infinite_number();
  } else {
    if (delta == 0) return horizon;
    return is_finite(horizon) ? -std::expm1(-delta * horizon) / delta : delta > 0 ? 1 / delta : infinite_number();
  }
}

/// The terms of a value, as they are asked of a law. Of each time in `ends`, the last of which is the horizon, the
/// discounted purchases up to it; then the discounted time alive, where that costs; then the purchases in full, where
/// they have an end.
struct value_terms {
  double delta = 0;
  double margin = 1;
  double cost = 0;
  std::vector<double> ends;

  [[nodiscard]] double horizon() const { return ends.back(); }
  [[nodiscard]] std::size_t times_from() const { return ends.size(); }
  [[nodiscard]] std::size_t width() const { return ends.size() * (cost > 0 ? 2 : 1) + (is_finite(horizon()) ? 1 : 0); }
  template <class Law>
  void operator()(Law const& law, purchases const& own, double* out) const {
    for (double const end : ends) *out++ = detail::residual_of(law, own, delta, end);
    if (cost > 0)
      for (double const end : ends) *out++ = detail::time_alive(law, own, delta, end);
    if (is_finite(horizon())) *out = law.expected_after(own, horizon());
  }
  /// Up to the end of this number, of what was written.
  [[nodiscard]] double value(double const* out, std::size_t end, double spend) const {
    double const earned = multiplied(margin, multiplied(spend, out[end]));
    if (!(cost > 0)) return earned;
    double const spent = multiplied(cost, out[times_from() + end]);
    return is_finite(earned) || is_finite(spent) ? earned - spent : not_a_number();
  }
  template <class Law>
  [[nodiscard]] double expected(Law const& law, purchases const& own, double const* out) const {
    return is_finite(horizon()) ? out[width() - 1] : law.expected_for_ever(own);
  }
};

/// What options are called where they are wrong.
struct value_option_names {
  char const* horizon = "customer_lifetime_value_options::horizon";
  char const* discount = "customer_lifetime_value_options::discount";
  char const* margin = "customer_lifetime_value_options::margin";
  char const* cost_per_period = "customer_lifetime_value_options::cost_per_period";
};

/// The terms that options ask for. Throws `credence::error` for those that are wrong.
template <class Model>
[[nodiscard]] value_terms terms_of_value(Model const& model, customer_lifetime_value_options const& options,
                                         value_option_names const& names = {}) {
  value_terms terms;
  terms.delta = log_discount(names.discount, options.discount, model.unit);
  terms.margin = options.margin;
  if (!is_finite(terms.margin) || terms.margin < -1 || terms.margin > 1)
    wrong_argument(names.margin, terms.margin, "it is a share of spend, and must lie in -1 to 1");
  terms.cost = cost_option(names.cost_per_period, options.cost_per_period);
  using law_type = decltype(model.law());
  double const horizon = options.horizon ? detail::sound_ahead<law_type>(names.horizon, *options.horizon)
                                         : infinite_number();
  if (options.per_period) {
    double const period = *options.per_period;
    if (!is_finite(period) || !(period > 0))
      wrong_argument("customer_lifetime_value_options::per_period", period, "it must be positive and finite");
    static_cast<void>(detail::sound_ahead<law_type>("customer_lifetime_value_options::per_period", period));
    if (!is_finite(horizon))
      raise(error("credence: customer_lifetime_value_options::per_period needs a horizon: set `.horizon`"));
    if (!(horizon / period <= 10'000))
      wrong_argument("customer_lifetime_value_options::per_period", period,
                     "up to the horizon there must be at most 10000 periods");
    for (double number = 1; number * period < horizon * (1 - 1e-12); ++number) terms.ends.push_back(number * period);
  }
  terms.ends.push_back(horizon);
  return terms;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
