// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_MAXIMISE_HPP
#define CREDENCE_MATH_MAXIMISE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/trust_region.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_sums.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

struct maximise_options {
  std::uint64_t max_iterations = 200;
  double step_tolerance = 5e-6;  ///< of the last step, which is taken unseen: about its square is left after it
  double first_radius = 2;       ///< the longest first step
  double edge = 50;              ///< a parameter further out than this has run off
};

/// Where a maximum is, or how far the search for one came.
struct maximum_result {
  fit_status status = fit_status::degenerate_data;
  std::vector<double> point;
  double log_likelihood = not_a_number();  ///< at the point; after an unseen last step, what the derivatives say of it
  likelihood_sums sums;                    ///< at the last point evaluated: at most that step away
  std::uint64_t iterations = 0;            ///< steps, refused ones too
  std::uint64_t evaluations = 0;
  double gradient_norm = not_a_number();  ///< largest |gradient| × max(1, |parameter|) ÷ max(1, |log-likelihood|)
  std::vector<double> covariance;  ///< of the parameters, by rows: the inverse of the negative Hessian; if converged
  std::vector<double> direction;   ///< flat_ridge: of length 1, along which the likelihood hardly changes
  std::size_t index = 0;           ///< boundary: which parameter runs off
  int side = 0;                    ///< and which way: +1 or -1

  explicit operator bool() const { return status == fit_status::converged; }
};

namespace detail {

class likelihood_search {
 public:
  likelihood_search(std::vector<double> start, maximise_options const& options)
      : options_(options), radius_(options.first_radius), edge_(options.edge) {
    for (double const coordinate : start)
      if (std::fabs(coordinate) + 20 > edge_) edge_ = std::fabs(coordinate) + 20;
    start_ = start;
    found_.point = std::move(start);
  }

