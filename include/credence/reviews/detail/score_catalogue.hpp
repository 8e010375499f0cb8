// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_SCORE_CATALOGUE_HPP
#define CREDENCE_REVIEWS_DETAIL_SCORE_CATALOGUE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/grouped.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/catalogue_means.hpp>
#include <credence/reviews/detail/count_values.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <credence/reviews/detail/rank_items.hpp>
#include <credence/reviews/detail/value_counts.hpp>
#include <credence/reviews/ranking_options.hpp>
#include <credence/reviews/ranking_result.hpp>
#include <credence/reviews/rating_catalogue.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// Can an item be scored by how often it was given each value?
template <class Scorer>
concept scores_counts = requires {
  typename Scorer::scoring;
};

/// Has what this accumulator answers a value to rank by?
template <class Accumulator>
concept tells_a_score = requires(typename Accumulator::options_type const& options,
                                 typename Accumulator::state_type const& state) {
  { Accumulator::answer(options, state).value } -> std::convertible_to<double>;
  { Accumulator::answer(options, state).count } -> std::convertible_to<std::uint64_t>;
};

/// Has this score a prior, which the catalogue can tell?
template <class Options>
concept takes_a_prior = requires(Options const& options) {
  options.prior_mean->value;
  options.prior_weight->value;
};

template <class Catalogue>
inline constexpr bool is_rating_catalogue = false;
template <class Key>
inline constexpr bool is_rating_catalogue<rating_catalogue_accumulator<Key>> = true;
template <class Groups>
inline constexpr bool is_grouping = false;
template <class Key, class Accumulator>
inline constexpr bool is_grouping<grouped<Key, Accumulator>> = true;
template <class Groups>
inline constexpr bool is_scored_grouping = false;
template <class Key, class Accumulator>
inline constexpr bool is_scored_grouping<grouped<Key, Accumulator>> = tells_a_score<Accumulator>;

/// The scorer's options under no prior: its value is then the plain mean.
template <class Options>
[[nodiscard]] Options without_prior(Options options) {
  if constexpr (takes_a_prior<Options>) {
    options.prior_mean = number(0);
    options.prior_weight = number(0);
  }
  return options;
}
/// Puts the catalogue's prior where the scorer has none of its own, and tells it.
template <class Options, class Result>
void complete_prior(Options& options, ranking_options const& asked, catalogue_means& means, Result& result) {
  result.mean_of_ratings = means.of_ratings();
  result.mean_of_items = means.of_items();
  if constexpr (takes_a_prior<Options>) {
    bool const by_items = asked.prior_mean == catalogue_mean::items;
    bool const by_median = asked.prior_weight == catalogue_weight::median_count;
    double const found_mean = by_items ? result.mean_of_items : result.mean_of_ratings;
    double const found_weight = by_median ? means.median_weight() : means.mean_weight();
    // Of a catalogue without ratings nothing is known, and nothing is drawn anywhere.
    if (!options.prior_mean) options.prior_mean = number(is_nan(found_mean) ? 0 : found_mean);
    if (!options.prior_weight) options.prior_weight = number(is_nan(found_weight) ? 0 : found_weight);
    result.prior_mean = options.prior_mean->value;
    result.prior_weight = options.prior_weight->value;
  }
}

[[nodiscard]] inline std::size_t how_many(ranking_options const& options) {
  return options.top ? static_cast<std::size_t>(options.top->value) : ~std::size_t{};
}
[[nodiscard]] inline bool wants_median(ranking_options const& options) {
  return options.prior_weight == catalogue_weight::median_count;
}

