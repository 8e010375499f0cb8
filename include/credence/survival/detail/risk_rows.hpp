// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_RISK_ROWS_HPP
#define CREDENCE_SURVIVAL_DETAIL_RISK_ROWS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/survival/detail/late_entries.hpp>
#include <credence/survival/detail/survival_state.hpp>
#include <credence/survival/detail/tied_times.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who was at risk at a time, and who left: sums of weights, where there are any.
struct risk_row {
  double time = 0;
  double at_risk = 0;        ///< just before it
  double left = 0;           ///< at it
  double stayed = 0;         ///< seen last at it, and at risk there
  std::uint64_t events = 0;  ///< who left, each counted once, those of weight 0 not
};

/// A row for each time, from times in order: a `risk_row`, or another that begins as it does.
template <class Row = risk_row>
[[nodiscard]] std::vector<Row> risk_rows(std::vector<time_run> const& runs, std::vector<marked_time> const& marked) {
  constexpr bool counts = requires(Row const& row) { row.events; };
  std::vector<Row> rows;
  rows.reserve(runs.size() + (std::min)(marked.size(), std::size_t{64}));
  std::size_t run = 0;
  std::size_t sample = 0;
  double until = -1;
  auto const row_at = [&](double time) -> Row& {
    if (rows.empty() || time > until) {
      rows.emplace_back().time = time;
      until = tied_until(time);
    }
    return rows.back();
  };
  while (run < runs.size() || sample < marked.size()) {
    if (sample == marked.size() || (run < runs.size() && !(marked[sample].time < runs[run].time))) {
      Row& own = row_at(runs[run].time);
      own.left += static_cast<double>(runs[run].left);
      own.stayed += static_cast<double>(runs[run].stayed);
      if constexpr (counts) own.events += runs[run].left;
      ++run;
    } else {
      Row& own = row_at(marked[sample].time);
      (marked[sample].cause != 0 ? own.left : own.stayed) += marked[sample].weight;
      if constexpr (counts) own.events += marked[sample].cause != 0 && marked[sample].weight > 0;
      ++sample;
    }
  }
  // At risk is who is not gone yet, less who has not come yet: from the last time down.
  late_entries entries(marked);
  double later = 0;
  for (std::size_t at = rows.size(); at-- != 0;) {
    double const going = rows[at].left + rows[at].stayed;
    later += going;
    rows[at].at_risk = entries.at_risk(later, going, rows[at].time);
  }
  return rows;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
