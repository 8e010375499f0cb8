// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_SEARCH_HPP
#define CREDENCE_CLV_DETAIL_SEARCH_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/executor.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>
#include <credence/math/second_order.hpp>

// How the maximum of a likelihood of many customers is found, whatever they are asked about.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// ln L with its slope and curvature, summed by stretches which are put together in their order, so that the bits do
/// not depend on who summed them. `part(number)` is the sum of a stretch, and may be asked for concurrently.
template <class Executor, class Part>
[[nodiscard]] math::likelihood_sums sum_of_stretches(Executor& run, std::size_t parameters, std::size_t stretches,
                                                     Part const& part) {
  math::likelihood_sums all(parameters);
  auto const put = [&](auto const& own) {
    if constexpr (requires { all += own; }) {
      all += own;
    } else {
      all.add(own);
    }
  };
  if constexpr (std::is_same_v<std::remove_cv_t<Executor>, calling_thread>) {
    for (std::size_t number = 0; number < stretches; ++number) put(part(number));
  } else {
    std::vector<std::decay_t<decltype(part(std::size_t{}))>> parts(stretches);
    detail::run_tasks(
        run, stretches, [&](std::size_t number) { parts[number] = part(number); },
        [](std::size_t number) { return number; });
    for (auto const& own : parts) put(own);
  }
  return all;
}

/// θ = e^φ.
template <std::size_t Size>
[[nodiscard]] std::array<double, Size> natural_of(std::vector<double> const& logs) {
  std::array<double, Size> natural{};
  for (std::size_t at = 0; at < Size; ++at) natural[at] = std::exp(logs[at]);
  return natural;
}
/// φ = ln θ.
template <std::size_t Size>
[[nodiscard]] std::vector<double> logs_of(std::array<double, Size> const& natural) {
  std::vector<double> logs;
  for (double const parameter : natural)
    logs.push_back(std::log(is_finite(parameter) && parameter > 1e-6 && parameter < 1e6 ? parameter : 1.0));
  return logs;
}

/// The maximum of `likelihood(table, point)`, less the penalty.
template <class Table, class Likelihood>
[[nodiscard]] math::maximum_result maximum_from(Table const& table, std::vector<double> start, double penalty,
                                                math::maximise_options const& options, Likelihood const& likelihood) {
  return math::maximise(
      [&](std::vector<double> const& point) {
        math::likelihood_sums sums = likelihood(table, point);
        if (penalty != 0) sums.penalise(point, penalty);
        return sums;
      },
      std::move(start), options);
}

/// Where to begin, told by every sixteenth of the customers where they are many: near enough for Newton's method to
/// need some two or three passes over all. Else, or where these say nothing, what was given.
template <class Table, class Likelihood>
[[nodiscard]] std::vector<double> start_by_sample(Table const& table, std::vector<double> start, double penalty,
                                                  math::maximise_options options, Likelihood const& likelihood) {
  constexpr std::size_t sampled_from = 65'536;
  constexpr std::size_t stride = 16;
  if (table.size() < sampled_from) return start;
  options.step_tolerance = 1e-2;
  math::maximum_result near_it =
      detail::maximum_from(table.sample(stride), start, penalty / static_cast<double>(stride), options, likelihood);
  return near_it ? std::move(near_it.point) : start;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
