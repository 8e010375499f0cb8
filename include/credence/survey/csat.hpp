// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_CSAT_HPP
#define CREDENCE_SURVEY_CSAT_HPP

#include <array>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/survey/share.hpp>

// Customer satisfaction: the share of answers in the top boxes of the scale, by default 4 and 5 of 1…5. A share on a
// scale, so that answers off it are turned away; everything else is that of `share`.

namespace credence {
inline namespace CREDENCE_ABI {

struct csat_options {
  number satisfied_from = 4;  ///< answers from here to the top of the scale are satisfied
  number scale_min = 1;       ///< the lowest answer there is
  number scale_max = 5;       ///< the highest answer there is
  number confidence = 0.95;   ///< of the interval, in (0, 1)
  share_interval interval_method = share_interval::wilson;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<2> scale() const { return {scale_min, {satisfied_from}, scale_max}; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_ascending({{"csat_options::scale_min", scale_min},
                                    {"csat_options::satisfied_from", satisfied_from},
                                    {"csat_options::scale_max", scale_max}},
                                   complain) &&
           detail::check_confidence_option("csat_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.satisfied_from, self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("satisfied_from", self.satisfied_from);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(csat_options const&, csat_options const&) = default;
};

/// A share in 0…1, `satisfied` of `count`.
using csat_result = share_result;

/// Counts of the satisfied and the others on a scale; see `csat`.
class csat_accumulator : public detail::class_accumulator<csat_accumulator, csat_options, 2> {
  using base = detail::class_accumulator<csat_accumulator, csat_options, 2>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.csat"; }
  /// What a class of answers scores, for errors under a design.
  static constexpr std::array<double, 2> scores{0, 1};

  [[nodiscard]] static csat_result answer(csat_options const& options, state_type const& state,
                                          std::optional<detail::designed_answer> const& designed = {}) {
    return detail::answer_share(state, options.interval_method, options.confidence, designed);
  }
};

/// Customer satisfaction, the share of top-box answers, in 0…1 (not per cent): `csat(rows, &survey::stars)`. Interval:
/// Wilson by default. Weights, rejections, errors and cost: as for `share`; answers outside
/// `scale_min`…`scale_max` are rejected as `off_scale`. Compare two with `compare`.
inline constexpr metric<csat_accumulator> csat{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
