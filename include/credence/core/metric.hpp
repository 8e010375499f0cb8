// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_METRIC_HPP
#define CREDENCE_CORE_METRIC_HPP

#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// A metric: `x([executor,] rows [, value [, weight]] [, {options}])`, for every metric x of one value a row.
///
/// The six overloads are spelled out because a forwarding pack cannot carry `{.confidence = 0.9}`: braces have no type
/// until a parameter gives them one. They are told apart by shape alone (range, executor, callable).
template <accumulator Accumulator>
class metric {
 public:
  using options = typename Accumulator::options_type;

  template <rows_range Range, projection_of<Range> Value = detail::identity>
  constexpr auto operator()(Range&& rows, Value value = {}, options chosen = {}) const {
    return answer(chosen, rows, value);
  }

  template <rows_range Range>
  constexpr auto operator()(Range&& rows, options chosen) const {
    return answer(chosen, rows, detail::identity{});
  }

  template <rows_range Range, projection_of<Range> Value, projection_of<Range> Weight>
  constexpr auto operator()(Range&& rows, Value value, Weight weight, options chosen = {}) const {
    return answer(chosen, rows, value, weight);
  }

  template <executor Executor, rows_range Range, projection_of<Range> Value = detail::identity>
  auto operator()(Executor&& run, Range&& rows, Value value = {}, options chosen = {}) const {
    return answer_by(run, chosen, rows, value);
  }

  template <executor Executor, rows_range Range>
  auto operator()(Executor&& run, Range&& rows, options chosen) const {
    return answer_by(run, chosen, rows, detail::identity{});
  }

  template <executor Executor, rows_range Range, projection_of<Range> Value, projection_of<Range> Weight>
  auto operator()(Executor&& run, Range&& rows, Value value, Weight weight, options chosen = {}) const {
    return answer_by(run, chosen, rows, value, weight);
  }

 private:
  // What the projections return is checked here, near the call, so that a wrong one costs its reader some ten lines;
  // there is an answer even then, so that they are not followed by complaints about its fields.
  template <class Range, class... Projections>
  static constexpr auto answer(options& chosen, Range& rows, Projections const&... projections) {
    if constexpr (detail::check_samples<detail::projected<Range, Projections>...>()) {
      return fold(rows, Accumulator(std::move(chosen)), projections...).result();
    } else {
      return Accumulator{}.result();
    }
  }
  template <class Executor, class Range, class... Projections>
  static auto answer_by(Executor& run, options& chosen, Range& rows, Projections const&... projections) {
    if constexpr (detail::check_samples<detail::projected<Range, Projections>...>()) {
      return fold(run, rows, Accumulator(std::move(chosen)), projections...).result();
    } else {
      return Accumulator{}.result();
    }
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