  template <class Objective>
  maximum_result run(Objective const& objective) {
    found_.sums = objective(static_cast<std::vector<double> const&>(found_.point));
    found_.evaluations = 1;
    if (says_nothing()) return ended(fit_status::degenerate_data);
    while (!next_step()) {
      if (found_.iterations == options_.max_iterations) return ended(fit_status::iteration_limit);
      if (radius_ < 1e-14) {
        if (!stuck_far_out()) end(fit_status::iteration_limit, 0);
        return std::move(found_);
      }
      ++found_.iterations;
      std::vector<double> trial = found_.point;
      for (std::size_t at = 0; at < trial.size(); ++at) trial[at] += step_[at];
      likelihood_sums seen = objective(static_cast<std::vector<double> const&>(trial));
      ++found_.evaluations;
      judge(std::move(trial), std::move(seen));
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] static bool finite(likelihood_sums const& sums) {
    double whole = 0;  // a NaN or an infinity anywhere stays one
    for (double const part : sums.gradient) whole += std::fabs(part);
    for (double const part : sums.hessian) whole += std::fabs(part);
    return is_finite(sums.value()) && is_finite(whole);
  }
  [[nodiscard]] bool says_nothing() const {
    return !finite(found_.sums) ||
           (!found_.point.empty() && largest_of(found_.sums.gradient) == 0 && largest_of(found_.sums.hessian) == 0);
  }
  // What differences of log-likelihoods are worth, after rounding.
  [[nodiscard]] double noise() const { return 1e-12 * (std::fmax)(1.0, std::fabs(found_.sums.value())); }

  // Chooses the next step, or ends the search.
  bool next_step() {
    information_factor const information(found_.sums);
    bool newton = information.positive;
    if (newton) {
      step_ = information.solve(found_.sums.gradient);
      double const decrement = dot(step_, found_.sums.gradient);  // twice the gain; in squared standard errors
      double const largest = largest_of(step_);
      double const left = largest * largest * (std::fmax)(1.0, bend_);
      // A tenth of a standard error at most: of parameters that are not of unit size a short step may be a long way.
      if (largest <= options_.step_tolerance && decrement <= 1e-2 &&
          left <= 4 * options_.step_tolerance * options_.step_tolerance)
        return arrive(information, decrement);
      newton = length_of(step_) <= radius_;
    }
    if (!newton) step_ = trust_region_step(found_.sums, radius_, noise());
    gain_ = predicted_gain(found_.sums, step_);
    newton_ = newton;
    return runs_off(information.positive);
  }

  bool arrive(information_factor const& information, double decrement) {
    std::size_t const size = found_.point.size();
    if (size == 0) return end(fit_status::converged, 0);
    weakest_direction weakest(symmetric_eigen(information.scaled, size), size);
    if (weakest.value < 1e-9) {
      for (std::size_t at = 0; at < size; ++at) weakest.direction[at] *= information.scale[at];
      return level(weakest.direction);
    }
    found_.covariance = information.inverse();
    for (std::size_t at = 0; at < size; ++at) found_.point[at] += step_[at];
    return end(fit_status::converged, 0.5 * decrement);
  }

  // Does the likelihood stay level, or rise for ever ever less?
  bool runs_off(bool positive) {
    for (double const coordinate : found_.point)
      if (std::fabs(coordinate) > edge_) return level(before_.empty() ? step_ : before_);
    double const length = length_of(step_);
    // A level stretch: a long step, or a flat direction, and nothing to gain.
    if (gain_ <= noise()) {
      if (length >= 0.1) return level(step_);
      // Where even the radius is no bound to the step, there is nowhere to go.
      if (!positive && (radius_ >= 0.1 || length < 0.5 * radius_)) {
        weakest_direction const weakest(information_eigen(found_.sums), found_.point.size());
        return level(weakest.direction);
      }
    }
    // Newton's steps towards a maximum shrink; towards an asymptote they go on and on, and gain less each time.
    if (newton_ && was_newton_ && gain_ <= 1e-5 && length >= 0.3) {
      double const length_before = length_of(before_);
      if (length > 0.7 * length_before && dot(step_, before_) > 0.9 * length * length_before) return level(step_);
    }
    return false;
  }

  // No step can be told from rounding any more. Where the search has come a long way that is because it followed a
  // likelihood that has no maximum as far as numbers go.
  bool stuck_far_out() {
    constexpr double far_out = 20;
    std::vector<double> way = found_.point;
    for (std::size_t at = 0; at < way.size(); ++at) way[at] -= start_[at];
    return largest_of(way) > far_out && level(std::move(way));
  }

  bool level(std::vector<double> direction) {
    double const length = length_of(direction);
    std::size_t most = 0;
    for (std::size_t at = 0; at < direction.size(); ++at) {
      direction[at] /= length;
      if (std::fabs(direction[at]) > std::fabs(direction[most])) most = at;
    }
    // Of one parameter alone there is an end to name; several together are a ridge, whose largest part is given as
    // growing.
    bool const uphill = dot(direction, found_.sums.gradient) >= 0;
    if (std::fabs(direction[most]) >= 0.98) {
      found_.index = most;
      found_.side = (direction[most] > 0) == uphill ? 1 : -1;
      found_.direction = std::move(direction);
      return end(fit_status::boundary, 0);
    }
    if (direction[most] < 0)
      for (double& part : direction) part = -part;
    found_.direction = std::move(direction);
    return end(fit_status::flat_ridge, 0);
  }

  void judge(std::vector<double> trial, likelihood_sums seen) {
    double const length = length_of(step_);
    if (!finite(seen)) {
      radius_ = 0.25 * length;
      return;
    }
    double const gained = seen.value() - found_.sums.value();
    bool const too_near_to_tell = gain_ <= 10 * noise() && std::fabs(gained) <= 10 * noise();
    double const share = too_near_to_tell ? 1.0 : gained / gain_;
    if (share < 0.25) {
      radius_ = (share < 0 ? 0.25 : 0.5) * length;
    } else if (share > 0.75 && length > 0.9 * radius_) {
      radius_ = (std::fmin)(2.5 * radius_, 5.0);
    }
    if (!(share > 1e-4)) return;
    found_.point = std::move(trial);
    found_.sums = std::move(seen);
    // How much of a step's square Newton leaves, as this one will show, unless it was so short that it shows rounding.
    bend_ = 0;
    was_newton_ = newton_;
    double const largest = largest_of(step_);
    if (newton_ && largest > options_.step_tolerance) {
      information_factor const information(found_.sums);
      if (information.positive) {
        bend_ = largest_of(information.solve(found_.sums.gradient)) / (largest * largest);
      }
    }
    before_ = step_;
  }

  maximum_result ended(fit_status status) {
    end(status, 0);
    return std::move(found_);
  }
  bool end(fit_status status, double unseen_gain) {
    found_.status = status;
    found_.log_likelihood = found_.sums.value() + unseen_gain;
    double const whole = (std::fmax)(1.0, std::fabs(found_.log_likelihood));
    found_.gradient_norm = 0;
    for (std::size_t at = 0; at < found_.sums.size(); ++at) {
      double const part = std::fabs(found_.sums.gradient[at]) * (std::fmax)(1.0, std::fabs(found_.point[at])) / whole;
      if (!(part <= found_.gradient_norm)) found_.gradient_norm = part;
    }
    return true;
  }

  maximise_options options_;
  double radius_;
  double edge_;
  std::vector<double> start_;
  maximum_result found_;
  std::vector<double> step_;
  std::vector<double> before_;  // the last step that was taken
  double gain_ = 0;             // what the next step should gain
  double bend_ = 0;
  bool newton_ = false;
  bool was_newton_ = false;
};

}  // namespace detail

/// The maximum of a log-likelihood of up to some 20 parameters without bounds (give logarithms of positive ones, and
/// coefficients of covariates that vary by about 1), from its exact derivatives.
///
/// `objective(point)` returns `likelihood_sums` there; it is a pass over all the data, so few are made: Newton's step
/// where the Hessian allows it, else the best step of a trust region, and the last step, below `step_tolerance`, is
/// taken unseen, so that the Hessian of the maximum is the last one computed. Where the objective is not finite, a
/// step is refused and the next one is shorter.
///
/// Out where a likelihood is level everywhere, a search from a start beyond ±2 may end though there is a maximum: it is
/// made again from the nearest point within.
///
/// Statuses: `converged` at a maximum that all parameters are needed for; `flat_ridge` where the likelihood is level
/// along a direction, or rises towards an asymptote with less than 1e-5 to gain; `boundary` where that direction is
/// one parameter's; `degenerate_data` where there is nothing at the start, or nothing finite; `iteration_limit`.
/// Deterministic. Cost beside the objective: O(n³) a step.
/// Source: Nocedal and Wright, Numerical Optimization, 4.1 and 4.3.
template <class Objective>
[[nodiscard]] maximum_result maximise(Objective const& objective, std::vector<double> start,
                                      maximise_options const& options = {}) {
  std::vector<double> middle = start;
  for (double& coordinate : middle) coordinate = (std::fmax)(-2.0, (std::fmin)(coordinate, 2.0));
  bool const far_off = middle != start;
  maximum_result found = detail::likelihood_search(std::move(start), options).run(objective);
  bool const level = found.status == fit_status::flat_ridge || found.status == fit_status::boundary;
  if (!level || !far_off) return found;
  maximum_result again = detail::likelihood_search(std::move(middle), options).run(objective);
  again.iterations += found.iterations;
  again.evaluations += found.evaluations;
  if (again && again.log_likelihood > found.log_likelihood) return again;
  found.iterations = again.iterations;
  found.evaluations = again.evaluations;
  return found;
}

/// The same, from the maximum of a sample of the data, such as every 32nd row of a million: Newton's steps double the
/// digits that the start has, so that three passes over all of the data are left where seven were needed (BG/NBD of
/// 300,000 customers: 3, 4 and 7 from a sample of 1/8, 1/16 and 1/64). Below some 30,000 rows a sample may be too far
/// off to help. Where it has no maximum, that of all is sought from `start`. The sample's passes are not counted.
template <class Sample, class Objective>
[[nodiscard]] maximum_result maximise_from_sample(Sample const& sample, Objective const& objective,
                                                  std::vector<double> const& start,
                                                  maximise_options const& options = {}) {
  maximise_options roughly = options;
  roughly.step_tolerance = 1e-2;  // the sample's own error is larger
  maximum_result const near_by = maximise(sample, start, roughly);
  return maximise(objective, near_by ? near_by.point : start, options);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
