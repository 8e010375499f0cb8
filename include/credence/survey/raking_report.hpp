// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_RAKING_REPORT_HPP
#define CREDENCE_SURVEY_RAKING_REPORT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What `raked` and `post_stratified` are asked, and how they report what they found.

namespace credence {
inline namespace CREDENCE_ABI {

struct raking_options {
  number tolerance = 1e-10;       ///< the largest |share − target| that is let pass, above 0
  whole iteration_limit = 1000;   ///< cycles over all margins, at least 1
  std::optional<number> total{};  ///< what the weights sum to, above 0; unset: the count, for a mean of 1
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    if (!is_finite(tolerance) || !(tolerance > 0))
      return complain("raking_options::tolerance", tolerance, "it must be above 0");
    if (iteration_limit < 1)
      return complain("raking_options::iteration_limit", static_cast<double>(iteration_limit), "it must be at least 1");
    return !total || (detail::is_weight(total->value) && *total > 0) ||
           complain("raking_options::total", *total, "it must be above 0, and within 1e±100");
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("tolerance", self.tolerance);
    visit("iteration_limit", self.iteration_limit);
    visit("total", self.total);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(raking_options const&, raking_options const&) = default;
};

/// How a fit of weights ended. Only a converged one gives weights.
enum class raking_status : std::uint8_t {
  converged,
  degenerate_data,  ///< no row of a weight above 0, at all or in a category whose target is above 0
  iteration_limit   ///< the targets were not met: they contradict the rows, or need more cycles
};
constexpr std::string_view name_of(raking_status status) {
  switch (status) {
    case raking_status::converged: return "converged";
    case raking_status::degenerate_data: return "degenerate_data";
    case raking_status::iteration_limit: return "iteration_limit";
  }
  return {};
}

/// How the weights were found.
struct raking_report {
  raking_status status = raking_status::degenerate_data;
  std::uint64_t iterations = 0;         ///< cycles over all margins
  double largest_gap = not_a_number();  ///< of a category's share from its target, in 0…1; NaN where none was tried
  double design_effect = not_a_number();  ///< Kish n·Σw²/(Σw)², at least 1: what the weights cost; NaN if not converged
  std::uint64_t count = 0;                ///< rows that have a weight
  std::uint64_t rejected = 0;             ///< rows that have none
  credence::rejections rejections;        ///< and why: `missing` or `off_scale` (in no target) or `bad_weight`
  std::uint64_t failing_margin = 0;  ///< not converged: which margin is to blame, from 1; 0 where it is none of them
  std::string failing_category;      ///< and which of its categories

  /// Are there weights?
  explicit operator bool() const { return status == raking_status::converged; }

  /// What happened, and what to do about it, in a sentence.
  [[nodiscard]] std::string message() const {
    if (status == raking_status::converged)
      return detail::joined({"all targets are met; cycles: ", detail::shown(iterations)});
    if (failing_margin == 0)
      return detail::joined({"no row has a weight above 0: ", detail::shown(count), " could be used and ",
                             detail::shown(rejected),
                             " were left out; see `rejections`, and compare the margins' keys with the rows'"});
    std::string const where = detail::joined({failing_category, " of margin ", detail::shown(failing_margin)});
    if (status == raking_status::degenerate_data)
      return detail::joined({"no row of a weight above 0 could give ", where,
                             " its share; join that category with another, in the targets and in the projection"});
    return detail::joined({"after ", detail::shown(iterations), " cycles the share of ", where, " is still ",
                           detail::shown(largest_gap),
                           " from its target; join small categories or leave a margin out (some combinations have no "
                           "rows), or raise raking_options::iteration_limit"});
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("status", self.status);
    visit("iterations", self.iterations);
    visit("largest_gap", self.largest_gap);
    visit("design_effect", self.design_effect);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("failing_margin", self.failing_margin);
    visit("failing_category", self.failing_category);
  }
  friend bool operator==(raking_report const&, raking_report const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
