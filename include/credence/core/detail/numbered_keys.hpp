// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_NUMBERED_KEYS_HPP
#define CREDENCE_CORE_DETAIL_NUMBERED_KEYS_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/key_index.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

// Which number each key has: of a customer, a rater, an item. What is kept by number is an array; histories are kept in
// pages of 32,768 numbers, and windows are whole pages.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline constexpr int page_shift = 15;
inline constexpr std::uint32_t page_keys = std::uint32_t{1} << page_shift;
inline constexpr std::uint32_t no_number = ~std::uint32_t{};

[[noreturn, gnu::cold]] inline void too_many_keys() {
  raise(error("credence: at most 4,294,967,294 keys can be told apart"));
}

/// Asks for memory that will be written to soon: the processor then waits for several at a time.
inline void fetch([[maybe_unused]] void const* where) {
#if defined(__GNUC__) || defined(__clang__)
  __builtin_prefetch(where, 1);
#endif
}

/// A stretch of integer keys that are numbered as they lie, without a table: those of a host that counts them.
struct key_window {
  std::uint64_t base = 0;  ///< its first key, as a word
  std::uint32_t size = 0;  ///< a multiple of a page
};

/// The window that most of these keys lie in, or none where it would be wider than `most`. A stray key (−1 for unknown)
/// does not widen it. The keys are words of which the topmost bit is flipped, in order.
[[nodiscard]] inline key_window window_of(std::vector<std::uint64_t> const& ordered, std::uint64_t most) {
  constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
  if (ordered.empty()) return {};
  std::size_t const strays = ordered.size() / 64;
  std::uint64_t const low = ordered[strays];
  std::uint64_t const high = ordered[ordered.size() - 1 - strays];
  most = (std::min)(most, std::uint64_t{1} << 31);
  if (high - low >= most) return {};
  // What lies beside those looked at is taken in too; from zero on, as most identifiers are, where that is near.
  std::uint64_t const margin = (high - low) / 8 + page_keys / 2;
  std::uint64_t const first = low >= sign_bit && low - sign_bit <= 2 * margin ? sign_bit
                              : low >= margin                                 ? low - margin
                                                                              : 0;
  std::uint64_t const last = high <= ~margin ? high + margin : ~std::uint64_t{};
  std::uint64_t const pages = ((last - first) >> page_shift) + 1;
  return {first ^ sign_bit, static_cast<std::uint32_t>(pages << page_shift)};
}

/// How many different keys there are likely to be among so many rows, of which these were looked at: of n that are as
/// frequent, m of them agree in m²/2n pairs. Rather too few; none where too few agree to tell.
[[nodiscard]] inline std::size_t keys_among(std::vector<std::uint64_t> const& ordered, std::uint64_t rows) {
  std::uint64_t pairs = 0;
  std::uint64_t alike = 0;
  for (std::size_t at = 1; at < ordered.size(); ++at) {
    alike = ordered[at] == ordered[at - 1] ? alike + 1 : 0;
    pairs += alike;
  }
  constexpr std::uint64_t enough = 4;
  if (pairs < enough) return 0;
  std::uint64_t const looked = ordered.size();
  return static_cast<std::size_t>((std::min)(rows, looked * looked / (2 * pairs)) / 4 * 3);
}

/// The numbers of keys: of integers those within a window as they lie, and the others in the order in which they
/// came, by open addressing with the keys in the slots: one look into memory a key. At most half full.
template <class Key>
class numbered_keys {
 public:
  using key_type = Key;
  static constexpr bool takes_windows = true;

  [[nodiscard]] static std::uint64_t ordered(Key key) { return key_codec<Key>::word(key) ^ std::uint64_t{1} << 63; }

  numbered_keys() = default;
  explicit numbered_keys(key_window const& window) : window_(window) {}
  /// For so many keys, as far as can be told.
  void expect(std::size_t keys) {
    if (2 * keys > slots_.size()) grow(std::bit_ceil(2 * keys));
  }

  /// One beyond the last number that any key can have.
  [[nodiscard]] std::uint32_t limit() const { return window_.size + beside_; }
  [[nodiscard]] key_window const& window() const { return window_; }
  /// How many lie beside the window.
  [[nodiscard]] std::uint32_t beside() const { return beside_; }

