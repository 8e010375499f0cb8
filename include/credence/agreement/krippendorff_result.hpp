// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_KRIPPENDORFF_RESULT_HPP
#define CREDENCE_AGREEMENT_KRIPPENDORFF_RESULT_HPP

#include <cstdint>
#include <string_view>

#include <credence/agreement/no_variation.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What `krippendorff_alpha` is asked and answers.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a difference between two values means.
enum class measurement : std::uint8_t {
  nominal,   ///< the same or not
  ordinal,   ///< how many ratings lie between, by rank
  interval,  ///< the square of the difference
  ratio      ///< the square of difference ÷ sum; values are not negative
};
constexpr std::string_view name_of(measurement scale) {
  switch (scale) {
    case measurement::nominal: return "nominal";
    case measurement::ordinal: return "ordinal";
    case measurement::interval: return "interval";
    case measurement::ratio: return "ratio";
  }
  return {};
}

struct krippendorff_alpha_options {
  measurement scale = measurement::nominal;
  credence::no_variation no_variation = credence::no_variation::undefined;  ///< α where De = 0: NaN, or 1
  whole replicates = 0;      ///< of a bootstrap over units for the interval; 0: by the linearised error
  whole seed = 2026;         ///< of the bootstrap
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

struct krippendorff_alpha_result {
  double value = not_a_number();                  ///< 1 perfect, 0 as by chance, below 0 worse than that
  credence::interval interval;                    ///< what other units would show; NaN with fewer than two units
  double standard_error = not_a_number();         ///< linearised over units, the expected disagreement held
  double observed_disagreement = not_a_number();  ///< Do, in the unit of the scale's δ²
  double expected_disagreement = not_a_number();  ///< De
  std::uint64_t count = 0;                        ///< ratings used: those of units with two or more
  std::uint64_t units = 0;                        ///< units used
  std::uint64_t unpaired = 0;                     ///< good ratings left out, alone in their unit
  std::uint64_t duplicates = 0;                   ///< ratings left out, the rater having rated the unit before
  std::uint64_t rejected = 0;                     ///< ratings that are missing, no numbers, or off the scale
  credence::rejections rejections;

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("observed_disagreement", self.observed_disagreement);
    visit("expected_disagreement", self.expected_disagreement);
    visit("count", self.count);
    visit("units", self.units);
    visit("unpaired", self.unpaired);
    visit("duplicates", self.duplicates);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(krippendorff_alpha_result const&, krippendorff_alpha_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
