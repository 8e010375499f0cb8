// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_RFM_SCORES_HPP
#define CREDENCE_CLV_RFM_SCORES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/rfm_segment.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct rfm_scores_options {
  whole quantiles = 5;  ///< scores are 1…quantiles, in 2…100; segments are told by fifths whatever this is
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The scores of one row; all 0 where it was left out.
struct rfm_score {
  int recency = 0;    ///< best for who bought last
  int frequency = 0;  ///< best for who bought most often
  int monetary = 0;   ///< best for who spends most
  rfm_segment segment = rfm_segment::none;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("recency", self.recency);
    visit("frequency", self.frequency);
    visit("monetary", self.monetary);
    visit("segment", self.segment);
  }
  friend constexpr bool operator==(rfm_score const&, rfm_score const&) = default;
};

/// The customers of one segment; means and shares are NaN where nobody is.
struct rfm_segment_summary {
  rfm_segment segment = rfm_segment::none;
  std::uint64_t count = 0;
  double share = not_a_number();           ///< of all customers scored, in 0…1
  double mean_recency = not_a_number();    ///< in the unit of the rows, as the next two
  double mean_frequency = not_a_number();  ///<
  double mean_monetary = not_a_number();   ///<

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("segment", self.segment);
    visit("count", self.count);
    visit("share", self.share);
    visit("mean_recency", self.mean_recency);
    visit("mean_frequency", self.mean_frequency);
    visit("mean_monetary", self.mean_monetary);
  }
  friend constexpr bool operator==(rfm_segment_summary const&, rfm_segment_summary const&) = default;
};

/// The answer of `rfm_scores`: a score for each row, in their order, and what each segment is like, `champions` first.
struct rfm_scores_result {
  std::vector<rfm_score> scores;
  std::vector<rfm_segment_summary> segments;
  std::uint64_t count = 0;          ///< customers scored
  std::uint64_t rejected = 0;       ///< rows left out
  credence::rejections rejections;  ///< and why

  explicit operator bool() const { return count != 0; }
  [[nodiscard]] auto begin() const { return scores.begin(); }
  [[nodiscard]] auto end() const { return scores.end(); }
  [[nodiscard]] std::size_t size() const { return scores.size(); }
  [[nodiscard]] rfm_score const& operator[](std::size_t at) const { return scores[at]; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scores", self.scores);
    visit("segments", self.segments);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(rfm_scores_result const&, rfm_scores_result const&) = default;
};

namespace detail {

/// How many customers are worse than each: have a lower value. Equal ones have as many.
[[nodiscard]] inline std::vector<std::uint64_t> worse_than_each(std::vector<double> const& values) {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  order.reserve(values.size());
  for (double const value : values) order.emplace_back(ordered_word(value), order.size());
  sort_by_word(order, [](auto const& each) { return each.first; });
  std::vector<std::uint64_t> worse(values.size());
  std::size_t first = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    if (order[at].first != order[first].first) first = at;
    worse[order[at].second] = first;
  }
  return worse;
}

/// Which of `parts` equal parts: 1 + ⌊parts · worse / count⌋, in whole numbers.
[[nodiscard]] constexpr int score_of(std::uint64_t worse, std::uint64_t count, std::uint64_t parts) {
  return static_cast<int>(1 + worse * parts / count);
}

/// The three values of the rows that have them.
struct scored_rows {
  std::vector<std::size_t> rows;
  std::array<std::vector<double>, 3> values;  ///< recency negated: more is better
  std::uint64_t seen = 0;
  credence::rejections rejected;

