// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_RATE_RESULT_HPP
#define CREDENCE_CHURN_CHURN_RATE_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The answer of `churn_rate`; NaN where there was nobody to lose.
struct churn_rate_result {
  double value = not_a_number();           ///< lost ÷ exposed, in 0…1, but for `average`, `daily` and `exposure`
  credence::interval interval;             ///< of it
  double standard_error = not_a_number();  ///< of the value
  std::uint64_t lost = 0;                  ///< what was divided: customers; of `daily` and `exposure`, leavings
  double exposed = 0;  ///< what by: customers; of `daily`, Σ of their days begun; of `exposure`, units of time
  std::uint64_t active_at_start = 0;  ///< customers there when the window begins
  std::uint64_t joined = 0;           ///< customers who were not, and came within it, again or for the first time
  std::uint64_t lost_new = 0;         ///< of those, lost; the default denominator leaves them out
  std::uint64_t returned = 0;         ///< customers who left and came back within the window
  std::uint64_t active_at_end = 0;    ///< customers there when it ends
  std::uint64_t count = 0;            ///< spans used
  std::uint64_t rejected = 0;         ///< spans left out
  credence::rejections rejections;    ///< and why

  explicit constexpr operator bool() const { return exposed > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("lost", self.lost);
    visit("exposed", self.exposed);
    visit("active_at_start", self.active_at_start);
    visit("joined", self.joined);
    visit("lost_new", self.lost_new);
    visit("returned", self.returned);
    visit("active_at_end", self.active_at_end);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(churn_rate_result const&, churn_rate_result const&) = default;
};

/// What one reason takes away: a row of `churn_rate_by_reason`.
template <class Key>
struct churn_reason_rate {
  Key reason{};
  std::uint64_t lost = 0;         ///< as of the rate, for this reason
  double value = not_a_number();  ///< of the rate's denominator; all of them add up to the rate
  credence::interval interval;    ///< of the value

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("reason", self.reason);
    visit("lost", self.lost);
    visit("value", self.value);
    visit("interval", self.interval);
  }
  friend bool operator==(churn_reason_rate const&, churn_reason_rate const&) = default;
};

/// The answer of `churn_rate` with `reason_of`: the rate, and what it is made of, the most frequent reason first, equal
/// ones in the order of their encoded keys.
template <class Key>
struct churn_rate_by_reason {
  churn_rate_result rate;
  std::vector<churn_reason_rate<Key>> reasons;

  [[nodiscard]] auto begin() const { return reasons.begin(); }
  [[nodiscard]] auto end() const { return reasons.end(); }
  [[nodiscard]] std::size_t size() const { return reasons.size(); }
  [[nodiscard]] churn_reason_rate<Key> const& operator[](std::size_t at) const { return reasons[at]; }
  explicit constexpr operator bool() const { return static_cast<bool>(rate); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rate", self.rate);
    visit("reasons", self.reasons);
  }
  friend bool operator==(churn_rate_by_reason const&, churn_rate_by_reason const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
