// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_OPTIONED_CALLS_HPP
#define CREDENCE_CORE_OPTIONED_CALLS_HPP

#include <type_traits>

#include <credence/core/call_shape.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The executor of a call that names none.
struct calling_thread {};

/// The overloads of a function of rows that takes options, which asks `Derived::answer(run, options, rows,
/// projections…)` for the answer, or `Derived::answer_of(history, options, policies…)` where it takes what was gathered
/// before. Told apart by the number of their arguments, and spelled out, because a forwarding pack cannot carry
/// `{.confidence = 0.9}`: braces have no type until a parameter gives them one. `Answer::type` is what a refused call
/// returns.
template <class Derived, class Options, class Shape, class Answer = no_answer>
class optioned_calls : refusal<Shape, Answer> {
 public:
  using options = Options;
  using refusal<Shape, Answer>::operator();
  using typename refusal<Shape, Answer>::refused_shape;

  template <class First>
  requires without_options<Shape, First>
  constexpr auto operator()(First&& first, options chosen = {}) const { return answered(chosen, first); }
  template <class First, class Second>
  requires without_options<Shape, First, Second>
  constexpr auto operator()(First&& first, Second&& second, options chosen = {}) const {
    return answered(chosen, first, second);
  }
  template <class First, class Second, class Third>
  requires without_options<Shape, First, Second, Third>
  constexpr auto operator()(First&& first, Second&& second, Third third, options chosen = {}) const {
    return answered(chosen, first, second, third);
  }
  template <class First, class Second, class Third, class Fourth>
  requires without_options<Shape, First, Second, Third, Fourth>
  constexpr auto operator()(First&& first, Second&& second, Third third, Fourth fourth, options chosen = {}) const {
    return answered(chosen, first, second, third, fourth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth>
  requires without_options<Shape, First, Second, Third, Fourth, Fifth>
  constexpr auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth,
                            options chosen = {}) const {
    return answered(chosen, first, second, third, fourth, fifth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth>
  requires without_options<Shape, First, Second, Third, Fourth, Fifth, Sixth>
  constexpr auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth,
                            options chosen = {}) const {
    return answered(chosen, first, second, third, fourth, fifth, sixth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth, class Seventh>
  requires without_options<Shape, First, Second, Third, Fourth, Fifth, Sixth, Seventh>
  constexpr auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth,
                            Seventh seventh, options chosen = {}) const {
    return answered(chosen, first, second, third, fourth, fifth, sixth, seventh);
  }

 protected:
  // A wrong call is refused here too: only here are braces behind it known for options.
  template <class First, class... Rest>
  static constexpr auto answered(options& chosen, First& first, Rest&... rest) {
    if constexpr (wrong_call<Shape, First&, Rest&...>) {
      return refused<Shape, typename Answer::type, First&, Rest&...>();
    } else if constexpr (history_call<Shape, First>) {
      return Derived::answer_of(first, chosen, rest...);
    } else if constexpr (rows_range<First>) {
      calling_thread run;
      return Derived::answer(run, chosen, first, rest...);
    } else {
      return Derived::answer(first, chosen, rest...);
    }
  }
};

/// The same, of up to nine arguments: apart, since a compiler that finds none to fit lists them all.
template <class Derived, class Options, class Shape, class Answer = no_answer>
class long_optioned_calls : public optioned_calls<Derived, Options, Shape, Answer> {
  using base = optioned_calls<Derived, Options, Shape, Answer>;

 public:
  using options = Options;
  using base::operator();
  using base::answered;

  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth, class Seventh, class Eighth>
  requires without_options<Shape, First, Second, Third, Fourth, Fifth, Sixth, Seventh, Eighth>
  constexpr auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth,
                            Seventh seventh, Eighth eighth, options chosen = {}) const {
    return answered(chosen, first, second, third, fourth, fifth, sixth, seventh, eighth);
  }
  template <class First, class Second, class Third, class Fourth, class Fifth, class Sixth, class Seventh, class Eighth,
            class Ninth>
  requires without_options<Shape, First, Second, Third, Fourth, Fifth, Sixth, Seventh, Eighth, Ninth>
  constexpr auto operator()(First&& first, Second&& second, Third third, Fourth fourth, Fifth fifth, Sixth sixth,
                            Seventh seventh, Eighth eighth, Ninth ninth, options chosen = {}) const {
    return answered(chosen, first, second, third, fourth, fifth, sixth, seventh, eighth, ninth);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
