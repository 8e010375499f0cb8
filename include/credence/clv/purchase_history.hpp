// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PURCHASE_HISTORY_HPP
#define CREDENCE_CLV_PURCHASE_HISTORY_HPP

#include <concepts>
#include <optional>
#include <type_traits>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What the models of purchases know of one customer.

namespace credence {
inline namespace CREDENCE_ABI {

/// One customer as the models of purchases see him, in the unit of time that the model was fitted in.
struct purchase_history {
  number frequency = 0;  ///< x: repeat purchases, the first one not among them; whole
  number recency = 0;    ///< t_x: from the first purchase to the last; 0 without repeat purchases
  number age = 0;        ///< T: from the first purchase to the end of what was observed
  number log_gaps = 0;   ///< Σ ln(gap) between purchases: only the likelihoods of BG/CNBD-k and MBG/CNBD-k ask for it

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("frequency", self.frequency);
    visit("recency", self.recency);
    visit("age", self.age);
    visit("log_gaps", self.log_gaps);
  }
  friend constexpr bool operator==(purchase_history const&, purchase_history const&) = default;
};

/// Rows that say of themselves what a `purchase_history` holds, as those of `rfm` do: no projections are asked for.
template <class Row>
concept customer_row = requires(std::remove_cvref_t<Row> const& row) {
  row.frequency;
  row.recency;
  row.age;
};

namespace detail {

/// The same in plain numbers, which are known to be sound.
struct purchases {
  double frequency = 0;
  double recency = 0;
  double age = 0;
  double log_gaps = 0;
};

/// What is wrong with it, if anything is. A frequency that is not whole is refused, not cut off.
[[nodiscard]] constexpr std::optional<rejection> fault_of(purchases const& own) {
  if (is_nan(own.frequency) || is_nan(own.recency) || is_nan(own.age) || is_nan(own.log_gaps))
    return rejection::not_a_number;
  if (!is_finite(own.frequency) || own.frequency < 0 || own.frequency >= 0x1p53 ||
      static_cast<double>(static_cast<long long>(own.frequency)) != own.frequency)
    return rejection::off_scale;
  bool const possible = is_finite(own.recency) && is_finite(own.age) && is_finite(own.log_gaps) && own.recency >= 0 &&
                        own.recency <= own.age;
  if (!possible || (own.frequency == 0 && own.recency != 0)) return rejection::bad_time;
  return std::nullopt;
}

/// Throws `credence::error` for a parameter of a model that is not positive and finite.
inline void check_positive(char const* name, double parameter) {
  if (!is_finite(parameter) || !(parameter > 0)) wrong_argument(name, parameter, "it must be positive and finite");
}

[[noreturn, gnu::cold]] inline void refuse_history(purchases const& own) {
  raise(error(joined({"credence: there is no such purchase history: frequency ", shown(own.frequency), ", recency ",
                      shown(own.recency), ", age ", shown(own.age),
                      "; a frequency is a whole number of repeat purchases, recency lies between 0 and the age, and is "
                      "0 where the frequency is"})));
}

/// Throws `credence::error` for a history that cannot be.
[[nodiscard]] inline purchases sound_history(purchase_history const& history) {
  purchases const own{history.frequency, history.recency, history.age, history.log_gaps};
  if (fault_of(own)) refuse_history(own);
  return own;
}

/// A number, or NaN in the place of an empty optional.
template <class Value>
[[nodiscard]] constexpr double real_or_nan(Value const& value) {
  return detail::has_answer(value) ? detail::real_of(value) : not_a_number();
}
/// Of a row, unchecked.
template <class Row>
[[nodiscard]] constexpr purchases purchases_of(Row const& row) {
  purchases own{detail::real_or_nan(row.frequency), detail::real_or_nan(row.recency), detail::real_or_nan(row.age), 0};
  if constexpr (requires { row.log_gaps; }) own.log_gaps = detail::real_or_nan(row.log_gaps);
  return own;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
