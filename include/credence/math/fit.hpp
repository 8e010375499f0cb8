// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_FIT_HPP
#define CREDENCE_MATH_FIT_HPP

#include <credence/core/optioned_calls.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit_report.hpp>

// One name for all that is found by iteration. A family of models is a plain type, and says of itself:
//   using options = …;   the options of its fit, and
//   using call = …;      what a call looks like: a `detail::call_shape` of those options, with a place for each
//                        projection that must be there and `call_terms` for those that may;
//   static fit_report<its model> answer(run, options, rows, projections…);   and, where its call takes a history,
//   static fit_report<its model> answer_of(history, options, policies…).
// `run` is `detail::calling_thread` where no executor was given. What projections return is for `answer` to check. A
// model that keeps the host's keys is a template, so the family is not the model itself.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Family>
concept model_family = requires {
  typename Family::options;
  typename Family::call;
};

template <class Family>
struct fit_function {
  static constexpr bool is_a_family = model_family<Family>;
  static_assert(
      is_a_family,
      "credence: this type is no family of models that can be fitted; write fit<credence::bg_nbd>(...) or another "
      "of those whose reference page says fit, and include its header");
  template <class... Arguments>
  constexpr no_answer operator()(Arguments&&...) const {
    return {};
  }
};
template <model_family Family>
struct fit_function<Family> : optioned_calls<Family, typename Family::options, typename Family::call> {};

}  // namespace detail

/// `fit<family>(rows, projections… [, {options}])`: the model of that family that the rows are likeliest under, or the
/// one with the least squares, and a report of how it was found: see `fit_report`. Which projections, which options
/// and which model is for the family to say.
template <class Family>
inline constexpr detail::fit_function<Family> fit{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
