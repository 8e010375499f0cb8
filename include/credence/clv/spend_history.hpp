// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_SPEND_HISTORY_HPP
#define CREDENCE_CLV_SPEND_HISTORY_HPP

#include <optional>
#include <type_traits>

#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What the models of spend know of one customer.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a customer spends when he buys: the mean over his repeat purchases, and how many they are.
struct spend_history {
  number count = 0;  ///< x: purchases averaged; whole
  number mean = 0;   ///< m̄: their mean, above 0, in the host's unit of money; without purchases it is not read

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("mean", self.mean);
  }
  friend constexpr bool operator==(spend_history const&, spend_history const&) = default;
};

/// Rows that say of themselves what a `spend_history` holds: `monetary_value`, and `spend_count` as those of `rfm` or,
/// where there is none, `frequency`.
template <class Row>
concept spend_row = requires(std::remove_cvref_t<Row> const& row) {
  row.monetary_value;
}
&&(
    requires(std::remove_cvref_t<Row> const& row) { row.spend_count; } ||
    requires(std::remove_cvref_t<Row> const& row) { row.frequency; });

namespace detail {

/// The same in plain numbers.
struct spends {
  double count = 0;
  double mean = 0;
};

/// Did he not come back? Then nothing is known of what he spends.
[[nodiscard]] constexpr bool averages_nothing(spends const& own) { return !is_nan(own.count) && own.count == 0; }

[[nodiscard]] constexpr bool is_whole_count(double const& count) {
  return is_finite(count) && count >= 0 && count < 0x1p53 &&
         static_cast<double>(static_cast<long long>(count)) == count;
}

/// What is wrong with it, if anything is.
[[nodiscard]] constexpr std::optional<rejection> fault_of(spends const& own) {
  if (is_nan(own.count)) return rejection::not_a_number;
  if (!is_whole_count(own.count)) return rejection::off_scale;
  if (averages_nothing(own)) return std::nullopt;
  if (is_nan(own.mean)) return rejection::not_a_number;
  if (!(own.mean >= 1e-100 && own.mean <= 1e100)) return rejection::off_scale;
  return std::nullopt;
}

[[noreturn, gnu::cold]] inline void refuse_spends(spends const& own) {
  raise(error(
      joined({"credence: there is no such history of spend: ", shown(own.count), " purchases of ", shown(own.mean),
              " in the mean; a whole number of purchases is averaged, and the mean lies above 0, between 1e-100 "
              "and 1e100"})));
}

/// Throws `credence::error` for a history that cannot be.
[[nodiscard]] inline spends sound_spends(spend_history const& history) {
  spends const own{history.count, history.mean};
  if (detail::fault_of(own)) refuse_spends(own);
  return own;
}

/// Members of a row in the place of projections.
struct spend_count_member {
  template <spend_row Row>
  constexpr auto const& operator()(Row const& row) const {
    if constexpr (requires { row.spend_count; }) {
      return row.spend_count;
    } else {
      return row.frequency;
    }
  }
};
struct monetary_value_member {
  template <spend_row Row>
  constexpr auto const& operator()(Row const& row) const {
    return row.monetary_value;
  }
};

/// Of a row, unchecked.
template <class Row>
[[nodiscard]] constexpr spends spends_of(Row const& row) {
  return {detail::real_or_nan(spend_count_member{}(row)), detail::real_or_nan(monetary_value_member{}(row))};
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
