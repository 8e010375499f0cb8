// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_LIKERT_HPP
#define CREDENCE_SURVEY_LIKERT_HPP

#include <string_view>
#include <tuple>

#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/survey/detail/likert_answer.hpp>
#include <credence/survey/likert_result.hpp>

// One survey question whole: how often each point of its scale was answered, and what follows from that: mean, median,
// top and bottom box, and the net of the two.

namespace credence {
inline namespace CREDENCE_ABI {

struct likert_options {
  whole scale_min = 1;  ///< the lowest point
  whole scale_max = 5;  ///< the highest point
  whole bottom_to = 2;  ///< points up to here are the bottom box
  whole top_from = 4;   ///< points from here on are the top box
  likert_measure measure = likert_measure::mean_score;
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::level_scale levels() const { return {scale_min, scale_max}; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_likert(*this,
                                {"likert_options::scale_min", "likert_options::scale_max", "likert_options::bottom_to",
                                 "likert_options::top_from", "likert_options::confidence"},
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
  friend constexpr bool operator==(likert_options const&, likert_options const&) = default;
};

/// Counts of every point of a scale; see `likert`.
class likert_accumulator : public detail::likert_like<likert_accumulator, likert_options> {
  using base = detail::likert_like<likert_accumulator, likert_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.likert"; }
};

/// One survey question: `likert(rows, &survey::clarity)` has its distribution, mean, median, top and bottom box and
/// their net, and as `value`, with an interval, what `measure` says. The points are whole numbers, of at most 1,001;
/// answers between or beyond them are left out as `off_scale`, NaN and empty optionals as what they are. Cuts and
/// measure shape the answer only: one accumulator is asked for each. Weights and designs as for `nps`; the median is
/// the weighted one. No good answer: `count` 0, the rest NaN. Throws `credence::error` for options that contradict each
/// other. O(rows), two allocations.
inline constexpr metric<likert_accumulator> likert{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
