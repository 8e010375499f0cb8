// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_CHURN_TALLY_HPP
#define CREDENCE_CHURN_DETAIL_CHURN_TALLY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <credence/churn/churn_rate_options.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

// Where the spans of one customer count, in periods that follow each other: one, or many at once. A start and an end
// belong to the period that they lie in, so that whoever begins or ends at its first moment joins or leaves in it: a
// customer is there when a period begins who started before and did not end before.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// In the place of the end of a span that has none: later than any time that can be told.
inline constexpr std::int64_t open_end = latest_micros;

struct churn_span {
  std::int64_t start = 0;
  std::int64_t end = open_end;
  std::uint32_t who = 0;
  std::uint32_t reason = 0;  ///< for which it ended, by number
};

/// What is counted of one period.
struct churn_counts {
  std::uint64_t active_at_start = 0;
  std::uint64_t active_at_end = 0;
  std::uint64_t joined = 0;
  std::uint64_t lost_of_start = 0;
  std::uint64_t lost_of_joined = 0;
  std::uint64_t returned = 0;
  std::uint64_t leavings = 0;
  wide_integer<2> exposure;  ///< microseconds

  constexpr churn_counts& operator+=(churn_counts const& other) {
    active_at_start += other.active_at_start;
    active_at_end += other.active_at_end;
    joined += other.joined;
    lost_of_start += other.lost_of_start;
    lost_of_joined += other.lost_of_joined;
    returned += other.returned;
    leavings += other.leavings;
    exposure += other.exposure;
    return *this;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("active_at_start", self.active_at_start);
    visit("active_at_end", self.active_at_end);
    visit("joined", self.joined);
    visit("lost_of_start", self.lost_of_start);
    visit("lost_of_joined", self.lost_of_joined);
    visit("returned", self.returned);
    visit("leavings", self.leavings);
    visit("exposure", self.exposure);
  }
  friend constexpr bool operator==(churn_counts const&, churn_counts const&) = default;
};

/// One leaving that counts.
struct churn_leaving {
  std::int64_t day = 0;  ///< by number, through all periods; where days are counted
  std::uint32_t reason = 0;
  bool of_the_day = false;     ///< was the customer there when the day began?
  bool of_the_start = false;   ///< and when the period did?
  bool of_a_customer = false;  ///< is it the one for which this customer is lost in this period?
};

/// Counts the spans of one customer, in order and with gaps between them. `Grid` numbers periods from 0 and days
/// likewise: `place(time)`, `day(time)`, −1 before the first and the number of them behind the last; `begin(period)`,
/// `periods()`. `Sink` has `at(period)`, and is told whole stretches of periods at once: `present(first, last)`, there
/// when each of them begins (one beyond the last: when it ends), `covered(first, last)`, at risk throughout,
/// `present_on(first, last)` of days; and `leaves(churn_leaving)`.
template <class Grid, class Sink>
void tally_customer(Grid const& grid, returning_customers returning, Sink& sink, churn_span const* spans,
                    std::size_t count) {
  std::int64_t const periods = grid.periods();
  std::int64_t end_before = -2;
  bool of_the_start = false;  // of the first of the leavings that lie in one period, as the next two
  bool told_return = false;
  bool told_customer = false;
  for (std::size_t at = 0; at < count; ++at) {
    churn_span const& own = spans[at];
    std::int64_t const start = grid.place(own.start);
    std::int64_t const end = grid.place(own.end);
    std::int64_t const first = (std::max)(start, std::int64_t{0});
    sink.present(start + 1, (std::min)(end, periods));
    if (start >= 0 && start < periods && end_before < start) ++sink.at(start).joined;
    if (start < periods && end >= 0) {
      std::int64_t const from = start >= 0 ? own.start : grid.begin(0);
      if (first == end) {
        sink.at(first).exposure += wide_integer<2>(elapsed(from, own.end));
      } else {
        sink.at(first).exposure += wide_integer<2>(elapsed(from, grid.begin(first + 1)));
        sink.covered(first + 1, end - 1);
        if (end < periods) sink.at(end).exposure += wide_integer<2>(elapsed(grid.begin(end), own.end));
      }
      if constexpr (Grid::counts_days) sink.present_on(grid.day(own.start) + 1, grid.day(own.end));
    }
    if (end >= 0 && end < periods) {
      bool const back = at + 1 < count && grid.place(spans[at + 1].start) == end;
      if (end_before != end) {
        of_the_start = start < end;
        told_return = false;
        told_customer = false;
      }
      if (back && !told_return) {
        ++sink.at(end).returned;
        told_return = true;
      }
      if (!back || returning == returning_customers::lost) {
        churn_counts& here = sink.at(end);
        ++here.leavings;
        churn_leaving leaving{0, own.reason, false, of_the_start, !told_customer};
        if constexpr (Grid::counts_days) {
          leaving.day = grid.day(own.end);
          leaving.of_the_day = grid.day(own.start) < leaving.day;
        }
        if (!told_customer) ++(of_the_start ? here.lost_of_start : here.lost_of_joined);
        told_customer = true;
        sink.leaves(leaving);
      }
    }
    end_before = end;
  }
}

/// One period.
template <bool CountsDays>
struct churn_window {
  static constexpr bool counts_days = CountsDays;
  std::int64_t from = 0;
  std::int64_t to = 0;

  [[nodiscard]] static constexpr std::int64_t periods() { return 1; }
  [[nodiscard]] constexpr std::int64_t begin(std::int64_t period) const { return period == 0 ? from : to; }
  [[nodiscard]] constexpr std::int64_t place(std::int64_t time) const { return time < from ? -1 : time < to ? 0 : 1; }
  [[nodiscard]] constexpr std::int64_t day(std::int64_t time) const {
    if (time < from) return -1;
    return time < to ? static_cast<std::int64_t>(elapsed(from, time) / day_micros) : days();
  }
  /// The last may be shorter.
  [[nodiscard]] constexpr std::int64_t days() const {
    return static_cast<std::int64_t>((elapsed(from, to) - 1) / day_micros + 1);
  }
  static constexpr std::uint64_t day_micros = 86'400'000'000;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
