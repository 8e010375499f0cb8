// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_FIT_CONTRACT_HPP
#define CREDENCE_CLV_DETAIL_FIT_CONTRACT_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <credence/clv/detail/contract_cohorts.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>
#include <credence/math/second_order.hpp>

// How the models of contracts are fitted, written once.

namespace credence {
inline namespace CREDENCE_ABI {

/// Of `fit<shifted_beta_geometric>` and `fit<beta_discrete_weibull>`.
struct contract_fit_options {
  std::optional<time_span> unit = {};  ///< from one renewal to the next: an annual discount asks for it
  number penalty = 0;                  ///< × Σ(ln parameter)² is taken off the log-likelihood; 0 or more
  whole max_iterations = 200;          ///< steps; 1 or more
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

/// Why these cohorts say nothing; empty where they do.
[[nodiscard]] inline std::string fault_of_cohorts(contract_cohorts const& cohorts) {
  if (cohorts.terms.empty()) return "no cohort was counted twice";
  if (!(cohorts.lost > 0)) return "no customer was lost";
  if (cohorts.lost == cohorts.lost_at_once && cohorts.lost == cohorts.customers)
    return "all customers were lost at the first renewal";
  return {};
}

/// What makes a model of contracts a family of `fit`.
template <class Model, class Law>
struct fitted_to_cohorts {
  using options = contract_fit_options;
  using call = call_shape<options, call_terms{.further = 1}>;

  template <class Executor, class Range, class... Projections>
  static auto answer(Executor&, options const& chosen, Range& rows, Projections const&... projections) {
    check_options(chosen);
    if constexpr (sizeof...(Projections) == 0) {
      return fitted(detail::read_cohorts(chosen.on_invalid, rows, identity{}), chosen);
    } else {
      return fitted(detail::read_cohorts(chosen.on_invalid, rows, projections...), chosen);
    }
  }

 private:
  static void check_options(options const& chosen) {
    if (!is_finite(chosen.penalty) || chosen.penalty < 0)
      wrong_argument("contract_fit_options::penalty", chosen.penalty.value, "it must be finite, and 0 or more");
    if (chosen.max_iterations.value < 1)
      wrong_argument("contract_fit_options::max_iterations", chosen.max_iterations.value, "it must be at least 1");
    if (chosen.unit && chosen.unit->micros <= 0)
      wrong_argument("contract_fit_options::unit", chosen.unit->micros, "it must be longer than nothing");
  }

  static likelihood_report<Model> fitted(contract_cohorts const& cohorts, options const& chosen) {
    constexpr std::size_t size = Law::parameter_count;
    math::likelihood_terms told;
    told.names.assign(Model::parameter_names.begin(), Model::parameter_names.end());
    told.logarithms = size;
    told.count = cohorts.count;
    told.observations = cohorts.customers;
    told.rejected = cohorts.rejections.total();
    told.rejections = cohorts.rejections;
    told.penalty = chosen.penalty;
    told.reason = fault_of_cohorts(cohorts);
    bool const is_penalised = chosen.penalty > 0 && !cohorts.terms.empty();
    if (!told.reason.empty() && !is_penalised) return math::report_of<Model>(math::maximum_result{}, std::move(told));
    if (cohorts.stretches < size && !is_penalised) {
      told.reason = joined({"there are ", shown(size),
                            " parameters, and counts before and after this many renewals: ", shown(cohorts.stretches)});
      auto report = math::report_of<Model>(math::maximum_result{}, std::move(told));
      report.status = fit_status::flat_ridge;
      return report;
    }

    auto const objective = [&](std::vector<double> const& point) {
      std::array<math::second_order<size>, size> natural;
      for (std::size_t at = 0; at < size; ++at) natural[at] = exp(math::variable<size>(point[at], at));
      math::likelihood_sums sums(size);
      for (renewal_term const& term : cohorts.terms)
        sums.add(detail::log_likelihood_of<Law, math::second_order<size>>(natural, term), term.customers);
      if (chosen.penalty > 0) sums.penalise(point, chosen.penalty);
      return sums;
    };
    math::maximise_options search;
    search.max_iterations = static_cast<std::uint64_t>(chosen.max_iterations.value);
    auto const found = math::maximise(objective, start(cohorts), search);
    return math::report_of<Model>(found, std::move(told),
                                  [&](double const* natural) { return Model::from_parameters(natural, chosen.unit); });
  }

  /// Churn as on the whole, of customers who differ as much as where all rates of churn are as likely; time as it is.
  static std::vector<double> start(contract_cohorts const& cohorts) {
    double const churn = cohorts.lost / cohorts.exposed;
    double const mean = churn < 1e-6 ? 1e-6 : churn > 0.999 ? 0.999 : churn;
    std::vector<double> point(Law::parameter_count, 0.0);
    point[0] = std::log(2 * mean);
    point[1] = std::log(2 * (1 - mean));
    return point;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
