// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_DETAIL_ITEMS_STATE_HPP
#define CREDENCE_AGREEMENT_DETAIL_ITEMS_STATE_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/detail/items.hpp>
#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/covariance.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The covariances of items, over the rows that answered all of them.
struct items_state {
  co_moments items;
  rejections rejected;

  /// Throws where the other's rows have another number of items.
  items_state& operator+=(items_state const& other) {
    if (items.count() != 0 && other.items.count() != 0 && items.columns() != other.items.columns())
      raise(error(joined({"credence: respondents with ", shown(items.columns()), " items and with ",
                          shown(other.items.columns()), " cannot be merged"})));
    items += other.items;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] std::uint64_t seen() const { return items.count() + rejected.total(); }
  template <class Options>
  [[nodiscard]] bool valid(Options const&) const {
    return items.valid() && rejected.valid();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("items", self.items);
    visit("rejected", self.rejected);
  }
  friend bool operator==(items_state const&, items_state const&) = default;
};

/// One row's answers, a range of as many as all others gave. Left out by the first that is not good; throws for another
/// number of them.
template <class Options, class Items>
void push_items(Options const& options, items_state& state, Items const& answers) {
  if constexpr (items_check::of<Items const&>()) {
    std::vector<double> row;
    rejections rejected;
    auto const end = std::ranges::end(answers);
    for (auto at = std::ranges::begin(answers); at != end; ++at) {
      auto&& answer = *at;
      bool const good = rejected.total() == 0 &&
                        detail::accepts_real(answer, 1e150, options.on_invalid, rejected, state.seen());
      row.push_back(good ? detail::real_of(answer) : 0);
    }
    if (state.items.count() != 0 && row.size() != state.items.columns())
      raise(error(joined({"credence: a respondent has ", shown(row.size()), " items, and those before ",
                          shown(state.items.columns())})));
    state.rejected += rejected;
    if (row.empty()) return turn_away(options.on_invalid, state.rejected, rejection::missing, 0, state.seen());
    if (rejected.total() == 0) state.items.push(row);
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