  [[nodiscard]] std::uint32_t find(Key key) const {
    std::uint64_t const word = key_codec<Key>::word(key);
    if (word - window_.base < window_.size) return static_cast<std::uint32_t>(word - window_.base);
    if (slots_.empty()) return no_number;
    slot const& here = slots_[place_of(key, mixed(word))];
    return here.number == 0 ? no_number : here.number - 1;
  }
  [[nodiscard]] std::uint32_t find_or_add(Key key) {
    std::uint64_t const word = key_codec<Key>::word(key);
    if (word - window_.base < window_.size) return static_cast<std::uint32_t>(word - window_.base);
    return find_or_add_hashed(key, mixed(word));
  }
  /// Of a key of any integer type. Throws `credence::error` where it does not fit.
  template <class Own>
  [[nodiscard]] std::uint32_t number_of(Own const& key) {
    return find_or_add(group_table<Key, no_state>::stored_form(key));
  }
  /// The numbers of many. What the slots are fetched for is known before they are looked into, so that the processor
  /// waits for several at a time.
  void find_or_add_many(Key const* keys, std::size_t count, std::uint32_t* numbers) {
    if (window_.size != 0) {
      std::size_t others = 0;
      std::uint64_t const base = window_.base;
      std::uint32_t const size = window_.size;
      for (std::size_t at = 0; at < count; ++at) {
        std::uint64_t const number = key_codec<Key>::word(keys[at]) - base;
        numbers[at] = number < size ? static_cast<std::uint32_t>(number) : no_number;
        others += number >= size;
      }
      for (std::size_t at = 0; others != 0; ++at) {
        if (numbers[at] != no_number) continue;
        numbers[at] = find_or_add_hashed(keys[at], mixed(key_codec<Key>::word(keys[at])));
        --others;
      }
      return;
    }
    if (slots_.empty()) grow(16);
    constexpr std::size_t ahead = 64;
    std::size_t places[ahead];
    std::size_t missed[ahead];
    for (std::size_t from = 0; from < count; from += ahead) {
      std::size_t const room = (std::min)(ahead, count - from);
      for (std::size_t at = 0; at < room; ++at) {
        places[at] = static_cast<std::size_t>(mixed(key_codec<Key>::word(keys[from + at]))) & mask();
        fetch(&slots_[places[at]]);
      }
      // Three of four are found where they are first looked for; to branch for each would be to guess wrong often.
      std::size_t misses = 0;
      for (std::size_t at = 0; at < room; ++at) {
        slot const here = slots_[places[at]];
        numbers[from + at] = here.number - 1;
        missed[misses] = at;
        misses += static_cast<std::size_t>(here.number == 0) | static_cast<std::size_t>(here.key != keys[from + at]);
      }
      for (std::size_t at = 0; at < misses; ++at) {
        Key const key = keys[from + missed[at]];
        numbers[from + missed[at]] = find_or_add_hashed(key, mixed(key_codec<Key>::word(key)));
      }
    }
  }

  /// The key of every number: by number less the window's size, of those beside it.
  [[nodiscard]] std::vector<Key> keys_beside() const {
    std::vector<Key> keys(beside_);
    for (slot const& here : slots_)
      if (here.number != 0) keys[here.number - 1 - window_.size] = here.key;
    return keys;
  }
  [[nodiscard]] Key key_at(std::uint32_t number, std::vector<Key> const& beside) const {
    if (number >= window_.size) return beside[number - window_.size];
    return static_cast<Key>(window_.base + number);
  }

 private:
  struct slot {
    Key key{};
    std::uint32_t number = 0;  ///< plus one; 0 is an empty slot
  };

  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  /// Where the key is, or would be.
  [[nodiscard]] std::size_t place_of(Key key, std::uint64_t hash) const {
    std::size_t at = static_cast<std::size_t>(hash) & mask();
    while (slots_[at].number != 0 && slots_[at].key != key) at = (at + 1) & mask();
    return at;
  }
  [[nodiscard]] std::uint32_t find_or_add_hashed(Key key, std::uint64_t hash) {
    if (!slots_.empty()) {
      slot const& here = slots_[place_of(key, hash)];
      if (here.number != 0) return here.number - 1;
    }
    return add(key, hash);
  }
#if defined(__GNUC__) || defined(__clang__)
  [[gnu::noinline]]
#endif
  std::uint32_t
  add(Key key, std::uint64_t hash) {
    if (limit() >= no_number - 1) too_many_keys();
    if (2 * (std::size_t{beside_} + 1) > slots_.size()) grow(slots_.empty() ? 16 : 2 * slots_.size());
    std::uint32_t const number = limit();
    slots_[place_of(key, hash)] = {key, number + 1};
    ++beside_;
    return number;
  }

  void grow(std::size_t size) {
    std::vector<slot> before(size);
    before.swap(slots_);
    for (slot const& old : before)
      if (old.number != 0) slots_[place_of(old.key, mixed(key_codec<Key>::word(old.key)))] = old;
  }

  key_window window_;
  std::uint32_t beside_ = 0;
  std::vector<slot> slots_;
};

/// The same for all other keys: a table, in the order in which they came.
template <class Key>
requires(!integer_key<Key>) class numbered_keys<Key> {
 public:
  using key_type = Key;
  static constexpr bool takes_windows = false;

  [[nodiscard]] std::uint32_t limit() const { return static_cast<std::uint32_t>(table_.size()); }
  template <class Own>
  [[nodiscard]] std::uint32_t find(Own const& key) const {
    std::size_t const at = table_.find(key, codec_of<Own>::hash(key));
    return at == key_index::none ? no_number : static_cast<std::uint32_t>(at);
  }
  template <class Own>
  [[nodiscard]] std::uint32_t find_or_add(Own const& key) {
    return static_cast<std::uint32_t>(table_.find_or_add(key));
  }
  template <class Own>
  [[nodiscard]] std::uint32_t number_of(Own const& key) {
    return find_or_add(key);
  }
  [[nodiscard]] std::vector<Key> const& keys_beside() const { return table_.keys; }
  [[nodiscard]] Key const& key_at(std::uint32_t number, std::vector<Key> const& beside) const { return beside[number]; }

 private:
  group_table<Key, no_state> table_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
