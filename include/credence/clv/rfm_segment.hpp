// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_RFM_SEGMENT_HPP
#define CREDENCE_CLV_RFM_SEGMENT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a customer is called by the fifths of recency R and of frequency F, 5 the best. Each pair has one name.
enum class rfm_segment : std::uint8_t {
  none,                 ///< no scores: the row was left out
  champions,            ///< R 5, F 4–5
  loyal,                ///< R 3–4, F 4–5
  potential_loyalists,  ///< R 4–5, F 2–3
  new_customers,        ///< R 5, F 1
  promising,            ///< R 4, F 1
  need_attention,       ///< R 3, F 3
  about_to_sleep,       ///< R 3, F 1–2
  at_risk,              ///< R 1–2, F 3–4
  cannot_lose_them,     ///< R 1–2, F 5
  hibernating           ///< R 1–2, F 1–2
};
inline constexpr std::size_t rfm_segments = 11;  ///< `none` among them

constexpr std::string_view name_of(rfm_segment segment) {
  constexpr std::array<std::string_view, rfm_segments> names{
      "none",           "champions",      "loyal",   "potential loyalists", "new customers", "promising",
      "need attention", "about to sleep", "at risk", "cannot lose them",    "hibernating"};
  return names[static_cast<std::size_t>(segment)];
}

/// The segment of these fifths; `none` where one is not in 1…5.
[[nodiscard]] constexpr rfm_segment segment_of(int recency, int frequency) {
  using enum rfm_segment;
  constexpr std::array<std::array<rfm_segment, 5>, 5> table{
      {{hibernating, hibernating, at_risk, at_risk, cannot_lose_them},
       {hibernating, hibernating, at_risk, at_risk, cannot_lose_them},
       {about_to_sleep, about_to_sleep, need_attention, loyal, loyal},
       {promising, potential_loyalists, potential_loyalists, loyal, loyal},
       {new_customers, potential_loyalists, potential_loyalists, champions, champions}}};
  if (recency < 1 || recency > 5 || frequency < 1 || frequency > 5) return none;
  return table[static_cast<std::size_t>(recency - 1)][static_cast<std::size_t>(frequency - 1)];
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