  template <class Recency, class Frequency, class Monetary>
  void add(on_invalid policy, Recency const& recency, Frequency const& frequency, Monetary const& monetary) {
    constexpr double most = 1e150;
    if (!detail::accepts_real(recency, most, policy, rejected, seen) ||
        !detail::accepts_real(frequency, most, policy, rejected, seen) ||
        !detail::accepts_real(monetary, most, policy, rejected, seen)) {
      ++seen;
      return;
    }
    rows.push_back(static_cast<std::size_t>(seen++));
    values[0].push_back(0 - detail::real_of(recency));  // 0 and not −0
    values[1].push_back(0 + detail::real_of(frequency));
    values[2].push_back(0 + detail::real_of(monetary));
  }
};

[[nodiscard]] inline rfm_scores_result told_scores(scored_rows const& rows, std::uint64_t parts) {
  rfm_scores_result result;
  result.count = rows.rows.size();
  result.rejections = rows.rejected;
  result.rejected = result.rejections.total();
  result.scores.resize(static_cast<std::size_t>(rows.seen));
  std::array<std::array<compensated_sum, 3>, rfm_segments> sums;
  for (std::size_t segment = 1; segment < rfm_segments; ++segment)
    result.segments.push_back({.segment = static_cast<rfm_segment>(segment)});
  if (!result) return result;
  std::array<std::vector<std::uint64_t>, 3> worse;
  for (std::size_t which = 0; which < 3; ++which) worse[which] = detail::worse_than_each(rows.values[which]);
  for (std::size_t at = 0; at < rows.rows.size(); ++at) {
    auto const scored = [&](std::size_t which, std::uint64_t among) {
      return detail::score_of(worse[which][at], result.count, among);
    };
    rfm_score& own = result.scores[rows.rows[at]];
    own = {scored(0, parts), scored(1, parts), scored(2, parts), segment_of(scored(0, 5), scored(1, 5))};
    std::size_t const segment = static_cast<std::size_t>(own.segment);
    ++result.segments[segment - 1].count;
    for (std::size_t which = 0; which < 3; ++which) sums[segment][which] += rows.values[which][at];
  }
  for (rfm_segment_summary& each : result.segments) {
    double const count = static_cast<double>(each.count);
    each.share = count / static_cast<double>(result.count);
    if (!each) continue;
    auto const& own = sums[static_cast<std::size_t>(each.segment)];
    each.mean_recency = 0 - own[0].value() / count;
    each.mean_frequency = own[1].value() / count;
    each.mean_monetary = own[2].value() / count;
  }
  return result;
}

struct rfm_scores_function
    : optioned_calls<rfm_scores_function, rfm_scores_options, call_shape<rfm_scores_options, call_terms{.further = 3}>,
                     std::type_identity<rfm_scores_result>> {
  /// Of rows that say all of it themselves, as a table of `rfm` does.
  template <class Executor, class Range>
  static rfm_scores_result answer(Executor& run, rfm_scores_options const& options, Range& rows) {
    using row_type = std::remove_cvref_t<row_of<Range>>;
    constexpr bool fits = requires(row_type const& row) {
      { row.age - row.recency } -> std::convertible_to<double>;
      { row.frequency } -> std::convertible_to<double>;
      { row.monetary_value } -> std::convertible_to<double>;
    };
    static_assert(
        fits,
        "credence: these rows are none of rfm's; say how long ago each customer bought last, how often and for "
        "how much: rfm_scores(rows, &my::days_since, &my::orders, &my::spend)");
    if constexpr (fits) {
      return answer(
          run, options, rows, [](row_type const& row) -> double { return row.age - row.recency; },
          [](row_type const& row) -> double { return row.frequency; },
          [](row_type const& row) -> double { return row.monetary_value; });
    } else {
      return {};
    }
  }
  template <class Executor, class Range, class Recency, class Frequency, class Monetary>
  static rfm_scores_result answer(Executor&, rfm_scores_options const& options, Range& rows, Recency const& recency,
                                  Frequency const& frequency, Monetary const& monetary) {
    using check = number_check;
    if constexpr (check::of<projected<Range, Recency>>() && check::of<projected<Range, Frequency>>() &&
                  check::of<projected<Range, Monetary>>()) {
      if (options.quantiles.value < 2 || options.quantiles.value > 100)
        wrong_argument("rfm_scores_options::quantiles", options.quantiles.value, "it must be in 2…100");
      scored_rows scored;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at) {
        auto&& row = *at;
        scored.add(options.on_invalid, detail::project(recency, row), detail::project(frequency, row),
                   detail::project(monetary, row));
      }
      return detail::told_scores(scored, static_cast<std::uint64_t>(options.quantiles.value));
    } else {
      return {};
    }
  }
  template <class Executor, class Range, class... Few>
  requires(sizeof...(Few) == 1 || sizeof...(Few) == 2) static rfm_scores_result
      answer(Executor&, rfm_scores_options const&, Range&, Few const&...) {
    static_assert(sizeof...(Few) == 3,
                  "credence: rfm_scores takes three projections, or none for the rows of rfm: how long ago a customer "
                  "bought last, how often and for how much");
    return {};
  }
};

}  // namespace detail

/// Scores customers by how long ago they bought, how often and for how much: `rfm_scores(customers)` of a table that
/// `rfm` made, where recency is T − t_x, or `rfm_scores(rows, &my::days_since, &my::orders, &my::spend)`. A score is
/// 1 + ⌊q · (share of customers who are worse)⌋, q the number of quantiles: with five, a 5 says that at least four of
/// five are worse. Equal values have equal scores, so that many ties leave scores out (half without a repeat purchase:
/// none has 2), and where all are equal all have 1. Better values never score lower. Segments are told by fifths of
/// recency and frequency, see `rfm_segment`. Values beyond ±1e150 are left out as off the scale. Throws
/// `credence::error` for wrong options. O(n).
/// Source: Hughes, Strategic Database Marketing (1994), for the scores; the names are trade usage.
inline constexpr detail::rfm_scores_function rfm_scores{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
