// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_CES_HPP
#define CREDENCE_SURVEY_CES_HPP

#include <string_view>
#include <tuple>

#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/survey/detail/likert_answer.hpp>
#include <credence/survey/likert_result.hpp>

// Customer Effort Score (Dixon, Freeman and Toman 2010): "the company made it easy for me to handle my issue", 1
// (strongly disagree) to 7 (strongly agree). Reported as the mean, as the share that agrees (5 to 7), or as that less
// the share that disagrees (1 to 3). A `likert` question on that scale.

namespace credence {
inline namespace CREDENCE_ABI {

struct ces_options {
  whole scale_min = 1;  ///< the lowest point
  whole scale_max = 7;  ///< the highest point
  whole bottom_to = 3;  ///< points up to here disagree: it was hard
  whole top_from = 5;   ///< points from here on agree: it was easy
  likert_measure measure = likert_measure::mean_score;
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::level_scale levels() const { return {scale_min, scale_max}; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_likert(*this,
                                {"ces_options::scale_min", "ces_options::scale_max", "ces_options::bottom_to",
                                 "ces_options::top_from", "ces_options::confidence"},
                                complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("bottom_to", self.bottom_to);
    visit("top_from", self.top_from);
    visit("measure", self.measure);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(ces_options const&, ces_options const&) = default;
};

/// A score in points, a share in 0…1 or a net in −1…1, as `measure` says, and the whole distribution.
using ces_result = likert_result;

/// Counts of every point of the scale; see `ces`.
class ces_accumulator : public detail::likert_like<ces_accumulator, ces_options> {
  using base = detail::likert_like<ces_accumulator, ces_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.ces"; }
};

/// Customer Effort Score, the mean of 1…7 where 7 is "it was easy": `ces(rows, &survey::ease)`. `measure` asks for the
/// share that agrees, or that less the share that disagrees. A question asked the other way about ("how much effort…",
/// 1…5, Dixon's first) has its scale and boxes by option: low is then good. All else as for `likert`.
inline constexpr metric<ces_accumulator> ces{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
