// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_ACCUMULATOR_HPP
#define CREDENCE_CORE_ACCUMULATOR_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <credence/core/error.hpp>
#include <credence/core/options.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

template <class Type>
concept looks_like_an_accumulator = requires {
  typename Type::options_type;
  typename Type::state_type;
};

}  // namespace detail

/// An accumulator is its options and its state: push with `operator()`, merge with `+=`, compare with `==`, ask with
/// `result()`. The law: fold(a ++ b) == fold(a) += fold(b) for any split by row.
template <class Type>
concept accumulator = std::regular<Type> && requires(Type self, Type const& other) {
  typename Type::options_type;
  typename Type::state_type;
  self += other;
  { other.options() } -> std::same_as<typename Type::options_type const&>;
  { other.state() } -> std::same_as<typename Type::state_type const&>;
  { other.valid() } -> std::same_as<bool>;
  { Type::same_shape(other.options(), other.options()) } -> std::same_as<bool>;
  Type(other.options(), other.state());
};

namespace detail {

/// The right side of a merge that there is not. Whatever the left side merges, and whatever a host adds to it, is a
/// better match than a conversion to this.
template <class Left>
struct unmergeable {
  template <class Right>
  requires(!requires(Left & left, Right const& right) { left.operator+=(right); }) unmergeable(Right const&);
};

}  // namespace detail

/// What `+=` says where the right side is no accumulator of the left side's type.
template <detail::looks_like_an_accumulator Left>
void operator+=(Left&, std::type_identity_t<detail::unmergeable<Left>>) {
  static_assert(!detail::looks_like_an_accumulator<Left>,
                "credence: only accumulators of one type merge, their parts and keys included; a sample is pushed by a "
                "call: acc(9)");
}

namespace detail {

/// Do these options, and this state, take these values? A push is static and takes both apart, so that a keyed
/// container can hold the options once and one state a key.
template <class Accumulator, class... Values>
concept pushes = requires(typename Accumulator::options_type const& options, typename Accumulator::state_type& state,
                          Values const&... values) {
  Accumulator::push(options, state, values...);
};

/// Is the state the same however the samples are cut and merged: counts, integer sums, masks? Otherwise it is rounded,
/// and is folded in chunks of a fixed size so that its bits do not depend on the number of threads.
template <class Accumulator, class... Values>
[[nodiscard]] constexpr bool is_exact() {
  if constexpr (requires { Accumulator::template exact<Values...>; }) {
    return Accumulator::template exact<Values...>;
  } else {
    return false;
  }
}

template <class Accumulator, class... Values>
concept exactly_pushes = is_exact<Accumulator, Values...>();

/// Can an exact push be taken back? Not where a state only knows that something was there.
template <class Accumulator, class... Values>
concept pulls = is_exact<Accumulator, Values...>() &&
    requires(typename Accumulator::options_type const& options, typename Accumulator::state_type& state,
             Values const&... values) {
  Accumulator::pull(options, state, values...);
};

/// Does it take contiguous values at once, or many times one value, where its options allow?
template <class Accumulator, class Value>
concept pushes_block = requires(typename Accumulator::options_type const& options,
                                typename Accumulator::state_type& state, Value const* values) {
  Accumulator::push_block(options, state, values, std::size_t{});
  { Accumulator::never_raises(options) } -> std::convertible_to<bool>;
};
template <class Accumulator, class Value>
concept pushes_times = requires(typename Accumulator::options_type const& options,
                                typename Accumulator::state_type& state, Value const& value) {
  Accumulator::push_times(options, state, value, std::uint64_t{});
  { Accumulator::never_raises(options) } -> std::convertible_to<bool>;
};

/// An accumulator with the same options that has seen nothing.
template <class Accumulator>
[[nodiscard]] constexpr Accumulator emptied(Accumulator const& like) {
  return Accumulator(like.options(), typename Accumulator::state_type{});
}

}  // namespace detail

/// What every accumulator of a metric shares, written once. `Derived` adds, all static and constexpr where they can be:
///
///     static std::string_view type_id()               a fixed name for its bytes
///     static void push(options, state&, values…)      one sample
///     static void pull(options, state&, value)        takes one back; for exact pushes
///     static void push_block(options, state&, values, count), push_times(options, state&, value, times) and
///                                                     many samples at once, where that is faster
///     static Result answer(options, state)            the result
///     template <class...> static constexpr bool exact are pushes of these types exact?
///
/// `Options` has `check_fields(complain)`, which calls `complain(argument, value, allowed)` for the first option that
/// is wrong, and `shape(self)`, a tie of the fields that shape the state. `State` has `+=`, `==`, `valid(options)`,
/// `describe`.
template <class Derived, class Options, class State>
class accumulator_base {
 public:
  using options_type = Options;
  using state_type = State;

