// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_ROLES_HPP
#define CREDENCE_RETENTION_ROLES_HPP

#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/design.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/retention/cohort_accumulator.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Predicate>
struct starts_argument {
  using named_argument = void;
  Predicate predicate;
};
template <class Predicate>
struct returns_argument {
  using named_argument = void;
  Predicate predicate;
};
template <class Property>
struct cohort_argument {
  using named_argument = void;
  Property property;
};

struct starts_if_function {
  template <class Predicate>
  [[nodiscard]] constexpr auto operator()(Predicate predicate) const {
    return starts_argument<Predicate>{std::move(predicate)};
  }
};
struct returns_if_function {
  template <class Predicate>
  [[nodiscard]] constexpr auto operator()(Predicate predicate) const {
    return returns_argument<Predicate>{std::move(predicate)};
  }
};
struct cohort_of_function {
  template <class Property>
  [[nodiscard]] constexpr auto operator()(Property property) const {
    return cohort_argument<Property>{std::move(property)};
  }
};

/// The named projections of a call, each of them given or not.
template <class Starts = not_given, class Returns = not_given, class Property = not_given>
struct event_projections {
  static constexpr bool are_given = is_given<Starts> || is_given<Returns> || is_given<Property>;
  Starts starts;
  Returns returns;
  Property property;
};

template <class Range, class Predicate>
constexpr bool check_predicate() {
  constexpr bool fits = projection_of<Predicate, Range>;
  static_assert(fits,
                "credence: the predicate of starts_if or returns_if cannot be applied to these rows; give a member of "
                "their own type, or a callable that takes a row and returns a bool");
  if constexpr (fits) {
    constexpr bool is_bool = std::is_convertible_v<projected<Range, Predicate>, bool>;
    static_assert(is_bool, "credence: starts_if and returns_if take a projection that returns a bool");
    return is_bool;
  } else {
    return false;
  }
}

template <class Argument>
inline constexpr bool is_starts = false;
template <class Predicate>
inline constexpr bool is_starts<starts_argument<Predicate>> = true;
template <class Argument>
inline constexpr bool is_returns = false;
template <class Predicate>
inline constexpr bool is_returns<returns_argument<Predicate>> = true;
template <class Argument>
inline constexpr bool is_cohort = false;
template <class Property>
inline constexpr bool is_cohort<cohort_argument<Property>> = true;

/// What was given, of these rows; what cannot be is left out, for it has been complained of.
template <class Range>
constexpr event_projections<> roles_of() {
  return {};
}
template <class Range, class First, class... Rest>
constexpr auto roles_of(First const& first, Rest const&... rest) {
  auto const known = detail::roles_of<Range>(rest...);
  using starts_type = std::remove_const_t<decltype(known.starts)>;
  using returns_type = std::remove_const_t<decltype(known.returns)>;
  using property_type = std::remove_const_t<decltype(known.property)>;
  if constexpr (is_starts<First>) {
    static_assert(!is_given<starts_type>, "credence: `starts_if` was given twice");
    using own_type = decltype(first.predicate);
    if constexpr (check_predicate<Range, own_type>()) {
      return event_projections<own_type, returns_type, property_type>{first.predicate, known.returns, known.property};
    } else {
      return known;
    }
  } else if constexpr (is_returns<First>) {
    static_assert(!is_given<returns_type>, "credence: `returns_if` was given twice");
    using own_type = decltype(first.predicate);
    if constexpr (check_predicate<Range, own_type>()) {
      return event_projections<starts_type, own_type, property_type>{known.starts, first.predicate, known.property};
    } else {
      return known;
    }
  } else if constexpr (is_cohort<First>) {
    static_assert(!is_given<property_type>,
                  "credence: `cohort_of` was given twice; cohorts of two properties are a tuple of both");
    using own_type = decltype(first.property);
    constexpr bool fits = projection_of<own_type, Range>;
    static_assert(fits, "credence: the projection of cohort_of cannot be applied to these rows");
    if constexpr (fits) {
      return event_projections<starts_type, returns_type, own_type>{known.starts, known.returns, first.property};
    } else {
      return known;
    }
  } else {
    static_assert(sizeof(First) == 0,
                  "credence: behind the policy there are starts_if, returns_if and cohort_of; weights, strata and "
                  "clusters are of surveys");
    return known;
  }
}

template <class Projection, class Row>
[[nodiscard]] bool holds(Projection const& predicate, Row& row) {
  if constexpr (is_given<Projection>) {
    return static_cast<bool>(detail::project(predicate, row));
  } else {
    return true;
  }
}

template <class Range, class Projection>
struct property_of_rows {
  using type = std::remove_cvref_t<projected<Range, Projection>>;
};
template <class Range>
struct property_of_rows<Range, not_given> {
  using type = void;
};
template <class Range, class... Amount>
struct value_of_rows {
  using type = void;
};
template <class Range, class Amount>
struct value_of_rows<Range, Amount> {
  using type = typename answer_type<std::remove_cvref_t<projected<Range, Amount>>>::type;
};
template <class Property>
constexpr bool check_property() {
  if constexpr (std::is_void_v<Property>) {
    return true;
  } else {
    return check_key<Property>();
  }
}

/// Gathers rows of which not each begins and returns.
template <class Range, class KeyOf, class Time, class Grid, class Roles, class... Amount>
auto gathered_cohorts(activity_options const& options, Range& rows, KeyOf const& key, Time const& time,
                      Grid const& grid, Roles const& roles, Amount const&... amount) {
  using property_type = typename property_of_rows<Range, std::remove_const_t<decltype(roles.property)>>::type;
  if constexpr (check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Time>>() &&
                check_property<property_type>() && (check_amount<projected<Range, Amount>>() && ...)) {
    using history = cohort_accumulator<present_key<projected<Range, KeyOf>>, Grid,
                                       typename value_of_rows<Range, Amount...>::type, property_type>;
    history into(grid, options);
    std::uint64_t done = 0;
    auto const end = std::ranges::end(rows);
    at_row([&] { return done; },
           [&] {
             for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
               auto&& row = *at;
               event_roles const own{detail::holds(roles.starts, row), detail::holds(roles.returns, row)};
               if constexpr (std::is_void_v<property_type>) {
                 into(detail::project(key, row), detail::project(time, row), own, detail::project(amount, row)...);
               } else {
                 into(detail::project(key, row), detail::project(time, row), own, detail::project(amount, row)...,
                      detail::project(roles.property, row));
               }
             }
           });
    return into;
  } else {
    return cohort_accumulator<int, Grid>(grid);
  }
}

}  // namespace detail

/// `starts_if(&event::is_signup)`: only events for which it holds begin a customer's history; behind the policy.
inline constexpr detail::starts_if_function starts_if{};
/// `returns_if(&event::is_purchase)`: only events for which it holds count as coming back; behind the policy.
inline constexpr detail::returns_if_function returns_if{};
/// `cohort_of(&event::country)`: cohorts are of those who had this property when they began; behind the policy.
inline constexpr detail::cohort_of_function cohort_of{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
