// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_KEY_PLACES_HPP
#define CREDENCE_REVIEWS_DETAIL_KEY_PLACES_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The keys that occur, each with a place from 0 on without gaps, so that what is kept of them is as long as there are
/// keys: numbers have gaps, where integers are numbered as they lie.
template <class Key>
class key_places {
 public:
  key_places() = default;
  /// Of the numbers that these rows have: in the order of their numbers.
  key_places(numbered_keys<Key> numbers, std::vector<std::uint32_t> const& number_of)
      : numbers_(std::move(numbers)), place_of_(numbers_.limit(), no_number) {
    for (std::uint32_t const number : number_of) place_of_[number] = 0;
    auto const& beside = numbers_.keys_beside();
    for (std::uint32_t number = 0; number < place_of_.size(); ++number) {
      if (place_of_[number] == no_number) continue;
      place_of_[number] = static_cast<std::uint32_t>(keys_.size());
      keys_.push_back(numbers_.key_at(number, beside));
    }
  }
  /// In the order of the encoded keys instead, which that of the rows has no part in.
  void order() {
    auto const ordered = ordered_keys<Key>(
        keys_.size(), [this](std::size_t at) { return static_cast<Key>(keys_[at]); }, [](std::size_t) { return true; });
    std::vector<Key> sorted;
    std::vector<std::uint32_t> place(keys_.size());
    for (auto const& [encoded, at] : ordered) {
      place[at] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(keys_[at]);
    }
    keys_.swap(sorted);
    for (std::uint32_t& at : place_of_)
      if (at != no_number) at = place[at];
  }

  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  [[nodiscard]] std::vector<Key> const& keys() const { return keys_; }
  [[nodiscard]] std::uint32_t place_of(std::uint32_t number) const { return place_of_[number]; }

  template <class Own>
  [[nodiscard]] bool contains(Own const& key) const {
    return find(key) != no_number;
  }
  /// Where a key is. Throws `credence::error` that names it, as one of `what`, where it is not.
  template <class Own>
  [[nodiscard]] std::size_t at(Own const& key, char const* what) const {
    std::uint32_t const place = find(key);
    if (place == no_number) unknown(key, what);
    return place;
  }

 private:
  template <class Own>
  [[nodiscard]] std::uint32_t find(Own const& key) const {
    if constexpr (check_present_key<Own>()) {
      std::uint32_t const number = detail::number_found(numbers_, key);
      return number == no_number ? no_number : place_of_[number];
    } else {
      return no_number;
    }
  }
  template <class Own>
  [[noreturn, gnu::cold]] void unknown(Own const& key, char const* what) const {
    if constexpr (is_optional<Own>) {
      if (key) unknown(*key, what);
    }
    std::string named;
    if constexpr (requires { detail::shown(key); }) named = " " + detail::shown(key);
    raise(error(joined({"credence: there is no ", what, named, " among the ", std::to_string(size()), " labelled"})));
  }

  numbered_keys<Key> numbers_;
  std::vector<std::uint32_t> place_of_;  // by number
  std::vector<Key> keys_;                // by place
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
