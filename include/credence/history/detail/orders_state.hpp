// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_ORDERS_STATE_HPP
#define CREDENCE_HISTORY_DETAIL_ORDERS_STATE_HPP

#include <cstdint>
#include <type_traits>
#include <utility>

#include <credence/core/host_types.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/push_activity.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Is this the amount of a return? What is no amount is none.
template <class Amount>
[[nodiscard]] bool is_amount_below_zero(Amount const& amount) {
  if constexpr (is_optional<Amount>) {
    return amount.has_value() && detail::is_amount_below_zero(*amount);
  } else if constexpr (std::is_unsigned_v<Amount>) {
    return false;
  } else if constexpr (std::is_arithmetic_v<Amount>) {
    return amount < 0;
  } else {
    typename money_traits<Amount>::sum_type sum{};
    money_traits<Amount>::add(sum, amount);
    return static_cast<double>(money_traits<Amount>::to_real(sum)) < 0;
  }
}

/// Two histories: of purchases, and of returns.
template <class Key, class Grid, class Sum>
class orders_state {
 public:
  using history = gridded_state<Key, Grid, Sum>;
  using index_type = typename history::index_type;

  orders_state() = default;
  explicit orders_state(index_type customers) : purchases(std::move(customers)) {}

  [[nodiscard]] index_type const& customers() const { return purchases.customers(); }
  /// How many rows were pushed.
  [[nodiscard]] std::uint64_t seen() const { return purchases.rows + returns.rows + rejected().total(); }
  [[nodiscard]] credence::rejections rejected() const {
    credence::rejections all = purchases.rejected;
    all += returns.rejected;
    return all;
  }

  orders_state& operator+=(orders_state const& other) {
    purchases += other.purchases;
    returns += other.returns;
    return *this;
  }
  friend bool operator==(orders_state const& left, orders_state const& right) {
    return left.purchases == right.purchases && left.returns == right.returns;
  }
  template <class Options>
  [[nodiscard]] bool valid(Options const& options) const {
    return purchases.valid(options) && returns.valid(options);
  }
  template <class Writer>
  void write(Writer& out) const {
    purchases.write(out);
    returns.write(out);
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    return purchases.read(in) && returns.read(in);
  }
  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("purchases", self.purchases);
    visit("returns", self.returns);
  }

  history purchases;
  history returns;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
