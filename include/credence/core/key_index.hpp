// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_KEY_INDEX_HPP
#define CREDENCE_CORE_KEY_INDEX_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Where each key stands in a vector of keys that somebody else keeps: open addressing, linear probing, 8 bytes a slot,
/// at most 3/4 full. A slot remembers 32 bits of the hash, which spare most comparisons and all rehashing.
class key_index {
 public:
  static constexpr std::size_t none = ~std::size_t{};

  /// The position of the key with this hash for which `is_it(position)` holds, or `none`.
  template <class IsIt>
  [[nodiscard]] std::size_t find(std::uint64_t hash, IsIt const& is_it) const {
    if (slots_.empty()) return none;
    std::uint32_t const tag = tag_of(hash);
    for (std::size_t at = tag & mask();; at = (at + 1) & mask()) {
      slot const& here = slots_[at];
      if (here.position == 0) return none;
      if (here.tag == tag && is_it(here.position - 1)) return here.position - 1;
    }
  }

  /// Adds the key that stands last, at `position`; it must not be there yet. Strong guarantee.
  void insert(std::uint64_t hash, std::size_t position) {
    if (position >= 0xffff'fffeU) raise(error("credence: a grouped accumulator holds at most 4,294,967,294 groups"));
    if (4 * (position + 1) > 3 * slots_.size()) {
      std::vector<slot> before(slots_.empty() ? 16 : 2 * slots_.size());
      before.swap(slots_);
      for (slot const& old : before)
        if (old.position != 0) place(old);
    }
    place({tag_of(hash), static_cast<std::uint32_t>(position + 1)});
  }

 private:
  struct slot {
    std::uint32_t tag = 0;
    std::uint32_t position = 0;  ///< plus one; 0 is an empty slot
  };
  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  void place(slot const& what) {
    std::size_t at = what.tag & mask();
    while (slots_[at].position != 0) at = (at + 1) & mask();
    slots_[at] = what;
  }

  std::vector<slot> slots_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
