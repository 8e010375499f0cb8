// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_ORDERED_KEYS_HPP
#define CREDENCE_CORE_DETAIL_ORDERED_KEYS_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

// What is kept by keys is written in the order of the encoded keys: equal tables give equal bytes, whatever the order
// in which their keys came, and the shards of one table can be merged as streams.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The encoded keys of those of `count` places that `is_there(place)` says to hold any, each with its place, in order.
template <class Key, class KeyAt, class IsThere>
[[nodiscard]] std::vector<std::pair<std::string, std::size_t>> ordered_keys(std::size_t count, KeyAt const& key_at,
                                                                            IsThere const& is_there) {
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t at = 0; at < count; ++at)
    if (is_there(at)) codec_of<Key>::encode(order.emplace_back(std::string(), at).first, key_at(at));
  std::sort(order.begin(), order.end());
  return order;
}

/// Reads keys back, and no others than were written so.
template <class Key>
class ordered_key_reader {
 public:
  template <class Reader>
  [[nodiscard]] bool read(Reader& in, Key& key) {
    std::string encoded;
    if (!in.get(encoded)) return false;
    std::string_view left = encoded;
    if ((any_ && !(before_ < encoded)) || !codec_of<Key>::decode(left, key) || !left.empty()) return false;
    before_ = std::move(encoded);
    any_ = true;
    return true;
  }

 private:
  std::string before_;
  bool any_ = false;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
