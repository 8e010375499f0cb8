// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_TEE_HPP
#define CREDENCE_CORE_TEE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// One value for each part of a tee: what `each` projects a row to.
template <class... Values>
struct each_value {
  std::tuple<Values...> values;
};

namespace detail {

template <bool... Each>
inline constexpr bool all = (Each && ...);

template <class Type>
inline constexpr bool is_each_value = false;
template <class... Values>
inline constexpr bool is_each_value<each_value<Values...>> = true;

/// What part `At` is given of an argument: its own of an `each_value`, all of anything else.
template <std::size_t At, class Value>
[[nodiscard]] constexpr auto const& part_of(Value const& value) {
  if constexpr (is_each_value<Value>) {
    return std::get<At>(value.values);
  } else {
    return value;
  }
}
template <std::size_t At, class Value>
using part_type = std::remove_cvref_t<decltype(part_of<At>(std::declval<Value const&>()))>;

template <std::size_t Parts, class Value>
inline constexpr bool fits_parts = true;
template <std::size_t Parts, class... Values>
inline constexpr bool fits_parts<Parts, each_value<Values...>> = sizeof...(Values) == Parts;
template <class... Values>
inline constexpr bool reads_quietly<each_value<Values...>> = (reads_quietly<std::remove_cvref_t<Values>> && ...);

template <std::size_t Parts, class... Values>
constexpr bool check_each() {
  static_assert((fits_parts<Parts, Values> && ...),
                "credence: `each` takes one projection for every part of the tee, in their order");
  return (fits_parts<Parts, Values> && ...);
}

template <class Parts, std::size_t At, class... Values>
inline constexpr bool exact_part = is_exact<std::tuple_element_t<At, Parts>, part_type<At, Values>...>();
template <class Parts, class... Values, std::size_t... At>
[[nodiscard]] constexpr bool exact_parts(std::index_sequence<At...>) {
  if constexpr ((fits_parts<sizeof...(At), Values> && ...)) {
    return (exact_part<Parts, At, Values...> && ...);
  } else {
    return true;  // `check_each` says what is wrong
  }
}

template <class Parts, std::size_t At, class... Values>
inline constexpr bool pulled_part = pulls<std::tuple_element_t<At, Parts>, part_type<At, Values>...>;
template <class Parts, class... Values, std::size_t... At>
[[nodiscard]] constexpr bool pulled_parts(std::index_sequence<At...>) {
  if constexpr ((fits_parts<sizeof...(At), Values> && ...)) {
    return (pulled_part<Parts, At, Values...> && ...);
  } else {
    return true;
  }
}

template <class... Projections>
struct each_projection {
  std::tuple<Projections...> projections;

  template <class Row>
  constexpr auto operator()(Row&& row) const
      -> each_value<decltype(detail::project(std::declval<Projections const&>(), row))...> {
    return std::apply(
        [&row](auto const&... own) {
          return each_value<decltype(detail::project(own, row))...>{{detail::project(own, row)...}};
        },
        projections);
  }
};

struct each_function {
  template <class... Projections>
  constexpr auto operator()(Projections... projections) const {
    return each_projection<Projections...>{{std::move(projections)...}};
  }
};

}  // namespace detail

/// `each(&survey::score, &survey::stars)`: a projection that gives every part of a tee a value of its own. A weight
/// after it goes to all parts.
inline constexpr detail::each_function each{};

/// Several accumulators fed in one pass. Merges, compares, stores and asks as one; `get` answers a part, by type or by
/// index. Where a part throws for a dirty sample, no part keeps it.
template <accumulator... Parts>
class tee_accumulator {
 public:
  using options_type = std::tuple<typename Parts::options_type...>;
  using state_type = std::tuple<typename Parts::state_type...>;

  /// Exact when every part is.
  template <class... Values>
  static constexpr bool exact =
      detail::exact_parts<std::tuple<Parts...>, Values...>(std::index_sequence_for<Parts...>{});

  constexpr tee_accumulator() = default;
  constexpr explicit tee_accumulator(Parts... parts) : options_(parts.options()...), state_(parts.state()...) {}
  constexpr tee_accumulator(options_type options, state_type state)
      : options_(std::move(options)), state_(std::move(state)) {}

  template <class... Values>
  constexpr void operator()(Values const&... values) {
    push(options_, state_, values...);
  }

  template <class... Values>
  static constexpr void push(options_type const& options, state_type& state, Values const&... values) {
    if constexpr (detail::check_each<sizeof...(Parts), Values...>()) {
#if CREDENCE_EXCEPTIONS
      // Where a part may throw, all are pushed to a copy, so that those before it have not seen the sample if it does.
      bool const may_throw = !(detail::reads_quietly<Values> && ...) || !never_raises(options);
      if (!std::is_constant_evaluated() && may_throw) {
        state_type tried = state;
        push_parts(options, tried, values...);
        state = std::move(tried);
        return;
      }
#endif
      push_parts(options, state, values...);
    }
  }

