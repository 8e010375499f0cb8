// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RANKING_OPTIONS_HPP
#define CREDENCE_REVIEWS_RANKING_OPTIONS_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <credence/core/number.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Which mean of a catalogue a Bayesian average is drawn towards.
enum class catalogue_mean : std::uint8_t {
  ratings,  ///< of all ratings: items with many count for more
  items     ///< of the items' means: each item alike
};
constexpr std::string_view name_of(catalogue_mean which) {
  switch (which) {
    case catalogue_mean::ratings: return "ratings";
    case catalogue_mean::items: return "items";
  }
  return {};
}

/// With the weight of how many ratings.
enum class catalogue_weight : std::uint8_t {
  mean_count,   ///< the mean number of ratings an item
  median_count  ///< half of the items have fewer
};
constexpr std::string_view name_of(catalogue_weight which) {
  switch (which) {
    case catalogue_weight::mean_count: return "mean_count";
    case catalogue_weight::median_count: return "median_count";
  }
  return {};
}

struct ranking_options {
  std::optional<whole> top{};                                    ///< how many of the best, ≥ 1; unset: all
  catalogue_mean prior_mean = catalogue_mean::ratings;           ///< where the scorer's own prior_mean is unset
  catalogue_weight prior_weight = catalogue_weight::mean_count;  ///< where its prior_weight is
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
