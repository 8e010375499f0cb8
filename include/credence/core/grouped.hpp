// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_GROUPED_HPP
#define CREDENCE_CORE_GROUPED_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/stored_groups.hpp>
#include <credence/core/error.hpp>
#include <credence/core/key_index.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// One accumulator a group, under common options: what `group_by` returns, and an accumulator itself. Push with
/// `groups(key, values…)`, merge with `+=`, look up with `at(key)`, walk with `for (auto const& [key, accumulator] :
/// …)` in the order in which keys first came. Equal when it holds the same groups in any order. `Key` is the stored
/// type: strings are kept as `std::string`, and may be looked up by `string_view` or literal.
template <class Key, accumulator Accumulator>
class grouped {
 public:
  using key_type = detail::stored_key<Key>;
  using options_type = typename Accumulator::options_type;
  using state_type = detail::stored_groups<key_type, typename Accumulator::state_type>;

  struct group {
    std::conditional_t<std::is_same_v<key_type, bool>, bool, key_type const&> key;  // a vector<bool> holds no bool
    Accumulator accumulator;
  };

  class iterator {
   public:
    using value_type = group;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(grouped const* groups, std::size_t at) : groups_(groups), at_(at) {}
    group operator*() const { return groups_->nth(at_); }
    iterator& operator++() {
      ++at_;
      return *this;
    }
    iterator operator++(int) {
      iterator const before = *this;
      ++at_;
      return before;
    }
    friend bool operator==(iterator const&, iterator const&) = default;

   private:
    grouped const* groups_ = nullptr;
    std::size_t at_ = 0;
  };

  template <class Own, class... Values>
  static constexpr bool exact = detail::is_exact<Accumulator, Values...>();
  /// Do the groups count dirty samples rather than throw?
  static constexpr bool never_raises(options_type const& options) {
    if constexpr (requires { Accumulator::never_raises(options); }) {
      return Accumulator::never_raises(options);
    } else {
      return false;
    }
  }

  grouped() = default;
  /// Empty groups under the options of `like`, which must have seen nothing itself.
  explicit grouped(Accumulator const& like) : options_(like.options()) {
    if (!(like == detail::emptied(like)))
      detail::raise(error("credence: group_by takes an empty accumulator; this one already holds samples"));
  }
  grouped(options_type options, state_type state) : options_(std::move(options)), state_(std::move(state)) {}

  template <class Own, class... Values>
  void operator()(Own const& key, Values const&... values) {
    push(options_, state_, key, values...);
  }

  template <class Own, class... Values>
  static void push(options_type const& options, state_type& state, Own const& key, Values const&... values) {
    if constexpr (detail::check_key<Own>()) {
      std::uint64_t const hash = detail::codec_of<Own>::hash(key);
      std::size_t const at = state.find(key, hash);
      if (at != detail::key_index::none) {
        Accumulator::push(options, state.states[at], values...);
      } else {
        // Pushed before it is added: a sample that throws leaves no empty group behind.
        typename Accumulator::state_type fresh{};
        Accumulator::push(options, fresh, values...);
        state.add(key, hash, std::move(fresh));
      }
    }
  }

  /// Takes a pushed sample back from its group, which stays even when it is empty. Throws where it is not held.
  template <class Own, class... Values>
  requires detail::pulls<Accumulator, Values...>
  void retract(Own const& key, Values const&... values) { pull(options_, state_, key, values...); }
  template <class Own, class... Values>
  requires detail::pulls<Accumulator, Values...>
  static void pull(options_type const& options, state_type& state, Own const& key, Values const&... values) {
    if constexpr (detail::check_key<Own>()) {
      std::size_t const at = state.find(key, detail::codec_of<Own>::hash(key));
      if (at == detail::key_index::none)
        detail::raise(error("credence: a sample was retracted from a group that is not there"));
      Accumulator::pull(options, state.states[at], values...);
    }
  }

