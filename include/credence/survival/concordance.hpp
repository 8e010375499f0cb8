// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_CONCORDANCE_HPP
#define CREDENCE_SURVIVAL_CONCORDANCE_HPP

#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include <credence/core/call_shape.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/math/normal.hpp>
#include <credence/survival/detail/read_sample.hpp>
#include <credence/survival/detail/score_pairs.hpp>
#include <credence/survival/roles.hpp>

// Does a score put customers in the order in which they leave? Harrell's C is what the ROC's area is where some have
// not left yet.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a higher score is meant to say.
enum class higher_score : std::uint8_t {
  leaves_earlier,  ///< a risk (the default)
  stays_longer     ///< an expected lifetime, or how happy a customer is
};
constexpr std::string_view name_of(higher_score meaning) {
  switch (meaning) {
    case higher_score::leaves_earlier: return "leaves_earlier";
    case higher_score::stays_longer: return "stays_longer";
  }
  return {};
}

struct concordance_options {
  credence::higher_score higher_score = credence::higher_score::leaves_earlier;
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `concordance`. NaN where no pair can be compared. Pairs are counted, not weighed.
struct concordance_result {
  double value = not_a_number();  ///< Harrell's C, in 0…1: 0.5 says nothing, 1 is the right order, 0 its reverse
  credence::interval interval;    ///< in 0…1; NaN where all pairs agree, or all disagree
  double standard_error = not_a_number();
  std::uint64_t concordant = 0;     ///< pairs whose scores say who leaves first
  std::uint64_t discordant = 0;     ///< pairs whose scores say the opposite
  std::uint64_t tied_score = 0;     ///< pairs of one score: half right
  std::uint64_t tied_time = 0;      ///< pairs who left at one time, with different scores: not comparable
  std::uint64_t tied_both = 0;      ///< pairs who left at one time, with one score: not comparable
  std::uint64_t left = 0;           ///< customers used who have left
  std::uint64_t count = 0;          ///< customers used
  std::uint64_t rejected = 0;       ///< customers left out
  credence::rejections rejections;  ///< and why

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("concordant", self.concordant);
    visit("discordant", self.discordant);
    visit("tied_score", self.tied_score);
    visit("tied_time", self.tied_time);
    visit("tied_both", self.tied_both);
    visit("left", self.left);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(concordance_result const&, concordance_result const&) = default;
};

namespace detail {

/// Customers as words that lie as their times and their risks do, and their weights, where they have any.
struct scored_subjects {
  struct words {
    std::uint64_t time = 0;
    std::uint64_t risk = 0;
  };
  std::vector<words> each;
  std::vector<double> weights;
};

struct concordance_function
    : optioned_calls<concordance_function, concordance_options,
                     call_shape<concordance_options, call_terms{.further = 1, .takes_design = true},
                                argument_kind::projection, argument_kind::projection, argument_kind::projection>,
                     std::type_identity<concordance_result>> {
  template <class Executor, class Range, class Time, class Event, class Score, class... Named>
  static concordance_result answer(Executor&, concordance_options const& options, Range& rows, Time const& time,
                                   Event const& event, Score const& score, Named const&... named) {
    static_assert(taking<weight_argument>::all<Named...>,
                  "credence: concordance takes a weight beside time, event and score, and no other projection");
    check_confidence("concordance_options::confidence", options.confidence);
    auto const weight = detail::weight_among(named...);
    using weight_type = std::remove_const_t<decltype(weight)>;
    using roles = time_projections<Time, Event, weight_type, not_given>;
    concordance_result result;
    result.interval.confidence = options.confidence;
    if constexpr (roles::template fit<Range>() && number_check::of<projected<Range, Score>>()) {
      scored_subjects subjects;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& row = *at;
        std::uint64_t const before = result.rejections.total();
        auto const words = words_of(options, result, position, detail::project(time, row), detail::project(event, row),
                                    detail::project(score, row));
        if (result.rejections.total() != before) continue;
        if constexpr (is_given<weight_type>) {
          auto&& own = detail::project(weight, row);
          if (!detail::is_weight(own)) {
            detail::turn_away(options.on_invalid, result.rejections, rejection::bad_weight, 0, position);
            continue;
          }
          subjects.weights.push_back(detail::real_of(own));
        }
        result.left += left_by_word(words.time);
        subjects.each.push_back(words);
      }
      result.rejected = result.rejections.total();
      tell_pairs(result, subjects, is_given<weight_type>);
    }
    return result;
  }

