// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PAGED_HPP
#define CREDENCE_HISTORY_DETAIL_PAGED_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Something of each number, in pages of 32,768: those of which nothing is asked take no memory, and a large one is
/// never copied to grow.
template <class Type>
class paged {
 public:
  /// Valid up to the next call.
  [[nodiscard]] Type& operator[](std::uint32_t number) {
    std::size_t const which = number >> page_shift;
    std::size_t const at = number % page_keys;
    if (which >= pages_.size() || at >= pages_[which].size()) add(which, at);
    return pages_[which][at];
  }
  /// None where it was never asked for.
  [[nodiscard]] Type const* find(std::uint32_t number) const {
    std::size_t const which = number >> page_shift;
    std::size_t const at = number % page_keys;
    return which < pages_.size() && at < pages_[which].size() ? pages_[which].data() + at : nullptr;
  }
  /// `visit(number, own)` in the order of numbers, of those never asked for too where others of their page were.
  template <class Visit>
  void walk(Visit const& visit) const {
    for (std::size_t which = 0; which < pages_.size(); ++which)
      for (std::size_t at = 0; at < pages_[which].size(); ++at)
        visit(static_cast<std::uint32_t>((which << page_shift) + at), pages_[which][at]);
  }

 private:
  /// The first page grows, as few customers should take little; the others are made whole.
#if defined(__GNUC__) || defined(__clang__)
  [[gnu::noinline]]
#endif
  void
  add(std::size_t which, std::size_t at) {
    if (which >= pages_.size()) pages_.resize(which + 1);
    std::vector<Type>& page = pages_[which];
    std::size_t const wanted = which == 0 ? (std::max)(2 * page.size(), at + 16) : std::size_t{page_keys};
    page.resize((std::min)(wanted, std::size_t{page_keys}));
  }

  std::vector<std::vector<Type>> pages_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
