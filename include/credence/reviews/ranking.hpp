// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RANKING_HPP
#define CREDENCE_REVIEWS_RANKING_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/error.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/reviews/detail/count_values.hpp>
#include <credence/reviews/detail/score_catalogue.hpp>
#include <credence/reviews/ranking_options.hpp>
#include <credence/reviews/ranking_result.hpp>
#include <credence/reviews/rating_catalogue.hpp>

// The best items of a catalogue, by any score, in one pass over their ratings.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Does this scorer take no value but whole ones within 0…15? What is beyond need then not be told apart.
template <class Options>
[[nodiscard]] constexpr bool counts_suffice(Options const& options) {
  if constexpr (requires { options.levels(); }) {
    level_scale const scale = options.levels();
    return scale.lowest >= 0 && scale.highest < static_cast<std::int64_t>(most_values);
  } else if constexpr (requires {
                         options.scale_min->value;
                         options.scale_max->value;
                       }) {
    return options.scale_min && options.scale_max && options.scale_min->value >= 0 &&
           options.scale_max->value < static_cast<double>(most_values);
  } else {
    return false;
  }
}

struct ranking_function : optioned_calls<ranking_function, ranking_options,
                                         call_shape<ranking_options,
                                                    call_terms{.further = 2,
                                                               .takes_executor = true,
                                                               .takes_history = true,
                                                               .takes_scorer = true,
                                                               .order = call_fault::order_of_ranking},
                                                    argument_kind::projection, argument_kind::projection>,
                                         std::type_identity<ranking_result<int>>> {
  template <class Executor, class Range, class KeyOf, class Value, class Scorer>
  static auto answer(Executor& run, ranking_options const& options, Range& rows, KeyOf const& key, Value const& value,
                     Scorer const& scorer) {
    return of_rows(run, options, rows, key, scorer, value);
  }
  template <class Executor, class Range, class KeyOf, class First, class Second, class Scorer>
  static auto answer(Executor& run, ranking_options const& options, Range& rows, KeyOf const& key, First const& first,
                     Second const& second, Scorer const& scorer) {
    return of_rows(run, options, rows, key, scorer, first, second);
  }
  template <class Executor, class Range, class KeyOf, class First, class Second, class Third, class Scorer>
  static auto answer(Executor& run, ranking_options const& options, Range& rows, KeyOf const& key, First const& first,
                     Second const& second, Third const& third, Scorer const& scorer) {
    return of_rows(run, options, rows, key, scorer, first, second, third);
  }

  template <class Groups>
  static auto answer_of(Groups const& groups, ranking_options const& options) {
    check_options(options);
    constexpr bool is_grouped = is_grouping<Groups>;
    static_assert(
        is_grouped,
        "credence: what is ranked is a grouping, as of group_by, or a rating_catalogue with what it is scored "
        "by: ranking(stars, star_lower_bound_accumulator{}, {.top = 10})");
    constexpr bool is_scored = is_scored_grouping<Groups>;
    static_assert(is_scored || !is_grouped,
                  "credence: items are ranked by one number each, and the result of this accumulator has no `value` "
                  "beside a `count`; rank by one whose result has, such as star_lower_bound_accumulator{}");
    if constexpr (is_scored) {
      return detail::rank_groups(options, groups, groups.options(), rejections{});
    } else {
      return ranking_result<int>();
    }
  }
  template <class Catalogue, class Scorer>
  static auto answer_of(Catalogue const& catalogue, ranking_options const& options, Scorer const& scorer) {
    check_options(options);
    constexpr bool is_counted = is_rating_catalogue<Catalogue>;
    static_assert(is_counted,
                  "credence: only a rating_catalogue is scored anew; groups are ranked by the accumulators that they "
                  "hold: ranking(groups, {.top = 10})");
    static_assert(scores_counts<Scorer> || !is_counted,
                  "credence: this accumulator needs more than the counts of a catalogue; give ranking the rows");
    if constexpr (is_counted && scores_counts<Scorer>) {
      check_empty(scorer);
      return detail::rank_counts<Scorer, typename Catalogue::key_type>(options, catalogue.state(), scorer.options());
    } else {
      return ranking_result<int>();
    }
  }

 private:
  template <class Executor, class Range, class KeyOf, class Scorer, class... Projections>
  static auto of_rows(Executor& run, ranking_options const& options, Range& rows, KeyOf const& key,
                      Scorer const& scorer, Projections const&... projections) {
    check_options(options);
    constexpr bool fits = pushes<Scorer, std::remove_cvref_t<projected<Range, Projections>>...>;
    static_assert(fits,
                  "credence: this accumulator takes other values a row; behind the key stands what it is pushed, in "
                  "its order, as for group_by");
    static_assert(tells_a_score<Scorer> || !fits,
                  "credence: items are ranked by one number each, and the result of this accumulator has no `value` "
                  "beside a `count`; rank by one whose result has, such as star_lower_bound_accumulator{}");
    if constexpr (check_present_key<projected<Range, KeyOf>>() && fits && tells_a_score<Scorer>) {
      using key_type = present_key<projected<Range, KeyOf>>;
      check_empty(scorer);
      if constexpr (counted_rows<Range, Scorer, Projections...>) {
        if (Scorer::never_raises(scorer.options())) {
          constexpr level_scale all_values{0, most_values - 1};
          counted_catalogue<key_type> const counted =
              detail::count_values<key_type>(run, rows, key, projections..., all_values, on_invalid::reject);
          // A rating that the table does not hold may still be one: then the rows are read again.
          if (counted.rejected.off_scale == 0 ||
              (detail::counts_suffice(scorer.options()) && holds_all_items(counted, rows, key, projections...)))
            return detail::rank_counts<Scorer, key_type>(options, counted, scorer.options());
        }
      }
      grouped<key_type, Scorer> groups(scorer);
      rejections nameless;
      // What is counted comes here only with ratings that are none, or to raise them: not worth the tables of group_by.
      if constexpr (counted_rows<Range, Scorer, Projections...> ||
                    is_optional<std::remove_cvref_t<projected<Range, KeyOf>>>) {
        group_one_by_one(groups, nameless, rows, key, projections...);
      } else if constexpr (std::is_same_v<Executor, calling_thread>) {
        groups = group_by(rows, key, scorer, projections...);
      } else {
        groups = group_by(run, rows, key, scorer, projections...);
      }
      return detail::rank_groups(options, groups, scorer.options(), nameless);
    } else {
      return ranking_result<int>();
    }
  }

  /// Are counts of whole values all that the scorer asks of these rows, and can they be read twice?
  template <class Range, class Scorer, class... Projections>
  static constexpr bool counted_rows = scores_counts<Scorer> && sizeof...(Projections) == 1 &&
                                       (std::integral<std::remove_cvref_t<projected<Range, Projections>>> && ...) &&
                                       std::forward_iterator<iterator_of<Range>>;

  /// Has every item a rating that the table holds? One with none of them is an item all the same.
  template <class Key, class Range, class KeyOf, class Value>
  static bool holds_all_items(counted_catalogue<Key> const& counted, Range& rows, KeyOf const& key,
                              Value const& value) {
    constexpr level_scale all_values{0, most_values - 1};
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at) {
      auto&& row = *at;
      if (all_values.level_of(detail::project(value, row)) != most_values) continue;
      auto&& own = detail::project(key, row);
      if (detail::has_answer(own) && !counted.counts.has_any(detail::number_found(counted.counts.items(), own)))
        return false;
    }
    return true;
  }

  /// Groups rows of which some may be of no item.
  template <class Groups, class Range, class KeyOf, class... Projections>
  static void group_one_by_one(Groups& groups, rejections& nameless, Range& rows, KeyOf const& key,
                               Projections const&... projections) {
    std::uint64_t done = 0;
    auto const end = std::ranges::end(rows);
    at_row([&] { return done; },
           [&] {
             for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
               auto&& row = *at;
               auto&& own = detail::project(key, row);
               if constexpr (!is_optional<std::remove_cvref_t<decltype(own)>>) {
                 groups(own, detail::project(projections, row)...);
               } else if (own) {
                 groups(*own, detail::project(projections, row)...);
               } else if (Groups::never_raises(groups.options())) {
                 ++nameless.missing;
               } else {
                 raise(invalid_sample("has no key", done));
               }
             }
           });
  }
  template <class Scorer>
  static void check_empty(Scorer const& scorer) {
    if (!(scorer == emptied(scorer)))
      raise(error("credence: ranking takes an empty accumulator; this one already holds samples"));
  }
  static void check_options(ranking_options const& options) {
    if (options.top && options.top->value < 1)
      wrong_argument("ranking_options::top", options.top->value, "it must be at least 1; unset, all items are ranked");
  }
};

}  // namespace detail

/// The best items of a catalogue: `ranking([executor,] reviews, &review::product, &review::stars,
/// star_lower_bound_accumulator{{.scale_max = 5}}, {.top = 100})`, for any accumulator whose result has a `value`: key,
/// then what it is pushed (time, value, weight), then an empty one. Also `ranking(groups, {options})` of what
/// `group_by` gathered, and `ranking(stars, accumulator, {options})` of a `rating_catalogue`, which is asked for
/// several scores after one pass. The greatest value comes first; equal ones by the number of ratings, then by encoded
/// key; items of which nothing can be said (a value of NaN) come last. A Bayesian average whose prior is unset takes it
/// from the catalogue. What is left out is counted over all items. Whole values within 0…15 without a weight are
/// counted, 8 to 80 bytes an item; all else keeps an accumulator a key. O(rows + items), with partial selection where
/// few are asked for. Bits do not depend on the executor.
inline constexpr detail::ranking_function ranking{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
