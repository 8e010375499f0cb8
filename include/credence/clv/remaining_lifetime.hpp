// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_REMAINING_LIFETIME_HPP
#define CREDENCE_CLV_REMAINING_LIFETIME_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <credence/clv/discount.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// How long a customer who is alive now will stay.

namespace credence {
inline namespace CREDENCE_ABI {

/// Is there a mean of how long customers stay? Where few of many stay for ever so long there is none.
enum class lifetime_status : std::uint8_t {
  finite_mean,
  infinite_mean  ///< the tail of lifetimes is too heavy for a mean, as on most real data: ask for the others
};
constexpr std::string_view name_of(lifetime_status status) {
  switch (status) {
    case lifetime_status::finite_mean: return "finite_mean";
    case lifetime_status::infinite_mean: return "infinite_mean";
  }
  return {};
}

struct remaining_lifetime_options {
  std::optional<number> horizon = {};  ///< for `restricted_mean`, in the model's unit of time, > 0
  discount_rate discount = {};         ///< for `discounted_mean`
};

/// From now on, given that the customer is alive, in the model's unit of time.
struct remaining_lifetime_result {
  double mean = not_a_number();  ///< +∞ where there is none
  lifetime_status status = lifetime_status::finite_mean;
  double median = not_a_number();  ///< half of such customers stay longer; +∞ where more than half never leave
  double restricted_mean = not_a_number();  ///< of the part that falls within `horizon`; NaN where none was given
  double discounted_mean = not_a_number();  ///< ∫ e^(−δu) S(u) du; without a discount the mean

  explicit constexpr operator bool() const { return !is_nan(mean); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("mean", self.mean);
    visit("status", self.status);
    visit("median", self.median);
    visit("restricted_mean", self.restricted_mean);
    visit("discounted_mean", self.discounted_mean);
  }
  friend constexpr bool operator==(remaining_lifetime_result const&, remaining_lifetime_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
