// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_LIKELIHOOD_REPORT_HPP
#define CREDENCE_MATH_LIKELIHOOD_REPORT_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/maximise.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What maximum likelihood tells beside the model: the parameters in natural units, and how well the data tell them.
struct likelihood_estimates {
  std::vector<double> parameters;            ///< in the model's order; the last ones reached, if it did not converge
  std::vector<std::string> parameter_names;  ///< in the same order
  /// Of the parameters, n × n by rows: the inverse of the exact negative Hessian at the maximum, carried over to
  /// natural units; of a penalised fit, with the penalty in the Hessian. Empty unless it converged, as the next two are
  /// NaN.
  std::vector<double> covariance;
  double aic = not_a_number();           ///< 2n − 2·log-likelihood: Akaike's criterion, less is better
  double bic = not_a_number();           ///< n·ln(observations) − 2·log-likelihood: that of Schwarz
  double penalty = 0;                    ///< strength × Σ(searched parameter)² was taken off; 0 for none
  double observations = not_a_number();  ///< the rows' weights in total: what the BIC takes for the size of the data
  std::uint64_t logarithms = 0;   ///< the first so many parameters are positive and were searched by their logarithms
  std::uint64_t evaluations = 0;  ///< passes over the data

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("parameters", self.parameters);
    visit("parameter_names", self.parameter_names);
    visit("covariance", self.covariance);
    visit("aic", self.aic);
    visit("bic", self.bic);
    visit("penalty", self.penalty);
    visit("observations", self.observations);
    visit("logarithms", self.logarithms);
    visit("evaluations", self.evaluations);
  }
  friend bool operator==(likelihood_estimates const&, likelihood_estimates const&) = default;
};

/// The answer of a `fit<…>` by maximum likelihood: a `fit_report` with `likelihood_estimates`. Its `standard_errors`
/// are the roots of the diagonal of `covariance`; its `gradient_norm` is the largest |gradient| × max(1, |parameter|) ÷
/// max(1, |log-likelihood|), at the last point evaluated.
template <class Model>
class likelihood_report : public fit_report<Model>, public likelihood_estimates {
 public:
  likelihood_report() = default;
  /// Of a fit that failed, or of which nothing but that is known.
  explicit likelihood_report(fit_summary summary, likelihood_estimates estimates = {})
      : fit_report<Model>(std::move(summary)), likelihood_estimates(std::move(estimates)) {}
  likelihood_report(fit_summary summary, likelihood_estimates estimates, Model model)
      : fit_report<Model>(std::move(summary), std::move(model)), likelihood_estimates(std::move(estimates)) {}

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    fit_summary::describe(self, visit);
    likelihood_estimates::describe(self, visit);
  }
  friend bool operator==(likelihood_report const& left, likelihood_report const& right) {
    return static_cast<fit_summary const&>(left) == static_cast<fit_summary const&>(right) &&
           static_cast<likelihood_estimates const&>(left) == static_cast<likelihood_estimates const&>(right);
  }
};

