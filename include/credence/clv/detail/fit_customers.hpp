// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_FIT_CUSTOMERS_HPP
#define CREDENCE_CLV_DETAIL_FIT_CUSTOMERS_HPP

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/covariate_model.hpp>
#include <credence/clv/detail/covariate_scales.hpp>
#include <credence/clv/detail/customer_table.hpp>
#include <credence/clv/detail/likelihood_of_customers.hpp>
#include <credence/clv/detail/read_customers.hpp>
#include <credence/clv/detail/search.hpp>
#include <credence/clv/purchase_fit_options.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>

// The fit of a model of purchases: from rows to a report.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How long a unit of time is: what the options say, or the rows, or nobody.
template <class Range>
[[nodiscard]] std::optional<time_span> unit_of(std::optional<time_span> const& chosen, Range const& rows) {
  if constexpr (requires {
                  { rows.unit() } -> std::convertible_to<std::optional<time_span>>;
                }) {
    return chosen ? chosen : std::optional<time_span>(rows.unit());
  } else {
    return chosen;
  }
}

/// What is wrong with a customer, for a law that may ask for more than others do.
template <class Law>
[[nodiscard]] std::optional<rejection> fault_for(purchases const& own) {
  if constexpr (requires { Law::fault(own); }) {
    return Law::fault(own);
  } else {
    return detail::fault_of(own);
  }
}

/// What is too little to fit to, in words; empty where it is enough.
[[nodiscard]] inline std::string_view lacks_of(customer_table const& table) {
  if (table.size() == 0) return "there are no customers";
  if (table.size() == 1) return "there is one customer only";
  if (!table.has_repeaters()) return "no customer bought again, so that nothing tells how often they do";
  return {};
}

/// The maximum over a table of customers without covariates, from nothing.
template <class Law, class Executor>
[[nodiscard]] math::maximum_result maximum_of_all(Executor& run, customer_table const& table,
                                                  purchase_moments const& moments, double penalty,
                                                  math::maximise_options const& options) {
  auto const likelihood = [&](customer_table const& customers, std::vector<double> const& point) {
    return detail::likelihood_of<Law>(run, customers, moments.greatest_frequency, point);
  };
  return detail::maximum_of(table, detail::logs_of(Law::start(moments)), penalty, options, likelihood);
}

/// "alpha: purchase[0]" …: the coefficients by where they enter.
template <class Law>
[[nodiscard]] std::vector<std::string> coefficient_names(std::array<std::size_t, 2> const& widths) {
  std::vector<std::string> names;
  for (covariate_slot const& slot : Law::covariate_slots)
    for (std::size_t at = 0; at < widths[slot.on_dropout ? 1 : 0]; ++at)
      names.push_back(joined({slot.name, "[", shown(at), "]"}));
  return names;
}

template <class Model, class... Named>
inline constexpr bool has_covariates = (width_of<Named> + ... + 0) != 0;
template <class Model, class... Named>
using fitted_model = std::conditional_t<has_covariates<Model, std::decay_t<Named>...>, covariate_model<Model>, Model>;

/// The fit itself. `Model` has a law, `parameter_names` and `from_parameters`.
template <class Model, class Executor, class Range, class... Rest>
[[nodiscard]] auto fit_customers(Executor& run, purchase_fit_options const& chosen, Range& rows, Rest const&... rest) {
  using law = typename Model::law_type;
  using model_type = fitted_model<Model, Rest...>;
  using report_type = likelihood_report<model_type>;
  constexpr bool is_varied = has_covariates<Model, Rest...>;
  static_assert(!is_varied || takes_covariates<law>,
                "credence: this model takes no covariates; pareto_nbd, bg_nbd and mbg_nbd do");
  detail::check_fit_options(chosen);
  if constexpr (detail::check_customers<Range, Rest...>() && (!is_varied || takes_covariates<law>)) {
    std::array<std::size_t, 2> widths{};
    read_customers_result read = detail::with_projections(
        [&](auto const& frequency, auto const& recency, auto const& age, auto const& gaps, auto const&... named) {
          (..., (widths[is_dropout_covariates<std::decay_t<decltype(named)>> ? 1 : 0] +=
                 width_of<std::decay_t<decltype(named)>>));
          if constexpr (detail::check_named<Range, std::decay_t<decltype(named)>...>()) {
            return detail::read_customers<asks_log_gaps<law>>(
                chosen.on_invalid, rows, [](purchases const& own) { return detail::fault_for<law>(own); }, frequency,
                recency, age, gaps, named...);
          } else {
            return read_customers_result{customer_table(false, false, 0), 0, {}};
          }
        },
        rest...);
    customer_table table = std::move(read.table);
    std::optional<time_span> const unit = detail::unit_of(chosen.unit, rows);
    math::likelihood_terms terms;
    terms.names.assign(Model::parameter_names.begin(), Model::parameter_names.end());
    terms.logarithms = law::parameter_count;
    terms.count = read.count;
    terms.rejected = read.rejected.total();
    terms.rejections = read.rejected;
    terms.penalty = chosen.penalty;
    terms.reason = detail::lacks_of(table);
    math::maximum_result found;  // of degenerate data, so far
    found.point.assign(law::parameter_count, 0.0);
    purchase_moments moments;
    if (terms.reason.empty()) {
      table.compress();
      moments = table.moments();
      terms.observations = moments.weight;
      if constexpr (requires { law::lacks(moments); })
        if (!(chosen.penalty > 0)) terms.reason = law::lacks(moments);
    }
    if (terms.reason.empty()) {
      math::maximise_options options;
      options.max_iterations = static_cast<std::uint64_t>(chosen.max_iterations.value);
      found = detail::maximum_of_all<law>(run, table, moments, chosen.penalty, options);
      if constexpr (is_varied) {
        std::vector<std::string> const further = detail::coefficient_names<law>(widths);
        terms.names.insert(terms.names.end(), further.begin(), further.end());
        std::vector<double> start = found.point;
        start.resize(terms.names.size(), 0.0);
        covariate_scales const scales(table, law::covariate_slots, widths, law::parameter_count);
        found = detail::maximum_of(
            table, start, 0, options, [&](customer_table const& customers, std::vector<double> const& point) {
              math::likelihood_sums sums = detail::likelihood_of<law>(run, customers, widths, point);
              double const part = static_cast<double>(customers.size()) / static_cast<double>(table.size());
              if (chosen.penalty > 0) scales.penalise(sums, point, chosen.penalty * part);
              return sums;
            });
        terms.reason = scales.restore(found, terms.names);
      }
    }
    return math::report_of<model_type>(found, std::move(terms), [&](double const* natural) {
      Model base = Model::from_parameters(natural, unit);
      if constexpr (is_varied) {
        return model_type(std::move(base), {natural + law::parameter_count, natural + found.point.size()}, widths[0],
                          widths[1]);
      } else {
        return base;
      }
    });
  } else {
    return report_type{};
  }
}

/// What makes `fit<model>` of a model of purchases.
template <class Model>
struct fitted_by_likelihood {
  using options = purchase_fit_options;
  using call = customer_call<options>;

  template <class Executor, class Range, class... Rest>
  static auto answer(Executor& run, options const& chosen, Range& rows, Rest const&... rest) {
    return detail::fit_customers<Model>(run, chosen, rows, rest...);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
