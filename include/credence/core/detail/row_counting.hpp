// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_ROW_COUNTING_HPP
#define CREDENCE_CORE_DETAIL_ROW_COUNTING_HPP

#include <concepts>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A state and how many rows were pushed to it.
template <class State>
struct counted_state {
  State own{};
  std::uint64_t rows = 0;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("own", self.own);
    visit("rows", self.rows);
  }
  friend constexpr bool operator==(counted_state const&, counted_state const&) = default;
};

/// An accumulator that also counts the rows it was given, whatever became of them.
template <accumulator Accumulator>
class row_counting {
 public:
  using options_type = typename Accumulator::options_type;
  using state_type = counted_state<typename Accumulator::state_type>;

  template <class... Values>
  static constexpr bool exact = is_exact<Accumulator, Values...>();
  static constexpr bool never_raises(options_type const& options) {
    if constexpr (requires { Accumulator::never_raises(options); }) {
      return Accumulator::never_raises(options);
    } else {
      return false;
    }
  }

  row_counting() = default;
  row_counting(options_type options, state_type state) : options_(std::move(options)), state_(std::move(state)) {}

  template <class... Values>
  static void push(options_type const& options, state_type& state, Values const&... values) {
    Accumulator::push(options, state.own, values...);
    ++state.rows;
  }
  template <class Value>
  requires pushes_times<Accumulator, Value>
  static void push_times(options_type const& options, state_type& state, Value value, std::uint64_t times) {
    Accumulator::push_times(options, state.own, value, times);
    state.rows += times;
  }
  template <class... Values>
  requires pulls<Accumulator, Values...>
  static void pull(options_type const& options, state_type& state, Values const&... values) {
    Accumulator::pull(options, state.own, values...);
    --state.rows;
  }

  row_counting& operator+=(row_counting const& other) {
    Accumulator merged(options_, state_.own);
    merged += Accumulator(other.options_, other.state_.own);
    state_.own = merged.state();
    state_.rows += other.state_.rows;
    return *this;
  }
  [[nodiscard]] auto result() const { return Accumulator(options_, state_.own).result(); }
  [[nodiscard]] options_type const& options() const { return options_; }
  [[nodiscard]] state_type const& state() const { return state_; }
  [[nodiscard]] static bool same_shape(options_type const& left, options_type const& right) {
    return Accumulator::same_shape(left, right);
  }
  [[nodiscard]] bool valid() const {
    return state_.rows <= ~std::uint64_t{} / 16 && Accumulator(options_, state_.own).valid();
  }
  [[nodiscard]] static std::string type_id() { return std::string(Accumulator::type_id()); }
  friend bool operator==(row_counting const&, row_counting const&) = default;

 private:
  options_type options_{};
  state_type state_{};
};

/// Do these options say that a dirty sample is raised? Those of a tee do where any part's do.
template <class Options>
[[nodiscard]] constexpr bool raises_invalid(Options const& options) {
  if constexpr (requires { options.on_invalid; }) {
    return options.on_invalid == on_invalid::raise;
  } else if constexpr (requires { std::tuple_size<Options>::value; }) {
    return std::apply([](auto const&... part) { return (raises_invalid(part) || ...); }, options);
  } else {
    return false;
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