namespace math {

/// What a family knows of a fit that `maximise` does not.
struct likelihood_terms {
  std::vector<std::string> names;  ///< of the parameters
  std::size_t logarithms = 0;      ///< the first so many parameters were searched by their logarithms
  std::uint64_t count = 0;         ///< rows used
  double observations = 0;         ///< and their weights in total
  std::uint64_t rejected = 0;
  credence::rejections rejections;
  double penalty = 0;  ///< the strength given to `likelihood_sums::penalise`
  std::string reason;  ///< what the data say about a fit that failed, if the search says nothing better
};

namespace detail {

// "(r +0.71, alpha +0.71) in logarithms": the parts that matter of a direction.
[[nodiscard]] inline std::string direction_text(std::vector<double> const& direction, likelihood_terms const& terms) {
  bool only_logarithms = true;
  for (std::size_t at = 0; at < direction.size(); ++at)
    if (std::fabs(direction[at]) >= 0.05 && at >= terms.logarithms) only_logarithms = false;
  std::string text;
  for (std::size_t at = 0; at < direction.size(); ++at) {
    if (std::fabs(direction[at]) < 0.05) continue;
    char part[32];
    std::snprintf(part, sizeof part, " %+.2g", direction[at]);
    text.append(text.empty() ? "(" : ", ");
    if (!only_logarithms && at < terms.logarithms) text.append("log ");
    text.append(terms.names[at]).append(part);
  }
  return text.append(only_logarithms ? ") in logarithms" : ")");
}

// How steep it still is where the search ended.
[[nodiscard]] inline double slope_along(maximum_result const& found) {
  double slope = 0;
  for (std::size_t at = 0; at < found.direction.size() && at < found.sums.gradient.size(); ++at)
    slope += found.direction[at] * found.sums.gradient[at];
  return slope;
}

[[nodiscard]] inline std::string reason_of(maximum_result const& found, likelihood_terms const& terms) {
  using credence::detail::joined;
  switch (found.status) {
    case fit_status::flat_ridge: {
      double const slope = slope_along(found);
      if (!(std::fabs(slope) > 1e-3 + 1e-10 * std::fabs(found.log_likelihood)))
        return joined({"the likelihood hardly changes along ", direction_text(found.direction, terms)});
      std::vector<double> uphill = found.direction;
      if (slope < 0)
        for (double& part : uphill) part = -part;
      return joined({"the likelihood still grows, however far out, along ", direction_text(uphill, terms)});
    }
    case fit_status::boundary:
      return joined({"the likelihood does not fall as ", terms.names[found.index],
                     found.side > 0                   ? " grows without end"
                     : found.index < terms.logarithms ? " goes to 0"
                                                      : " falls without end"});
    default: return terms.reason;
  }
}

[[nodiscard]] inline fit_summary summary_of(maximum_result const& found, likelihood_terms const& terms) {
  fit_summary summary;
  summary.status = found.status;
  summary.iterations = found.iterations;
  summary.log_likelihood = found.log_likelihood;
  for (double const coordinate : found.point) summary.log_likelihood += terms.penalty * coordinate * coordinate;
  summary.gradient_norm = found.gradient_norm;
  summary.count = terms.count;
  summary.rejected = terms.rejected;
  summary.rejections = terms.rejections;
  if (!found) summary.reason = reason_of(found, terms);
  return summary;
}

}  // namespace detail

/// The report of a search whose first `terms.logarithms` parameters were logarithms. `build(natural)` makes the model
/// of the parameters in natural units, a `double const*`; it is asked only where the search converged.
///
/// The log-likelihood is given without the penalty. The covariance is D C D, where C is that of the search and D has
/// the natural parameter for a logarithm and 1 else: exact at a maximum, where the gradient is 0.
template <class Model, class Build>
[[nodiscard]] likelihood_report<Model> report_of(maximum_result const& found, likelihood_terms terms,
                                                 Build const& build) {
  fit_summary summary = detail::summary_of(found, terms);
  likelihood_estimates estimates;
  std::size_t const size = found.point.size();
  for (std::size_t at = 0; at < size; ++at)
    estimates.parameters.push_back(at < terms.logarithms ? std::exp(found.point[at]) : found.point[at]);
  estimates.penalty = terms.penalty;
  estimates.observations = terms.observations;
  estimates.logarithms = terms.logarithms;
  estimates.evaluations = found.evaluations;
  estimates.parameter_names = std::move(terms.names);
  if (!found) return likelihood_report<Model>(std::move(summary), std::move(estimates));

  auto const unit = [&](std::size_t at) { return at < terms.logarithms ? estimates.parameters[at] : 1.0; };
  for (std::size_t row = 0; row < size; ++row) {
    for (std::size_t column = 0; column < size; ++column)
      estimates.covariance.push_back(unit(row) * unit(column) * found.covariance[row * size + column]);
    summary.standard_errors.push_back(std::sqrt(estimates.covariance[row * size + row]));
  }
  double const parameters = static_cast<double>(size);
  estimates.aic = 2 * (parameters - summary.log_likelihood);
  estimates.bic = parameters * std::log(terms.observations) - 2 * summary.log_likelihood;
  auto model = build(static_cast<double const*>(estimates.parameters.data()));
  return likelihood_report<Model>(std::move(summary), std::move(estimates), std::move(model));
}
/// The same, with the model's own `from_parameters`.
template <class Model>
[[nodiscard]] likelihood_report<Model> report_of(maximum_result const& found, likelihood_terms terms) {
  return report_of<Model>(found, std::move(terms),
                          [](double const* natural) { return Model::from_parameters(natural); });
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
