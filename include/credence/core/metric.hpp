// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_METRIC_HPP
#define CREDENCE_CORE_METRIC_HPP

#include <ranges>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// A metric: `x([executor,] rows [, value [, weight]] [, {options}])`, for every metric x of one value a row.
///
/// The six overloads are spelled out because a forwarding pack cannot carry `{.confidence = 0.9}`: braces have no type
/// until a parameter gives them one. They are told apart by shape alone (range, executor, callable).
template <accumulator Accumulator>
struct metric {
  using options = typename Accumulator::options_type;

  template <std::ranges::input_range Range, projection_of<Range> Value = detail::identity>
  constexpr auto operator()(Range&& rows, Value value = {}, options chosen = {}) const {
    return fold(rows, Accumulator{std::move(chosen)}, std::move(value)).result();
  }

  template <std::ranges::input_range Range>
  constexpr auto operator()(Range&& rows, options chosen) const {
    return fold(rows, Accumulator{std::move(chosen)}).result();
  }

  template <std::ranges::input_range Range, projection_of<Range> Value, projection_of<Range> Weight>
  constexpr auto operator()(Range&& rows, Value value, Weight weight, options chosen = {}) const {
    return fold(rows, Accumulator{std::move(chosen)}, std::move(value), std::move(weight)).result();
  }

  template <executor Executor, std::ranges::input_range Range, projection_of<Range> Value = detail::identity>
  auto operator()(Executor&& run, Range&& rows, Value value = {}, options chosen = {}) const {
    return fold(run, rows, Accumulator{std::move(chosen)}, std::move(value)).result();
  }

  template <executor Executor, std::ranges::input_range Range>
  auto operator()(Executor&& run, Range&& rows, options chosen) const {
    return fold(run, rows, Accumulator{std::move(chosen)}).result();
  }

  template <executor Executor, std::ranges::input_range Range, projection_of<Range> Value, projection_of<Range> Weight>
  auto operator()(Executor&& run, Range&& rows, Value value, Weight weight, options chosen = {}) const {
    return fold(run, rows, Accumulator{std::move(chosen)}, std::move(value), std::move(weight)).result();
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
