// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RATER_RELIABILITY_HPP
#define CREDENCE_REVIEWS_RATER_RELIABILITY_HPP

#include <type_traits>
#include <utility>

#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/review_weight.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct rater_reliability_options {
  number unknown = 0.5;  ///< the weight of a rater who is not among the known ones, in 0…1
};

namespace detail {

template <class Known>
concept map_like = requires(Known const& known) {
  known.find(known.begin()->first) == known.end();
  known.begin()->second;
};
template <class Known, class Rater>
concept finds = requires(Known const& known, Rater const& rater) {
  known.find(rater)->second;
  known.find(rater) == known.end();
};
template <class Known, class Rater>
concept tells = requires(Known const& known, Rater const& rater) {
  detail::project(known, rater);
};

/// A map is looked at where it is, unless it was handed over; what can be called is copied, as projections are.
template <class Known>
using kept_reliabilities = std::conditional_t<std::is_lvalue_reference_v<Known> && map_like<std::remove_cvref_t<Known>>,
                                              std::remove_reference_t<Known> const&, std::remove_cvref_t<Known>>;

template <class Rater, class Known>
struct reliability_weight {
  using review_weight_type = reliability_weight;
  Rater rater;
  Known known;
  double unknown;

  template <class Row>
  requires requires(Rater const& own, Row& row) { detail::project(own, row); }
  constexpr double operator()(Row& row) const {
    auto&& told = detail::project(rater, row);
    return detail::has_answer(told) ? reliability_of(answered(told)) : unknown;
  }

 private:
  template <class Told>
  static constexpr auto const& answered(Told const& told) {
    if constexpr (is_optional<Told>) {
      return *told;
    } else {
      return told;
    }
  }
  template <class Name>
  constexpr double reliability_of(Name const& name) const {
    using known_type = std::remove_cvref_t<Known>;
    static_assert(finds<known_type, Name> || tells<known_type, Name>,
                  "credence: the reliabilities cannot be asked for what this projection returns; give a map with such "
                  "keys, or a callable that takes one");
    if constexpr (finds<known_type, Name>) {
      auto const found = known.find(name);
      return found == known.end() ? unknown : weight_of(found->second);
    } else if constexpr (tells<known_type, Name>) {
      return weight_of(detail::project(known, name));
    } else {
      return not_a_number();
    }
  }
  template <class Reliability>
  constexpr double weight_of(Reliability const& reliability) const {
    if constexpr (number_check::of<Reliability>()) {
      if (!detail::has_answer(reliability)) return unknown;
      double const real = detail::real_of(reliability);
      return is_fraction(real) ? told_weight(real) : not_a_number();
    } else {
      return not_a_number();
    }
  }
};

struct rater_reliability_function {
  template <class Rater, class Known>
  [[nodiscard]] constexpr auto operator()(Rater rater, Known&& known, rater_reliability_options options = {}) const {
    check_fraction("rater_reliability_options::unknown", options.unknown.value);
    return reliability_weight<Rater, kept_reliabilities<Known>>{std::move(rater), std::forward<Known>(known),
                                                                told_weight(options.unknown)};
  }
};

}  // namespace detail

/// A review by who has been right before counts more: `rater_reliability(&review::user, known [, {.unknown = 0.5}])`,
/// the weight in 0…1 that `known` has for the rater: a map (`find`, `end`, `->second`), or a callable that takes a
/// rater and returns a number, or an optional one. `unknown` is the weight of raters that it does not have, and of a
/// review without a rater. What is known but NaN or outside 0…1 has a weight of NaN, and the review is rejected as
/// `bad_weight`. A map that has a name is not copied: it must live as long as the weight does, and not change while
/// rows are folded. A projection of the row, that stands where a weight stands, alone or in a product. Throws
/// `credence::error` for an `unknown` outside 0…1.
inline constexpr detail::rater_reliability_function rater_reliability{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
