// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DELTA_INTERVAL_HPP
#define CREDENCE_MATH_DELTA_INTERVAL_HPP

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct delta_interval_options {
  number confidence = 0.95;
};

/// An answer of a fitted model, with what the uncertainty of the parameters does to it.
struct delta_interval_result {
  double value = not_a_number();           ///< the answer at the fitted parameters
  credence::interval interval;             ///< value ± z · standard error
  double standard_error = not_a_number();  ///< in the unit of the answer

  constexpr explicit operator bool() const { return is_finite(standard_error); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
  }
  friend constexpr bool operator==(delta_interval_result const&, delta_interval_result const&) = default;
};

/// `delta_interval` for many answers of one fit: the shifted models are made once. Calls are concurrent.
template <class Model>
class delta_intervals {
 public:
  /// Throws `credence::error` unless the fit converged and the confidence lies strictly between 0 and 1.
  explicit delta_intervals(likelihood_report<Model> const& report, delta_interval_options const& options = {})
      : model_(report.model()), covariance_(report.covariance), confidence_(options.confidence) {
    detail::check_confidence("delta_interval_options::confidence", options.confidence.value);
    critical_ = math::normal_critical(confidence_);
    for (std::size_t at = 0; at < report.parameters.size(); ++at) {
      // About the cube root of a double's precision, where the error of a central difference is least.
      double const parameter = report.parameters[at];
      double const unit = at < report.logarithms ? parameter : (std::fmax)(1.0, std::fabs(parameter));
      double const step = 0x1p-17 * unit;
      std::vector<double> shifted = report.parameters;
      shifted[at] = parameter + step;
      double const high = shifted[at];
      Model above = model_at(shifted);
      shifted[at] = parameter - step;
      widths_.push_back(high - shifted[at]);
      sides_.push_back({std::move(above), model_at(shifted)});
    }
  }

  /// `answer(model)` is a number.
  template <class Answer>
  [[nodiscard]] delta_interval_result operator()(Answer const& answer) const {
    delta_interval_result result;
    result.value = static_cast<double>(answer(model_));
    result.interval.confidence = confidence_;
    std::size_t const size = sides_.size();
    std::vector<double> slopes(size);
    bool finite = is_finite(result.value);
    for (std::size_t at = 0; at < size && finite; ++at) {
      double const above = static_cast<double>(answer(sides_[at].above));
      double const below = static_cast<double>(answer(sides_[at].below));
      finite = is_finite(above) && is_finite(below);
      slopes[at] = (above - below) / widths_[at];
    }
    if (!finite) return result;
    double variance = 0;
    for (std::size_t row = 0; row < size; ++row)
      for (std::size_t column = 0; column < size; ++column)
        variance += slopes[row] * slopes[column] * covariance_[row * size + column];
    result.standard_error = std::sqrt((std::fmax)(0.0, variance));
    result.interval.lower = result.value - critical_ * result.standard_error;
    result.interval.upper = result.value + critical_ * result.standard_error;
    return result;
  }

 private:
  struct side {
    Model above;
    Model below;
  };

  // A model that carries more than its parameters, such as a unit of time, says how it would be with others.
  [[nodiscard]] Model model_at(std::vector<double> const& natural) const {
    if constexpr (requires { model_.with_parameters(natural.data()); })
      return model_.with_parameters(natural.data());
    else
      return Model::from_parameters(natural.data());
  }

  Model model_;
  std::vector<double> covariance_;
  double confidence_;
  double critical_ = 0;
  std::vector<side> sides_;  // of each parameter
  std::vector<double> widths_;
};

/// An interval for whatever a fitted model answers, by the delta method: the answer's derivatives by the parameters,
/// from models a little to either side, and the covariance of the parameters.
///
/// `answer(model)` is any number of the model: `[&](auto const& model) { return model.probability_alive(customer); }`.
/// It must be smooth in the parameters and good to about 1e-12. The interval is symmetric, so it may leave the answer's
/// scale: ask for a logarithm or a log odds, and transform the bounds, where that matters. It tells of the parameters'
/// uncertainty only, not of what a customer will do by chance. Where an answer is infinite or NaN the bounds are NaN.
///
/// A model gives `static Model from_parameters(double const* natural)`, or, where it carries more than parameters,
/// `model.with_parameters(natural)`. Throws `credence::error` unless the fit converged and the confidence lies strictly
/// between 0 and 1. Cost: 2n + 1 answers for n parameters.
template <class Model, class Answer>
[[nodiscard]] delta_interval_result delta_interval(likelihood_report<Model> const& report, Answer const& answer,
                                                   delta_interval_options const& options = {}) {
  return delta_intervals<Model>(report, options)(answer);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
