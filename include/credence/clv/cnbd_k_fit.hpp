// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_CNBD_K_FIT_HPP
#define CREDENCE_CLV_CNBD_K_FIT_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/clv/purchase_fit_options.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_report.hpp>

// What a fit of `bg_cnbd_k` and `mbg_cnbd_k` is asked, and what it tells.

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of a fit of `bg_cnbd_k` and `mbg_cnbd_k`.
struct cnbd_k_fit_options {
  std::optional<whole> k = {};         ///< stages of a gap, 1 … 1000; unset: the likeliest of 1 … max_k
  whole max_k = 6;                     ///< the most that are tried where k is unset
  std::optional<time_span> unit = {};  ///< how long a unit of time is; unset: what the rows say, as those of rfm do
  number penalty = 0;                  ///< λ ≥ 0: λ Σ v² is taken from ln L, v the logarithms of parameters
  whole max_iterations = 100;          ///< steps of Newton's method for each k, ≥ 1; some 5 to 10 are usual
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// How the fit with so many stages went.
struct tried_stages {
  int k = 0;
  fit_status status = fit_status::degenerate_data;
  double log_likelihood = not_a_number();

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("k", self.k);
    visit("status", self.status);
    visit("log_likelihood", self.log_likelihood);
  }
  friend constexpr bool operator==(tried_stages const&, tried_stages const&) = default;
};

/// The answer of the fit: the report of the likeliest k that converged, and what the others came to. The standard
/// errors, AIC and BIC are those of four parameters: k is taken as known.
template <class Model>
class cnbd_k_report : public likelihood_report<Model> {
 public:
  cnbd_k_report() = default;
  cnbd_k_report(likelihood_report<Model> likeliest, std::vector<tried_stages> all)
      : likelihood_report<Model>(std::move(likeliest)), tried(std::move(all)) {}

  std::vector<tried_stages> tried;  ///< in the order of k

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    likelihood_report<Model>::describe(self, visit);
    visit("tried", self.tried);
  }
  friend bool operator==(cnbd_k_report const& left, cnbd_k_report const& right) {
    return static_cast<likelihood_report<Model> const&>(left) == static_cast<likelihood_report<Model> const&>(right) &&
           left.tried == right.tried;
  }
};

namespace detail {

/// Throws `credence::error` for a number of stages that is none.
inline void check_stages(char const* name, whole stages) {
  if (stages.value < 1 || stages.value > 1000) wrong_argument(name, stages.value, "it must lie between 1 and 1000");
}

inline void check_fit_options(cnbd_k_fit_options const& chosen) {
  if (chosen.k) check_stages("cnbd_k_fit_options::k", *chosen.k);
  check_stages("cnbd_k_fit_options::max_k", chosen.max_k);
  if (!is_finite(chosen.penalty) || chosen.penalty < 0)
    wrong_argument("cnbd_k_fit_options::penalty", chosen.penalty.value, "it must be finite, and 0 or more");
  if (chosen.max_iterations.value < 1)
    wrong_argument("cnbd_k_fit_options::max_iterations", chosen.max_iterations.value, "it must be at least 1");
  if (chosen.unit && chosen.unit->micros <= 0)
    wrong_argument("cnbd_k_fit_options::unit", chosen.unit->micros, "it must be longer than nothing");
}

[[noreturn, gnu::cold]] inline void refuse_to_choose_stages() {
  raise(error(
      "credence: cnbd_k_fit_options::k is not set, and these customers do not tell the sums of ln(gap) between their "
      "purchases, by which it would be chosen; give them as log_gaps, as rows of rfm have them or by a fourth "
      "projection, or set k"));
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
