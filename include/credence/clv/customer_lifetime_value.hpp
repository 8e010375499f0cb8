// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_CUSTOMER_LIFETIME_VALUE_HPP
#define CREDENCE_CLV_CUSTOMER_LIFETIME_VALUE_HPP

#include <cstddef>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/discounted_value.hpp>
#include <credence/clv/detail/forecast.hpp>
#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/lifetime_values.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/clv/spend_history.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// What each customer will bring, by a model of purchases and one of spend.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Model>
concept spend_model = requires(Model const& model, spends const& own) {
  { model.law().expected(own) } -> std::convertible_to<double>;
};
template <class Spend>
constexpr bool check_spend() {
  constexpr bool fits = spend_model<std::remove_cvref_t<decltype(detail::model_of(std::declval<Spend const&>()))>>;
  static_assert(fits,
                "credence: what stands behind the fit of purchases is no model of spend; write "
                "fit<credence::gamma_gamma>(customers)");
  return fits;
}
template <class Range>
constexpr bool check_spend_rows() {
  static_assert(spend_row<row_of<Range>>,
                "credence: these rows do not say what was spent: they need a member monetary_value, as those of rfm "
                "have that are made of orders with amounts");
  return spend_row<row_of<Range>>;
}

/// The spend of a row, or why there is none to be read.
template <class Row>
[[nodiscard]] std::optional<rejection> read_spends(Row const& row, spends& own) {
  if (!detail::has_answer(row.monetary_value)) return rejection::missing;
  own = detail::spends_of(row);
  if (own.count == 0) own.mean = 0;
  return fault_of(own);
}

struct customer_lifetime_value_function {
  template <class Fit, class Spend, rows_range Range>
  auto operator()(Fit const& fit, Spend const& spend, Range&& customers,
                  customer_lifetime_value_options const& options = {}) const {
    calling_thread run;
    return answer(run, fit, spend, customers, options);
  }
  template <executor Executor, class Fit, class Spend, rows_range Range>
  auto operator()(Executor&& run, Fit const& fit, Spend const& spend, Range&& customers,
                  customer_lifetime_value_options const& options = {}) const {
    return answer(run, fit, spend, customers, options);
  }

