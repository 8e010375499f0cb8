// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_RATE_ACCUMULATOR_HPP
#define CREDENCE_CHURN_CHURN_RATE_ACCUMULATOR_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <credence/churn/detail/churn_answer.hpp>
#include <credence/churn/detail/churn_tally.hpp>
#include <credence/churn/detail/read_span.hpp>
#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What is counted of one window; the sink of its tally.
struct churn_window_state {
  std::uint64_t rows = 0;
  churn_counts counts;
  std::vector<std::uint64_t> changes;  ///< of how many are there when a day begins, from the day before; wraps
  std::vector<std::uint64_t> lost;     ///< on each day, of those there when it began
  credence::rejections rejected;

  [[nodiscard]] churn_counts& at(std::int64_t) { return counts; }
  void present(std::int64_t first, std::int64_t last) {
    counts.active_at_start += first <= 0 && last >= 0;
    counts.active_at_end += first <= 1 && last >= 1;
  }
  /// Of whole periods between others, of which there are none.
  static constexpr void covered(std::int64_t, std::int64_t) {}
  void present_on(std::int64_t first, std::int64_t last) {
    std::int64_t const days = static_cast<std::int64_t>(lost.size());
    if (first > last || first >= days) return;
    ++changes[static_cast<std::size_t>(first)];
    if (last + 1 < days) --changes[static_cast<std::size_t>(last) + 1];
  }
  void leaves(churn_leaving const& leaving) {
    if (leaving.of_the_day) ++lost[static_cast<std::size_t>(leaving.day)];
  }
  /// Tells the spans of one customer to a sink that is this or made of it.
  template <class Sink>
  void tally(churn_rate_options const& options, churn_span const* spans, std::size_t count, Sink& sink) {
    if (options.denominator == churn_denominator::daily) {
      churn_window<true> const window{options.from->micros, options.to->micros};
      if (lost.empty()) {
        changes.resize(static_cast<std::size_t>(window.days()));
        lost.resize(changes.size());
      }
      detail::tally_customer(window, options.returning, sink, spans, count);
    } else {
      detail::tally_customer(churn_window<false>{options.from->micros, options.to->micros}, options.returning, sink,
                             spans, count);
    }
  }
  [[nodiscard]] std::vector<std::uint64_t> there() const {
    std::vector<std::uint64_t> days = changes;
    for (std::size_t day = 1; day < days.size(); ++day) days[day] += days[day - 1];
    return days;
  }

  churn_window_state& operator+=(churn_window_state const& other) {
    rows += other.rows;
    counts += other.counts;
    changes.resize((std::max)(changes.size(), other.changes.size()));
    lost.resize(changes.size());
    for (std::size_t day = 0; day < other.changes.size(); ++day) {
      changes[day] += other.changes[day];
      lost[day] += other.lost[day];
    }
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] bool valid(churn_rate_options const& options) const {
    constexpr std::uint64_t most = ~std::uint64_t{} / 16;
    if (!rejected.valid() || rows > most || (rows != 0 && !options.from)) return false;
    // Each span is a customer: none is in two places, none comes back.
    std::uint64_t const seen = counts.active_at_start + counts.joined;
    std::uint64_t const gone = counts.lost_of_start + counts.lost_of_joined;
    if (counts.active_at_start > rows || counts.joined > rows || seen > rows || counts.returned != 0) return false;
    if (counts.lost_of_start > counts.active_at_start || counts.lost_of_joined > counts.joined) return false;
    if (counts.leavings != gone || counts.active_at_end != seen - gone) return false;
    double const at_most = rows == 0 ? 0 : static_cast<double>(seen) * length_of(options) * (1 + 1e-12);
    if (counts.exposure.negative() || counts.exposure.to_real() > at_most) return false;
    bool const daily = rows != 0 && options.denominator == churn_denominator::daily;
    if (changes.size() != lost.size()) return false;
    if (!daily) return lost.empty();
    if (lost.size() != static_cast<std::size_t>(churn_window<true>{options.from->micros, options.to->micros}.days()))
      return false;
    std::vector<std::uint64_t> const days = there();
    for (std::size_t day = 0; day < days.size(); ++day)
      if (days[day] > rows || lost[day] > days[day]) return false;
    return true;
  }
  [[nodiscard]] static double length_of(churn_rate_options const& options) {
    return static_cast<double>(elapsed(options.from->micros, options.to->micros));
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rows", self.rows);
    visit("counts", self.counts);
    visit("changes", self.changes);
    visit("lost", self.lost);
    visit("rejected", self.rejected);
  }
  friend bool operator==(churn_window_state const&, churn_window_state const&) = default;
};

inline void check_window(churn_rate_options const& options) {
  if (!options.from)
    wrong_argument("churn_rate_options::from", "unset", "a churn rate is of a window: {.from = march, .to = april}");
}
[[nodiscard]] inline churn_rate_result churn_answer(churn_rate_options const& options,
                                                    churn_window_state const& state) {
  std::vector<std::uint64_t> const there = state.there();
  churn_rate_result result =
      detail::churn_answer(churn_terms::of(options), state.counts, {there.data(), state.lost.data(), there.size()});
  result.count = state.rows;
  result.rejections = state.rejected;
  result.rejected = state.rejected.total();
  return result;
}

}  // namespace detail

/// What `churn_rate` counts where each span is a customer: `churn_rate_accumulator march({.from = …, .to = …});
/// march(start, end);`. Exact, and merges for any split by row; window, denominator and `returning` must agree. In
/// memory 16 bytes a day of the window, where days are counted. A push throws `credence::error` where there is no
/// window.
class churn_rate_accumulator
    : public accumulator_base<churn_rate_accumulator, churn_rate_options, detail::churn_window_state> {
  using base = accumulator_base<churn_rate_accumulator, churn_rate_options, detail::churn_window_state>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.churn_rate"; }
  template <class...>
  static constexpr bool exact = true;

  template <class Start, class End>
  static void push(options_type const& options, state_type& state, Start const& start, End const& end) {
    if constexpr (detail::check_time<Start>() && detail::check_time<End>()) {
      detail::check_window(options);
      detail::churn_span span;
      if (!detail::read_span(options.on_invalid, state.rejected, state.rows + state.rejected.total(), start, end, span))
        return;
      ++state.rows;
      state.tally(options, &span, 1, state);
    }
  }
  [[nodiscard]] static churn_rate_result answer(options_type const& options, state_type const& state) {
    return detail::churn_answer(options, state);
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
