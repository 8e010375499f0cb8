// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_STORED_GROUPS_HPP
#define CREDENCE_CORE_DETAIL_STORED_GROUPS_HPP

#include <cstddef>
#include <cstdint>
#include <utility>

#include <credence/core/detail/group_table.hpp>
#include <credence/core/detail/ordered_keys.hpp>
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
    auto const order = detail::ordered_keys<Key>(
        this->size(), [this](std::size_t at) -> decltype(auto) { return this->keys[at]; },
        [](std::size_t) { return true; });
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
    ordered_key_reader<Key> keys_of;
    for (std::uint64_t at = 0; at < count; ++at) {
      Key key{};
      State state{};
      if (!keys_of.read(in, key) || !in.get(state)) return false;
      this->add(key, codec_of<Key>::hash(key), std::move(state));
    }
    return true;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