  grouped& operator+=(grouped const& other) {
    if (!same_shape(options_, other.options_)) {
      if (other == grouped{}) return *this;
      if (!(*this == grouped{}))
        detail::raise(error("credence: two groupings (" + type_id() + ") under different options cannot be merged"));
    }
    if (*this == grouped{}) options_ = other.options_;
    for (std::size_t at = 0; at < other.size(); ++at) {
      key_type const& key = other.state_.keys[at];
      auto& mine = state_.states[state_.find_or_add(key)];
      Accumulator merged(options_, mine);
      merged += Accumulator(options_, other.state_.states[at]);
      mine = merged.state();
    }
    return *this;
  }

  /// The position of a key's group, which is added if it is new: what a tally is kept by.
  template <class Own>
  std::size_t position_of(Own const& key) {
    return state_.find_or_add(key);
  }
  /// `times` samples of one value to the group at a position.
  template <class Value>
  void push_times(std::size_t position, Value value, std::uint64_t times) {
    Accumulator::push_times(options_, state_.states[position], value, times);
  }
  /// Takes over one group of another grouping under the same options; it must not be here yet.
  void adopt(grouped& other, std::size_t position) {
    key_type const& key = other.state_.keys[position];
    state_.add(key, detail::codec_of<key_type>::hash(key), std::move(other.state_.states[position]));
  }

  [[nodiscard]] std::size_t size() const { return state_.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] iterator begin() const { return {this, 0}; }
  [[nodiscard]] iterator end() const { return {this, size()}; }

  template <class Lookup>
  [[nodiscard]] bool contains(Lookup const& key) const {
    return find(key) != detail::key_index::none;
  }
  /// The group's accumulator. Throws `credence::error` where there is none.
  template <class Lookup>
  [[nodiscard]] Accumulator at(Lookup const& key) const {
    std::size_t const found = find(key);
    if (found == detail::key_index::none) {
      if constexpr (requires { detail::shown(key); }) {
        detail::raise(error("credence: there is no group " + detail::shown(key) + " among " + std::to_string(size())));
      } else {
        detail::raise(error("credence: there is no such group among " + std::to_string(size())));
      }
    }
    return Accumulator(options_, state_.states[found]);
  }
  /// All groups merged into one.
  [[nodiscard]] Accumulator total() const {
    Accumulator sum(options_, typename Accumulator::state_type{});
    for (group const& own : *this) sum += own.accumulator;
    return sum;
  }

  /// Every group's key and result, in order.
  [[nodiscard]] auto result() const {
    using result_type = decltype(std::declval<Accumulator const&>().result());
    std::vector<std::pair<key_type, result_type>> results;
    results.reserve(size());
    for (group const& own : *this) results.emplace_back(own.key, own.accumulator.result());
    return results;
  }
  [[nodiscard]] options_type const& options() const { return options_; }
  [[nodiscard]] state_type const& state() const { return state_; }
  [[nodiscard]] static bool same_shape(options_type const& left, options_type const& right) {
    return Accumulator::same_shape(left, right);
  }
  [[nodiscard]] bool valid() const {
    if (!Accumulator(options_, {}).valid()) return false;
    for (group const& own : *this)
      if (!own.accumulator.valid()) return false;
    return true;
  }
  [[nodiscard]] static std::string type_id() {
    return "credence.grouped(" + detail::codec_of<Key>::name() + "," + std::string(Accumulator::type_id()) + ")";
  }
  friend bool operator==(grouped const&, grouped const&) = default;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor&& visit) {
    visit("options", self.options_);
    visit("state", self.state_);
  }

 private:
  template <class Lookup>
  [[nodiscard]] std::size_t find(Lookup const& key) const {
    if constexpr (detail::check_key<Lookup>()) {
      return state_.find(key, detail::codec_of<Lookup>::hash(key));
    } else {
      return detail::key_index::none;
    }
  }
  [[nodiscard]] group nth(std::size_t at) const { return {state_.keys[at], Accumulator(options_, state_.states[at])}; }

  options_type options_{};
  state_type state_{};
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
