// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_REPLICATES_HPP
#define CREDENCE_INFERENCE_DETAIL_REPLICATES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/bootstrap_result.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

inline void check_bootstrap(bootstrap_options const& options) {
  if (options.replicates < 2 || options.replicates > 1'000'000'000)
    wrong_argument("bootstrap_options::replicates", options.replicates.value, "it must be 2 to 1,000,000,000");
  check_confidence("bootstrap_options::confidence", options.confidence);
}

/// The quantile of the replicates at `level`: the (B + 1)·level-th smallest; between two of them, interpolated on the
/// scale of normal quantiles, and beyond all of them the outermost. Davison and Hinkley (1997), 5.6; R's boot.ci.
[[nodiscard]] inline double replicate_quantile(std::vector<double>& replicates, double level) {
  double const size = static_cast<double>(replicates.size()) + 1;
  double const rank = std::floor(size * level + 1e-9);
  auto const at = [&](double position) {
    auto const place = replicates.begin() + static_cast<std::ptrdiff_t>(position) - 1;
    std::nth_element(replicates.begin(), place, replicates.end());
    return *place;
  };
  if (rank < 1) return at(1);
  if (rank >= size - 1) return at(size - 1);
  double const below = at(rank);
  if (size * level - rank < 1e-9) return below;
  double const above = *std::min_element(replicates.begin() + static_cast<std::ptrdiff_t>(rank), replicates.end());
  double const from = math::normal_quantile(rank / size);
  double const to = math::normal_quantile((rank + 1) / size);
  return below + (math::normal_quantile(level) - from) / (to - from) * (above - below);
}

/// The acceleration Σl³/(6(Σl²)^1.5) of leave-one-out answers' distances l from their mean; `times` is how many
/// samples are alike. 0 where leaving one out leaves no answer, or changes nothing.
class acceleration_sum {
 public:
  void operator()(double left_out, double centre, double times) {
    double const apart = centre - left_out;
    squares_ += times * apart * apart;
    cubes_ += times * apart * apart * apart;
  }
  [[nodiscard]] double value() const {
    double const found = cubes_ / (6 * squares_ * std::sqrt(squares_));
    return is_finite(found) ? found : 0;
  }

 private:
  double squares_ = 0;
  double cubes_ = 0;
};

/// The level whose quantile is the bias-corrected, accelerated bound for a normal deviate.
[[nodiscard]] inline double accelerated_level(double bias, double acceleration, double deviate) {
  double const moved = bias + deviate;
  double const stretch = 1 - acceleration * moved;
  if (!(stretch > 0)) return moved > 0 ? 1 : 0;
  return math::normal_cdf(bias + moved / stretch);
}

/// What the replicates say; those without an answer are left out. `acceleration()` is asked only for bca.
template <class Acceleration>
[[nodiscard]] bootstrap_result summed_up(double value, std::uint64_t count, std::vector<double> replicates,
                                         bootstrap_options const& options, Acceleration const& acceleration) {
  bootstrap_result result;
  result.count = count;
  result.interval.confidence = options.confidence;
  if (count == 0 || !is_finite(value)) return result;
  result.value = value;
  replicates.erase(
      std::remove_if(replicates.begin(), replicates.end(), [](double const& one) { return !is_finite(one); }),
      replicates.end());
  result.replicates = replicates.size();
  if (replicates.size() < 2) return result;
  // About the value, which the replicates are near: nothing cancels.
  double const size = static_cast<double>(replicates.size());
  double sum = 0;
  double below = 0;
  double equal = 0;
  for (double const one : replicates) {
    sum += one - value;
    below += one < value;
    equal += one == value;
  }
  result.bias = sum / size;
  double squares = 0;
  for (double const one : replicates) {
    double const apart = one - value - result.bias;
    squares += apart * apart;
  }
  result.standard_error = std::sqrt(squares / (size - 1));
  double const critical = math::normal_critical(options.confidence);
  double lower = (1 - options.confidence) / 2;
  double upper = 1 - lower;
  if (options.interval_method == bootstrap_method::bca) {
    double const share = (std::clamp)((below + equal / 2) / size, 0.5 / size, 1 - 0.5 / size);
    double const bias = math::normal_quantile(share);
    double const stretched = acceleration();
    lower = accelerated_level(bias, stretched, -critical);
    upper = accelerated_level(bias, stretched, critical);
  }
  result.interval.lower = replicate_quantile(replicates, lower);
  result.interval.upper = replicate_quantile(replicates, upper);
  return result;
}

}  // namespace detail

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
