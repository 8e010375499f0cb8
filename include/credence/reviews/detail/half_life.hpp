// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_HALF_LIFE_HPP
#define CREDENCE_REVIEWS_DETAIL_HALF_LIFE_HPP

#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What an option is where no other half-life is given.
inline constexpr time_span half_a_year = time_span::from_micros(micros_of_day(180));

/// Is this a length that something can take? `complain` is told it in seconds.
template <class Complain>
constexpr bool check_length(char const* argument, time_span length, Complain const& complain) {
  return length.micros > 0 ||
         complain(argument, static_cast<double>(length.micros) / 1e6, "it must be longer than 0 seconds");
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
