// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_PROJECTION_HPP
#define CREDENCE_CORE_PROJECTION_HPP

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

// Projections may be callables, pointers to members and pointers to member functions, on rows that are objects,
// pointers or reference wrappers. This is std::invoke without the 14,000 lines of <functional>. It is called by its
// full name, `detail::project`, lest a function of that name beside the host's rows be found instead.

template <class Member>
struct class_of;
template <class Member, class Class>
struct class_of<Member Class::*> {
  using type = Class;
};

template <class Callable>
concept plain_callable = !std::is_member_pointer_v<std::remove_cv_t<Callable>>;
template <class Member>
concept member_object = std::is_member_object_pointer_v<std::remove_cv_t<Member>>;
template <class Member>
concept member_function = std::is_member_function_pointer_v<std::remove_cv_t<Member>>;

template <plain_callable Callable, class Row>
constexpr auto project(Callable& projection, Row&& row) -> decltype(projection(std::forward<Row>(row))) {
  return projection(std::forward<Row>(row));
}

template <class Class, class Row>
concept is_object = std::is_base_of_v<Class, std::remove_cvref_t<Row>>;
template <class Row>
concept points = requires(Row&& row) {
  *std::forward<Row>(row);
};
template <class Class, class Row>
concept wraps = requires(Row&& row) {
  requires std::is_base_of_v<Class, std::remove_cvref_t<decltype(row.get())>>;
};

/// The object a member is read from: the row, what it points to, or what a reference wrapper holds. Constrained, so
/// that a member of something else is no error in here but a projection that does not fit.
template <class Class, class Row>
requires is_object<Class, Row> || points<Row> || wraps<Class, Row>
constexpr decltype(auto) object_of(Row&& row) {
  if constexpr (is_object<Class, Row>) {
    return std::forward<Row>(row);
  } else if constexpr (points<Row>) {
    return *std::forward<Row>(row);
  } else {
    return row.get();
  }
}
template <class Member>
using owner_of = typename class_of<std::remove_cv_t<Member>>::type;

template <member_object Member, class Row>
constexpr auto project(Member& projection, Row&& row)
    -> decltype(detail::object_of<owner_of<Member>>(std::forward<Row>(row)).*projection) {
  return detail::object_of<owner_of<Member>>(std::forward<Row>(row)).*projection;
}
template <member_function Member, class Row>
constexpr auto project(Member& projection, Row&& row)
    -> decltype((detail::object_of<owner_of<Member>>(std::forward<Row>(row)).*projection)()) {
  return (detail::object_of<owner_of<Member>>(std::forward<Row>(row)).*projection)();
}

/// The projection that answers the row itself (`std::identity` lives in <functional>).
struct identity {
  template <class Row>
  constexpr Row&& operator()(Row&& row) const noexcept {
    return std::forward<Row>(row);
  }
};

/// Rows are handed to projections as lvalues, computed ones too: several projections may look at each.
template <class Iterator, class Projection>
using projected_at =
    decltype(detail::project(std::declval<Projection&>(), std::declval<std::iter_reference_t<Iterator>&>()));
template <class Range, class Projection>
using projected = projected_at<iterator_of<Range>, Projection>;

}  // namespace detail

/// Can this projection be applied to the rows of this range? The shape alone decides; what it returns is checked by
/// name, in the body of the metric.
template <class Projection, class Range>
concept projection_of = requires {
  typename detail::projected<Range, Projection>;
  requires !std::is_void_v<detail::projected<Range, Projection>>;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