 private:
  template <class Time, class Event, class Score>
  static scored_subjects::words words_of(concordance_options const& options, concordance_result& result,
                                         std::uint64_t position, Time const& time, Event const& event,
                                         Score const& score) {
    constexpr double any = (std::numeric_limits<double>::max)();
    double when = 0;
    std::uint64_t cause = 0;
    if (!detail::read_time(time, when, options.on_invalid, result.rejections, position) ||
        !detail::read_cause(event, cause, options.on_invalid, result.rejections, position) ||
        !detail::accepts_real(score, any, options.on_invalid, result.rejections, position))
      return {};
    double const own = detail::real_of(score);
    bool const is_risk = options.higher_score == higher_score::leaves_earlier;
    return {time_word(when, cause != 0), ordered_word(is_risk ? own : -own)};
  }

  static void tell_pairs(concordance_result& result, scored_subjects const& subjects, bool weighs) {
    constexpr std::uint32_t most = (std::numeric_limits<std::uint32_t>::max)();
    result.count = subjects.each.size();
    if (subjects.each.size() > most)
      wrong_argument("the number of customers", subjects.each.size(), "concordance takes up to 4294967295");
    score_pairs const pairs(
        static_cast<std::uint32_t>(subjects.each.size()), [&](std::uint32_t at) { return subjects.each[at].time; },
        [&](std::uint32_t at) { return subjects.each[at].risk; });
    auto const once = [](std::uint32_t) { return std::uint32_t{1}; };
    pair_sums<std::uint32_t> const counts = pairs.sums<std::uint32_t>(once);
    tied_pairs const ties = pairs.ties();
    result.concordant = counts.concordant;
    result.discordant = counts.discordant;
    result.tied_score = counts.tied;
    result.tied_time = ties.of_time;
    result.tied_both = ties.of_both;
    if (weighs) {
      auto const weight_of = [&](std::uint32_t at) { return subjects.weights[at]; };
      pair_sums<double> const sums = pairs.sums<double>(weight_of);
      tell_value(result, pairs, sums, weight_of);
    } else {
      tell_value(result, pairs, counts, once);
    }
  }
  template <class Number, class WeightOf>
  static void tell_value(concordance_result& result, score_pairs const& pairs, pair_sums<Number> const& sums,
                         WeightOf const& weight_of) {
    if (!(sums.comparable() > 0)) return;
    result.value = sums.share();
    result.standard_error = std::sqrt(pairs.variance(sums, weight_of));
    if (!(result.standard_error > 0)) return;
    double const confidence = result.interval.confidence;
    result.interval =
        error_interval(result.value, math::normal_critical(confidence) * result.standard_error, 0, 1, confidence);
  }
};

}  // namespace detail

/// Does a score put customers in the order in which they leave? Harrell's C: `concordance(customers, &customer::months,
/// &customer::has_left, &customer::risk)`, over all pairs of whom it is known who left first the share whose scores say
/// so, those of equal scores for half. Known is a pair whose shorter time is that of one who left; of two equal times,
/// that of one who left and one who was still there. The error is the infinitesimal jackknife's: how far each customer
/// moves C. The event is a bool, or a cause, 0 for who is still here. A weight (`weighted_by`) weighs customers, and a
/// pair by the product. Rows whose time is negative or infinite, or whose score is not finite, are left out and
/// counted. Throws `credence::error` for a confidence outside (0, 1) and for more than 2³² − 1 customers. O(n log n);
/// 40 bytes a customer. Source: Harrell, Lee and Mark (1996), Statistics in Medicine 15, 361; R's
/// survival::concordance.
inline constexpr detail::concordance_function concordance{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
