// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_REAL_BAG_HPP
#define CREDENCE_CORE_DETAIL_REAL_BAG_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Finite reals of which it is known how often each is there, not in which order they came: what keeps samples that
/// will be ranked. Two are equal, and have equal bytes, when they hold the same.
class real_bag {
 public:
  void add(double value) {
    values_.push_back(value);
    sorted_ = false;
  }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

  /// Puts them in order, so that who asks needs no copy. O(n).
  void settle() {
    if (!sorted_) sort_reals(values_);
    sorted_ = true;
  }
  /// Calls `use` with them in order.
  template <class Use>
  decltype(auto) in_order(Use const& use) const {
    if (sorted_) return use(values_);
    std::vector<double> copied = values_;
    sort_reals(copied);
    return use(std::as_const(copied));
  }

  real_bag& operator+=(real_bag const& other) {
    std::size_t const own = values_.size();
    values_.insert(values_.end(), other.values_.begin(), other.values_.end());
    sorted_ = sorted_ && other.sorted_ && (own == 0 || own == values_.size() || !(values_[own] < values_[own - 1]));
    return *this;
  }
  friend bool operator==(real_bag const& left, real_bag const& right) {
    if (left.size() != right.size()) return false;
    return left.in_order([&](std::vector<double> const& mine) {
      return right.in_order([&](std::vector<double> const& other) { return mine == other; });
    });
  }

  template <class Writer>
  void write(Writer& out) const {
    in_order([&](std::vector<double> const& values) { out.put(values); });
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    sorted_ = true;
    return in.get(values_) &&
           std::all_of(values_.begin(), values_.end(), [](double value) { return is_finite(value); }) &&
           std::is_sorted(values_.begin(), values_.end());
  }
  /// For who prints it.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    std::uint64_t const held = self.values_.size();
    visit("held", held);
  }

 private:
  std::vector<double> values_;
  bool sorted_ = true;
};

/// Walks through reals in order, of two kinds, from the least up: `use(value, first, second)` with how many of each
/// kind have this value. O(n).
template <class Use>
void walk_values(std::span<double const> first, std::span<double const> second, Use const& use) {
  std::size_t one = 0;
  std::size_t other = 0;
  while (one < first.size() || other < second.size()) {
    double const value = other == second.size() || (one < first.size() && first[one] <= second[other]) ? first[one]
                                                                                                       : second[other];
    std::size_t const one_from = one;
    std::size_t const other_from = other;
    while (one < first.size() && first[one] == value) ++one;
    while (other < second.size() && second[other] == value) ++other;
    use(value, static_cast<std::uint64_t>(one - one_from), static_cast<std::uint64_t>(other - other_from));
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