  constexpr accumulator_base() = default;
  /// Throws `credence::error` for options that are wrong or contradict each other.
  constexpr explicit accumulator_base(Options options) : options_(std::move(options)) { check_options(options_); }
  /// Put together from parts of another, or from bytes: not checked, see `valid()`.
  constexpr accumulator_base(Options options, State state) : options_(std::move(options)), state_(std::move(state)) {}

  /// One sample: a value, or a value and its weight. O(1), no allocation.
  template <class... Values>
  requires detail::pushes<Derived, Values...>
  constexpr void operator()(Values const&... values) { Derived::push(options_, state_, values...); }

  /// Many samples at once, contiguous: the same state as one by one. Only where `never_raises(options())`.
  template <class Value>
  requires detail::pushes_block<Derived, Value>
  constexpr void push_many(Value const* values, std::size_t count) {
    Derived::push_block(options_, state_, values, count);
  }

  /// Takes a pushed sample back, exactly: a review edited, a window slid. Only for samples whose push was exact.
  template <class... Values>
  requires detail::pulls<Derived, Values...>
  constexpr void retract(Values const&... values) { Derived::pull(options_, state_, values...); }

  /// Merges. Throws `credence::error` where the options that shape the state differ; an accumulator that is empty and
  /// default-constructed adopts the other's, and adds nothing to one that has its own.
  constexpr Derived& operator+=(Derived const& other) {
    accumulator_base const& from = other;
    if (!same_shape(options_, from.options_)) {
      if (from.untouched()) return self();
      if (!untouched()) detail::raise(error(unlike(options_, from.options_)));
    }
    if (untouched()) options_ = from.options_;
    state_ += from.state_;
    return self();
  }

  [[nodiscard]] constexpr auto result() const { return Derived::answer(options_, state_); }
  /// The answer under other answer options (confidence, method); those not named here take their defaults, whatever the
  /// accumulator was given. The options that shape the state stay as they were when it was gathered; to give others
  /// here, other than the defaults, is a wrong call and throws.
  [[nodiscard]] constexpr auto result(Options const& asked) const {
    check_options(asked);
    if (!same_shape(asked, Options{}) && !same_shape(asked, options_))
      detail::raise(
          error("credence: result() was given a scale or cut point other than the one the samples were "
                "gathered under; give it to the accumulator's constructor"));
    Options in_shape = asked;
    Options::shape(in_shape) = Options::shape(options_);
    return Derived::answer(in_shape, state_);
  }

  /// Are dirty samples only ever counted? Then samples may be pushed in blocks; a raise must name its sample. Options
  /// that do not say so say nothing of what a push may throw.
  [[nodiscard]] static constexpr bool never_raises(Options const& options) {
    if constexpr (requires { options.on_invalid; }) {
      return options.on_invalid == on_invalid::reject;
    } else {
      return false;
    }
  }
  [[nodiscard]] constexpr Options const& options() const { return options_; }
  [[nodiscard]] constexpr State const& state() const { return state_; }
  /// May states gathered under these options be merged?
  [[nodiscard]] static constexpr bool same_shape(Options const& left, Options const& right) {
    return Options::shape(left) == Options::shape(right);
  }
  /// Do the options and the state keep their invariants? Always true, but for what is read from bytes.
  [[nodiscard]] constexpr bool valid() const {
    return options_.check_fields([](auto const&...) { return false; }) && state_.valid(options_);
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("options", self.options_);
    visit("state", self.state_);
  }
  friend constexpr bool operator==(Derived const& left, Derived const& right) {
    accumulator_base const& first = left;
    accumulator_base const& second = right;
    return first.options_ == second.options_ && first.state_ == second.state_;
  }

 private:
  constexpr Derived& self() { return static_cast<Derived&>(*this); }
  [[nodiscard]] constexpr bool untouched() const { return options_ == Options{} && state_ == State{}; }
  // Out of line: inlined, g++ 12 at -O1 takes the value of an option that is not set for one that is read.
  [[gnu::noinline]] static constexpr void check_options(Options const& options) {
    options.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
      detail::wrong_argument(argument, value, allowed);
    });
  }
  [[nodiscard, gnu::cold]] static std::string unlike(Options const& mine, Options const& other) {
    return detail::joined({"credence: ", Derived::type_id(), " gathered under ", shape_shown(mine), " and under ",
                           shape_shown(other), " cannot be merged"});
  }
  /// The options that shape the state, which `describe` lists first: `passive_from 7, promoter_from 9 …`.
  [[nodiscard, gnu::cold]] static std::string shape_shown(Options const& options) {
    std::string text;
    std::size_t left = std::tuple_size_v<decltype(Options::shape(options))>;
    Options::describe(options, [&](char const* name, auto const& field) {
      if (left == 0) return;
      --left;
      text.append(text.empty() ? "" : ", ").append(name).append(" ").append(detail::shown_option(field));
    });
    return text;
  }

  Options options_{};
  State state_{};
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
