// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_LOG_RANK_RESULT_HPP
#define CREDENCE_SURVIVAL_LOG_RANK_RESULT_HPP

#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a difference counts for that shows at some time: n is who is at risk then, S the share of all that was still
/// here before it.
enum class log_rank_weight : std::uint8_t {
  log_rank,           ///< 1: best where one group leaves a constant factor faster (the default)
  gehan,              ///< n: early differences count most; Gehan, Breslow, Wilcoxon
  tarone_ware,        ///< √n
  peto,               ///< Π (1 − d/(n + 1)), the time itself among them; Peto and Peto
  fleming_harrington  ///< S^ρ·(1 − S)^γ: ρ for early, γ for late differences; R's survdiff has γ = 0
};
constexpr std::string_view name_of(log_rank_weight weight) {
  switch (weight) {
    case log_rank_weight::log_rank: return "log_rank";
    case log_rank_weight::gehan: return "gehan";
    case log_rank_weight::tarone_ware: return "tarone_ware";
    case log_rank_weight::peto: return "peto";
    case log_rank_weight::fleming_harrington: return "fleming_harrington";
  }
  return {};
}

struct log_rank_options {
  log_rank_weight weight = log_rank_weight::log_rank;
  number rho = 0;    ///< of fleming_harrington, 0 or more; given alone, it turns that on
  number gamma = 0;  ///< of fleming_harrington, 0 or more; given alone, it turns that on
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// A group of a `log_rank_result`.
template <class Key>
struct log_rank_group {
  Key key{};
  std::uint64_t count = 0;  ///< customers
  std::uint64_t left = 0;   ///< of whom so many were seen to leave
  double observed = 0;      ///< Σ weight·d of the group: with weight 1, how many left
  double expected = 0;      ///< Σ weight·d·n_g/n: how many would have, were all groups alike

  /// Above 1 the group leaves faster than all together. NaN where nothing was expected.
  [[nodiscard]] double ratio() const { return expected > 0 ? observed / expected : not_a_number(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("count", self.count);
    visit("left", self.left);
    visit("observed", self.observed);
    visit("expected", self.expected);
  }
  friend bool operator==(log_rank_group const&, log_rank_group const&) = default;
};

/// The answer of `log_rank`. NaN where nobody left while two groups were at risk.
template <class Key>
struct log_rank_result {
  double chi_squared = not_a_number();      ///< of "all groups leave alike"
  double degrees_of_freedom = 0;            ///< groups that can be told apart, less one
  double p_value = not_a_number();          ///< in 0…1
  std::vector<log_rank_group<Key>> groups;  ///< in the order in which they came
  std::vector<double> covariance;           ///< of observed − expected, row by row
  std::uint64_t strata = 0;                 ///< within which groups were compared
  std::uint64_t count = 0;                  ///< customers used
  std::uint64_t rejected = 0;               ///< rows left out
  credence::rejections rejections;          ///< and why

  explicit operator bool() const { return !is_nan(chi_squared); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("chi_squared", self.chi_squared);
    visit("degrees_of_freedom", self.degrees_of_freedom);
    visit("p_value", self.p_value);
    visit("groups", self.groups);
    visit("covariance", self.covariance);
    visit("strata", self.strata);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(log_rank_result const&, log_rank_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
