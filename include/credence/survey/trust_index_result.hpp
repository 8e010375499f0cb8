// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_TRUST_INDEX_RESULT_HPP
#define CREDENCE_SURVEY_TRUST_INDEX_RESULT_HPP

#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/core/design.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/mean_comparison.hpp>

// What `trust_index` answers, and how two such answers are compared.

namespace credence {
inline namespace CREDENCE_ABI {

/// What the index is the mean of.
enum class trust_measure : std::uint8_t {
  top_share,  ///< the shares that trust, in 0…1
  net_share   ///< those less the shares that distrust, in −1…1
};
constexpr std::string_view name_of(trust_measure measure) {
  switch (measure) {
    case trust_measure::top_share: return "top_share";
    case trust_measure::net_share: return "net_share";
  }
  return {};
}

/// One item of a trust index.
struct trust_item {
  double value = not_a_number();           ///< what `measure` says of this item
  double standard_error = not_a_number();  ///< of the value
  double top_share = not_a_number();       ///< who trusts, in 0…1, of the weight where there are weights
  double bottom_share = not_a_number();    ///< who distrusts, in 0…1
  std::uint64_t count = 0;                 ///< respondents who answered it

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("standard_error", self.standard_error);
    visit("top_share", self.top_share);
    visit("bottom_share", self.bottom_share);
    visit("count", self.count);
  }
  friend constexpr bool operator==(trust_item const&, trust_item const&) = default;
};

/// The answer of `trust_index`. NaN where an item has no answer, or none with a weight above 0.
struct trust_index_result {
  double value = not_a_number();           ///< in 0…1, or −1…1 for the net
  credence::interval interval;             ///< in the unit of the value
  double standard_error = not_a_number();  ///< of the value; NaN for one respondent
  std::uint64_t count = 0;                 ///< respondents with an answer to any item
  std::uint64_t complete = 0;              ///< of them, those with an answer to all
  std::vector<trust_item> items;           ///< in their order
  bool weighted = false;                   ///< did any respondent come with a weight?
  double effective_count = 0;              ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;              ///< single answers left out, and respondents with a bad weight
  credence::rejections rejections;         ///< and why
  sampling_design design;                  ///< taken into account in `standard_error` and `interval`

  /// Is there an answer?
  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("complete", self.complete);
    visit("items", self.items);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend bool operator==(trust_index_result const&, trust_index_result const&) = default;
};

struct trust_index_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two of independent samples, the first less the second: Welch's t with their errors. NaN where either has none.
[[nodiscard]] inline comparison compare(trust_index_result const& first, trust_index_result const& second,
                                        trust_index_comparison_options options = {}) {
  detail::check_confidence("trust_index_comparison_options::confidence", options.confidence);
  return detail::compared_as_means(first, second, options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