  /// Takes a pushed sample back from every part, or, where one does not hold it, throws and takes it from none.
  template <class... Values>
  requires detail::pulls<tee_accumulator, Values...>
  constexpr void retract(Values const&... values) { pull(options_, state_, values...); }
  template <class... Values>
  requires(detail::pulled_parts<std::tuple<Parts...>, Values...>(
      std::index_sequence_for<Parts...>{})) static constexpr void pull(options_type const& options, state_type& state,
                                                                       Values const&... values) {
    state_type tried = state;
    all([&]<std::size_t At>() {
      part<At>::pull(std::get<At>(options), std::get<At>(tried), detail::part_of<At>(values)...);
      return true;
    });
    state = std::move(tried);
  }

  /// Do all parts count dirty samples rather than throw? One that does not say so may throw.
  static constexpr bool never_raises(options_type const& options) {
    return all([&]<std::size_t At>() {
      if constexpr (requires { part<At>::never_raises(std::get<At>(options)); }) {
        return part<At>::never_raises(std::get<At>(options));
      } else {
        return false;
      }
    });
  }
  template <class Value>
  requires detail::all<detail::pushes_block<Parts, Value>...>
  static constexpr void push_block(options_type const& options, state_type& state, Value const* values,
                                   std::size_t count) {
    all([&]<std::size_t At>() {
      part<At>::push_block(std::get<At>(options), std::get<At>(state), values, count);
      return true;
    });
  }
  /// Many samples at once, contiguous: the same state as one by one. Only where `never_raises(options())`.
  template <class Value>
  requires detail::all<detail::pushes_block<Parts, Value>...>
  constexpr void push_many(Value const* values, std::size_t count) { push_block(options_, state_, values, count); }

  template <class Value>
  requires detail::all<detail::pushes_times<Parts, Value>...>
  static constexpr void push_times(options_type const& options, state_type& state, Value value, std::uint64_t times) {
    all([&]<std::size_t At>() {
      part<At>::push_times(std::get<At>(options), std::get<At>(state), value, times);
      return true;
    });
  }

  constexpr tee_accumulator& operator+=(tee_accumulator const& other) {
    // Merged beside the parts: one that refuses must not leave the ones before it merged.
    auto merged = [&]<std::size_t... At>(std::index_sequence<At...>) {
      return tee_accumulator((part<At>(get<At>()) += other.template get<At>())...);
    }
    (indices);
    *this = std::move(merged);
    return *this;
  }

  /// The part at an index, or of a type: `both.get<nps_accumulator>().result()`.
  template <std::size_t At>
  [[nodiscard]] constexpr auto get() const {
    return part<At>(std::get<At>(options_), std::get<At>(state_));
  }
  template <class Part>
  [[nodiscard]] constexpr Part get() const {
    constexpr bool is_one = (std::is_same_v<Part, Parts> + ...) == 1;
    static_assert(is_one, "credence: this tee has no part, or more than one, of that type; ask for it by index");
    if constexpr (is_one) {
      return get<index_of<Part>()>();
    } else {
      return Part{};  // so that the sentence above is all that is said
    }
  }

  /// The results of all parts, in order.
  [[nodiscard]] constexpr auto result() const {
    return std::apply([](auto const&... parts) { return std::tuple(parts.result()...); }, all_parts(indices));
  }
  [[nodiscard]] constexpr options_type const& options() const { return options_; }
  [[nodiscard]] constexpr state_type const& state() const { return state_; }
  [[nodiscard]] static constexpr bool same_shape(options_type const& left, options_type const& right) {
    return all([&]<std::size_t At>() { return part<At>::same_shape(std::get<At>(left), std::get<At>(right)); });
  }
  [[nodiscard]] constexpr bool valid() const {
    return all([&]<std::size_t At>() { return get<At>().valid(); });
  }
  [[nodiscard]] static std::string type_id() {
    std::string id = "credence.tee(";
    ((id += Parts::type_id(), id += ','), ...);
    id.back() = ')';
    return id;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("options", self.options_);
    visit("state", self.state_);
  }
  friend constexpr bool operator==(tee_accumulator const&, tee_accumulator const&) = default;

 private:
  static constexpr std::index_sequence_for<Parts...> indices{};
  template <std::size_t At>
  using part = std::tuple_element_t<At, std::tuple<Parts...>>;

  template <class Part>
  static constexpr std::size_t index_of() {
    bool const same[] = {std::is_same_v<Part, Parts>...};
    std::size_t at = 0;
    while (!same[at]) ++at;
    return at;
  }
  template <class Action>
  static constexpr bool all(Action const& action) {
    return [&]<std::size_t... At>(std::index_sequence<At...>) { return (action.template operator()<At>() && ...); }
    (indices);
  }
  template <std::size_t... At>
  constexpr auto all_parts(std::index_sequence<At...>) const {
    return std::tuple(get<At>()...);
  }
  template <class... Values>
  static constexpr void push_parts(options_type const& options, state_type& state, Values const&... values) {
    all([&]<std::size_t At>() {
      part<At>::push(std::get<At>(options), std::get<At>(state), detail::part_of<At>(values)...);
      return true;
    });
  }

  options_type options_{};
  state_type state_{};
};

namespace detail {

struct tee_function {
  template <accumulator... Parts>
  constexpr tee_accumulator<Parts...> operator()(Parts... parts) const {
    return tee_accumulator<Parts...>(std::move(parts)...);
  }
};

}  // namespace detail

/// `tee(nps_accumulator{}, csat_accumulator{})`: several accumulators as one, for one pass over the rows.
inline constexpr detail::tee_function tee{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
