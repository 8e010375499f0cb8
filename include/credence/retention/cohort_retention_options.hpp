// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_COHORT_RETENTION_OPTIONS_HPP
#define CREDENCE_RETENTION_COHORT_RETENTION_OPTIONS_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/retention/retention_mode.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a cell's rate is relative to.
enum class retention_base : std::uint8_t {
  cohort,   ///< all members for whom the period has ended (the default)
  previous  ///< those who were retained in the cell before; may exceed 1; not with `cohort_of`
};
constexpr std::string_view name_of(retention_base base) {
  switch (base) {
    case retention_base::cohort: return "cohort";
    case retention_base::previous: return "previous";
  }
  return {};
}

struct cohort_retention_options {
  retention_mode mode = retention_mode::on;
  std::vector<whole> brackets{};  ///< first periods of brackets, ascending, and where the last ends: {0, 1, 4, 13}
  whole min_occurrences = 1;      ///< events in a period, or bracket's period, for it to count
  retention_base relative_to = retention_base::cohort;
  whole most_cells = 1'000'000;             ///< a larger table is refused
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else what the policy says
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

/// Throws for options that are wrong or contradict each other.
inline void check_retention(cohort_retention_options const& options) {
  check_confidence("cohort_retention_options::confidence", options.confidence);
  if (options.min_occurrences < 1)
    wrong_argument("cohort_retention_options::min_occurrences", options.min_occurrences.value, "it must be at least 1");
  if (options.most_cells < 1 || options.most_cells > 0x7fff'ffff)
    wrong_argument("cohort_retention_options::most_cells", options.most_cells.value, "it must be 1 to 2,147,483,647");
  std::int64_t before = -1;
  for (whole const bound : options.brackets) {
    if (bound <= before)
      wrong_argument("cohort_retention_options::brackets", bound.value, "they must ascend, and not begin below 0");
    before = bound;
  }
  if (options.brackets.size() == 1)
    wrong_argument("cohort_retention_options::brackets", before, "a bracket has a first period and one where it ends");
  if (!options.brackets.empty() && options.mode == retention_mode::on_or_after)
    raise(error("credence: cohort_retention_options::brackets say where each ends; on_or_after has no end"));
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
