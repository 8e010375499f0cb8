// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_STORED_GROUPS_HPP
#define CREDENCE_CORE_DETAIL_STORED_GROUPS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/detail/group_table.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A table of groups that can be written and read: the state of a `grouped`. Apart, since every survey metric has a
/// `group_table` for its design, and sorting costs whoever includes it a sixth of the lines.
template <class Key, class State>
class stored_groups : public group_table<Key, State> {
 public:
  /// In the order of the encoded keys: equal groups give equal bytes, and the shards of one grouping can be merged as
  /// streams.
  template <class Writer>
  void write(Writer& out) const {
    std::vector<std::pair<std::string, std::size_t>> order;
    order.reserve(this->size());
    for (std::size_t at = 0; at < this->size(); ++at)
      codec_of<Key>::encode(order.emplace_back(std::string(), at).first, this->keys[at]);
    std::sort(order.begin(), order.end());
    out.put_count(order.size());
    for (auto const& [encoded, at] : order) {
      out.put(encoded);
      out.put(this->states[at]);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    std::uint64_t count = 0;
    if (!in.get_count(count)) return false;
    *this = {};
    std::string before;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::string encoded;
      Key key{};
      State state{};
      if (!in.get(encoded) || !in.get(state)) return false;
      std::string_view left = encoded;
      if ((at != 0 && !(before < encoded)) || !codec_of<Key>::decode(left, key) || !left.empty()) return false;
      this->add(key, codec_of<Key>::hash(key), std::move(state));
      before = std::move(encoded);
    }
    return true;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
