// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_SATISFIED_SCALE_HPP
#define CREDENCE_INFERENCE_DETAIL_SATISFIED_SCALE_HPP

#include <credence/core/detail/class_tally.hpp>
#include <credence/core/options.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/class_counts.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The scale of options with `satisfied_from` and, where they are set, `scale_min` and `scale_max`.
template <class Options>
[[nodiscard]] constexpr class_scale<2> satisfied_scale(Options const& options) {
  return {options.scale_min ? options.scale_min->value : lowest_real,
          {options.satisfied_from},
          options.scale_max ? options.scale_max->value : highest_real};
}

struct satisfied_names {
  char const* scale_min;
  char const* satisfied_from;
  char const* scale_max;
};
template <class Options, class Complain>
constexpr bool check_satisfied_scale(Options const& options, satisfied_names const& names, Complain const& complain) {
  class_scale<2> const bounds = satisfied_scale(options);
  return check_ascending({{names.scale_min, bounds.lowest},
                          {names.satisfied_from, options.satisfied_from},
                          {names.scale_max, bounds.highest}},
                         complain);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
