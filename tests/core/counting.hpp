// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CORE_COUNTING_HPP
#define CREDENCE_TESTS_CORE_COUNTING_HPP

#include <compare>
#include <cstddef>
#include <iterator>

// Ranges of rows that are made on the way. The views of the standard library would do, but not with clang 14.

/// Random access to 0, 1, 2 …
struct counting_iterator {
  using value_type = int;
  using difference_type = std::ptrdiff_t;
  difference_type at = 0;

  int operator*() const { return static_cast<int>(at); }
  int operator[](difference_type offset) const { return static_cast<int>(at + offset); }
  counting_iterator& operator+=(difference_type offset) {
    at += offset;
    return *this;
  }
  counting_iterator& operator-=(difference_type offset) { return *this += -offset; }
  counting_iterator& operator++() { return *this += 1; }
  counting_iterator& operator--() { return *this += -1; }
  counting_iterator operator++(int) { return {at++}; }
  counting_iterator operator--(int) { return {at--}; }
  friend counting_iterator operator+(counting_iterator from, difference_type offset) { return {from.at + offset}; }
  friend counting_iterator operator+(difference_type offset, counting_iterator from) { return {from.at + offset}; }
  friend counting_iterator operator-(counting_iterator from, difference_type offset) { return {from.at - offset}; }
  friend difference_type operator-(counting_iterator to, counting_iterator from) { return to.at - from.at; }
  friend auto operator<=>(counting_iterator const&, counting_iterator const&) = default;
};

struct counting {
  std::ptrdiff_t count;
  [[nodiscard]] counting_iterator begin() const { return {0}; }
  [[nodiscard]] counting_iterator end() const { return {count}; }
};

/// Any two ends.
template <class Iterator, class Sentinel>
struct between {
  Iterator first;
  Sentinel last;
  between(Iterator from, Sentinel to) : first(from), last(to) {}
  [[nodiscard]] Iterator begin() const { return first; }
  [[nodiscard]] Sentinel end() const { return last; }
};

/// The same as `counting`, with an end of another type.
[[nodiscard]] inline auto counting_with_sentinel(std::ptrdiff_t count) {
  return between(std::counted_iterator(counting_iterator{0}, count), std::default_sentinel);
}

#endif