  /// Customers and spend exchanged: here, too, for braces behind them have no type until a parameter gives them one.
  template <class Fit, rows_range Range, class Spend>
  requires(!rows_range<Spend> && !executor<Fit>) lifetime_values<>
  operator()(Fit const&, Range&&, Spend const&, customer_lifetime_value_options const&) const {
    refuse<Fit, Range, Spend>();
    return {};
  }
  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(no_such_call<Arguments...>,
                  "credence: the order of this call is customer_lifetime_value([executor,] fit, spend, customers, "
                  "{options}), with the fit of purchases, as of bg_nbd, that of spend, of gamma_gamma, and options in "
                  "braces: {.horizon = 52.0}");
  }

 private:
  template <class Executor, class Fit, class Spend, class Range>
  static auto answer(Executor& run, Fit const& fit, Spend const& spend, Range& customers,
                     customer_lifetime_value_options const& options) {
    if constexpr (check_fit<Fit>() && check_customer_rows<Range>() && check_spend<Spend>() &&
                  check_spend_rows<Range>()) {
      value_terms const terms = detail::terms_of_value(detail::model_of(fit), options);
      return detail::with_reachable_rows(customers, [&](auto& rows) {
        return told<customer_key<Range>>(run, detail::model_of(fit).law(), detail::model_of(spend).law(), rows, terms,
                                         options);
      });
    } else {
      return lifetime_values<>{};
    }
  }

  template <class Key, class Executor, class Law, class SpendLaw, class Range>
  static lifetime_values<Key> told(Executor& run, Law const& law, SpendLaw const& spend, Range& rows,
                                   value_terms const& terms, customer_lifetime_value_options const& options) {
    lifetime_values<Key> result;
    std::size_t const size = static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows));
    customer_ages const ages = look<Law>(rows, size, options.on_invalid, result);
    if (options.per_period) {
      result.period_ends = terms.ends;
      result.path.assign(size * terms.ends.size(), not_a_number());
    }
    result.customers.resize(size);
    forecast<Law, value_terms> const asked(law, terms.horizon(), terms, terms.width(), ages);
    double const population = spend.expected({});
    detail::tell_customers<Law>(
        run, rows, size, [&](std::size_t at, auto& row, purchases const& own, auto const& fault) {
          customer_value<Key>& into = result.customers[at];
          into.key = detail::key_of<Key>(row, at);
          if (fault) return;
          spends spent;
          bool const is_known = !detail::read_spends(row, spent);
          double few[4];
          std::vector<double> many(terms.width() > 4 ? terms.width() : 0);
          double* const out = many.empty() ? few : many.data();
          double const alive = asked(own, out);
          if constexpr (knows_alive<Law>) into.probability_alive = alive;
          into.expected_purchases = terms.expected(law, own, out);
          std::size_t const last = terms.ends.size() - 1;
          into.discounted_purchases = out[last];
          if (!is_known) return;  // what he will do is known all the same
          into.own_spend = spent.count > 0;
          into.expected_spend = into.own_spend ? spend.expected(spent) : population;
          into.value = terms.value(out, last, into.expected_spend);
          if (options.per_period)
            for (std::size_t end = 0; end <= last; ++end)
              result.path[at * terms.ends.size() + end] = terms.value(out, end, into.expected_spend);
        });
    tell_sums(result);
    return result;
  }
  /// As `ages_of`, of the spend too.
  template <class Law, class Range, class Result>
  static customer_ages look(Range& rows, std::size_t size, on_invalid policy, Result& result) {
    customer_ages ages;
    detail::each_customer<Law>(rows, 0, size, [&](std::size_t at, auto& row, purchases const& own, auto const& fault) {
      spends spent;
      if (std::optional<rejection> const reason = fault ? fault : detail::read_spends(row, spent)) {
        turn_away(policy, result.rejections, *reason, fault ? own.frequency : spent.mean, at);
      } else {
        ++result.count;
        result.without_spend += spent.count == 0;
      }
      if (!fault) ages.add(own);
    });
    result.rejected = result.rejections.total();
    return ages;
  }
  template <class Result>
  static void tell_sums(Result& result) {
    compensated_sum sum;
    double without_end = 0;
    for (auto const& own : result.customers) {
      if (is_nan(own.expected_spend)) continue;
      if (is_finite(own.value)) {
        sum += own.value;
      } else {
        ++result.endless;
        without_end += own.value;
      }
    }
    result.value = result.endless == 0 ? sum.value() : without_end;
  }
};

}  // namespace detail

/// What each customer is worth from now on: `customer_lifetime_value([executor,] fit, spend, customers,
/// {.horizon = 52.0, .discount = annual_rate{0.10}, .margin = 0.3})`,
///   margin·E[M]·D − cost·L,
/// D the purchases to come, each worth e^(−δu) where it comes u from now, E[M] what the customer spends in the mean by
/// the model of spend, and L the time in which he is alive, discounted alike, where serving him costs something a unit
/// of time. No payment of now is in it, nothing of the past, and no cost of winning him. `fit` and `spend` are fits or
/// models, of `bg_nbd` and `gamma_gamma`, say; that how often customers buy and what they spend do not go together is
/// assumed: see `spend_independence`. Of a customer without repeat purchases nothing is known of his spend: he is given
/// that of the population, and counted. Customers are rows with `frequency`, `recency`, `age` and `monetary_value`, as
/// those of `rfm`, and keep their `key`; a row that cannot be is answered by NaN and counted. Value is +∞ where spend
/// has no mean (q ≤ 1) and, without discount and horizon, where purchases have no end; NaN where costs have none
/// either. Throws `credence::error` unless the fits converged, for wrong options, and for an annual rate where the unit
/// of the model is not known. The same bits by any executor. O(customers); where the model allows, by curves through a
/// few ages for each frequency, good to 1e-11. Source: Fader, Hardie and Lee (2005), Journal of Marketing Research 42,
/// 415.
inline constexpr detail::or_refused<detail::customer_lifetime_value_function> customer_lifetime_value{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
