// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_GROUP_TABLE_HPP
#define CREDENCE_CORE_DETAIL_GROUP_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/key_index.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// Of a table that only tells keys apart.
struct no_state {
  friend constexpr bool operator==(no_state const&, no_state const&) = default;
};

/// Keys, each with a state, in the order in which they first came.
template <class Key, class State>
class group_table {
 public:
  [[nodiscard]] std::size_t size() const { return keys.size(); }

  template <class Lookup>
  [[nodiscard]] std::size_t find(Lookup const& key, std::uint64_t hash) const {
    return index_.find(hash, [&](std::size_t at) { return codec_of<Key>::equal(keys[at], key); });
  }
  /// Adds a group for a key that has none. Strong guarantee.
  template <class Lookup>
  std::size_t add(Lookup const& key, std::uint64_t hash, State state) {
    keys.reserve(keys.size() == keys.capacity() ? 2 * keys.size() + 1 : keys.size());
    states.reserve(keys.capacity());
    Key stored = stored_form(key);
    index_.insert(hash, keys.size());
    keys.push_back(std::move(stored));
    states.push_back(std::move(state));
    return keys.size() - 1;
  }
  /// The key as it is kept. Throws `credence::error` for an integer that the groups' own type cannot hold.
  template <class Own>
  [[nodiscard]] static Key stored_form(Own const& key) {
    if constexpr (integer_key<Key> && integer_key<Own> && !std::is_same_v<Key, Own>) {
      Key const kept = static_cast<Key>(key);
      if (!codec_of<Key>::equal(kept, key))
        raise(error(joined({"credence: key ", std::to_string(key), " does not fit the type of these groups' keys"})));
      return kept;
    } else {
      return codec_of<Key>::stored(key);
    }
  }
  template <class Lookup>
  std::size_t find_or_add(Lookup const& key) {
    std::uint64_t const hash = codec_of<Lookup>::hash(key);
    std::size_t const at = find(key, hash);
    return at != key_index::none ? at : add(key, hash, State{});
  }
  /// The same groups, in whatever order?
  friend bool operator==(group_table const& left, group_table const& right) {
    if (left.size() != right.size()) return false;
    for (std::size_t at = 0; at < left.size(); ++at) {
      Key const& key = left.keys[at];  // of vector<bool>, a copy
      std::size_t const there = right.find(key, codec_of<Key>::hash(key));
      if (there == key_index::none || !(left.states[at] == right.states[there])) return false;
    }
    return true;
  }

  std::vector<Key> keys;
  std::vector<State> states;

 private:
  key_index index_;
};

}  // namespace detail

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