/// Ranks what was counted.
template <class Scorer, class Key>
ranking_result<Key> rank_counts(ranking_options const& asked, counted_catalogue<Key> const& catalogue,
                                typename Scorer::options_type options) {
  using scoring = typename Scorer::scoring;
  value_counts<Key> const& counts = catalogue.counts;
  auto const values_of = [&](item_values const& own) { return counted_values{own.data(), counts.values()}; };
  ranking_result<Key> result;
  catalogue_means means(wants_median(asked));
  auto const read = [&](item_score const& own) {
    ++result.catalogue;
    result.count += own.count;
    means.add(own.mean, static_cast<double>(own.count));
  };
  constexpr bool has_prior = takes_a_prior<typename Scorer::options_type>;
  if constexpr (has_prior) {
    scoring const plain(detail::without_prior(options));
    counts.each_item([&](std::uint32_t, item_values const& own) { read(plain(values_of(own))); });
    detail::complete_prior(options, asked, means, result);
  }
  // Where most are shown, an item is scored once, in full; where few are, only those.
  scoring const rate(options);
  std::size_t const most_items = counts.items().limit();
  bool const all_in_full = most_items / 4 <= how_many(asked);
  std::vector<shown_score> shown;
  std::vector<scored_item> items;
  std::vector<std::uint32_t> numbers;
  items.reserve(most_items);
  if (all_in_full) {
    shown.reserve(most_items);
    numbers.reserve(most_items);
  }
  counts.each_item([&](std::uint32_t number, item_values const& own) {
    item_score found;
    auto at = number;
    if (all_in_full) {
      at = static_cast<std::uint32_t>(shown.size());
      shown.push_back(rate.in_full(values_of(own)));
      numbers.push_back(number);
      found = shown.back().score;
    } else {
      found = rate(values_of(own));
    }
    if constexpr (!has_prior) read(found);
    items.emplace_back(found.value, at, found.count);
  });
  if constexpr (!has_prior) detail::complete_prior(options, asked, means, result);
  result.rejections = catalogue.rejected;
  result.rejections.off_scale += catalogue.count - result.count;
  result.rejected = result.rejections.total();
  auto const& beside = counts.items().keys_beside();
  auto const number_of = [&](std::uint32_t at) { return all_in_full ? numbers[at] : at; };
  auto const key_at = [&](std::uint32_t at) -> decltype(auto) { return counts.items().key_at(number_of(at), beside); };
  auto const shown_at = [&](std::uint32_t at) {
    return all_in_full ? shown[at] : rate.in_full(values_of(counts.of(at)));
  };
  detail::rank_items(
      items, how_many(asked), [&](std::uint32_t at) { return shown_at(at).score.count; }, key_at);
  result.items.reserve(items.size());
  for (scored_item const& each : items) {
    shown_score const own = shown_at(each.number);
    ranked_item<Key> placed{key_at(each.number), not_a_number(), {}, own.score.count, own.score.mean};
    if (own.score.count != 0) placed.score = own.score.value, placed.interval = own.interval;
    result.items.push_back(std::move(placed));
  }
  return result;
}

/// Ranks groups by the results of their accumulators.
template <class Key, class Accumulator, class Options>
ranking_result<Key> rank_groups(ranking_options const& asked, grouped<Key, Accumulator> const& groups, Options options,
                                rejections const& nameless) {
  ranking_result<Key> result;
  result.rejections = nameless;
  result.catalogue = groups.size();
  auto const& states = groups.state().states;
  auto const answer = [&](Options const& under, std::size_t at) { return Accumulator::answer(under, states[at]); };
  auto const mean_of = [](auto const& plain) {
    if constexpr (takes_a_prior<Options>) {
      return plain.value;
    } else if constexpr (requires { plain.mean; }) {
      return double{plain.mean};
    } else if constexpr (
        requires { plain.variance; } || requires { plain.standard_deviation; }) {
      // What tells the spread of ratings about its value is their mean: star_summary, which has a share as well, and
      // mean.
      return double{plain.value};
    } else if constexpr (requires { plain.satisfied_share; }) {
      return double{plain.satisfied_share};
    } else {
      return not_a_number();
    }
  };
  // Where nothing was rated, or with no weight, there is no score, whatever a prior says.
  auto const score_of = [](auto const& own) { return own ? double{own.value} : not_a_number(); };
  auto const plainly = detail::without_prior(options);
  catalogue_means means(wants_median(asked));
  std::vector<scored_item> items;
  items.reserve(states.size());
  std::vector<std::uint64_t> counts;
  counts.reserve(states.size());
  for (std::size_t at = 0; at < states.size(); ++at) {
    auto const own = answer(plainly, at);
    double weight = static_cast<double>(own.count);
    if constexpr (requires { own.weight; }) {
      weight = own.weight;
    } else if constexpr (requires { own.weighted; }) {
      if (own.weighted) weight = not_a_number();  // it is not told
    }
    result.count += own.count;
    if constexpr (requires { own.rejections; }) result.rejections += own.rejections;
    means.add(mean_of(own), weight);
    items.emplace_back(score_of(own), static_cast<std::uint32_t>(at), own.count);
    counts.push_back(own.count);
  }
  result.rejected = result.rejections.total();
  detail::complete_prior(options, asked, means, result);
  if constexpr (takes_a_prior<Options>)
    for (scored_item& each : items) each.place = scored_item::place_of_score(score_of(answer(options, each.number)));
  auto const& keys = groups.state().keys;
  detail::rank_items(
      items, how_many(asked), [&](std::uint32_t number) { return counts[number]; },
      [&](std::uint32_t number) -> decltype(auto) { return keys[number]; });
  result.items.reserve(items.size());
  for (scored_item const& each : items) {
    auto const own = answer(options, each.number);
    ranked_item<Key> placed{keys[each.number], score_of(own), {}, own.count, mean_of(answer(plainly, each.number))};
    if constexpr (requires { own.interval; }) {
      if (own) placed.interval = own.interval;
    }
    result.items.push_back(std::move(placed));
  }
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
