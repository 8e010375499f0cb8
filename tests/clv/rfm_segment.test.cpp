// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/rfm_segment.hpp>
#include <set>
#include <string>

namespace test_rfm_segment {

using credence::rfm_segment;

/// As the documentation states them: lowest and highest recency, lowest and highest frequency.
struct range {
  rfm_segment segment;
  int recency_from, recency_to, frequency_from, frequency_to;
};
constexpr range stated[] = {{rfm_segment::champions, 5, 5, 4, 5},           {rfm_segment::loyal, 3, 4, 4, 5},
                            {rfm_segment::potential_loyalists, 4, 5, 2, 3}, {rfm_segment::new_customers, 5, 5, 1, 1},
                            {rfm_segment::promising, 4, 4, 1, 1},           {rfm_segment::need_attention, 3, 3, 3, 3},
                            {rfm_segment::about_to_sleep, 3, 3, 1, 2},      {rfm_segment::at_risk, 1, 2, 3, 4},
                            {rfm_segment::cannot_lose_them, 1, 2, 5, 5},    {rfm_segment::hibernating, 1, 2, 1, 2}};

TEST_CASE("rfm_segment: the stated ranges cover every pair of fifths exactly once") {
  for (int recency = 1; recency <= 5; ++recency)
    for (int frequency = 1; frequency <= 5; ++frequency) {
      int holding = 0;
      for (range const& each : stated) {
        if (recency < each.recency_from || recency > each.recency_to || frequency < each.frequency_from ||
            frequency > each.frequency_to)
          continue;
        ++holding;
        CHECK(credence::segment_of(recency, frequency) == each.segment);
      }
      CHECK(holding == 1);
    }
  for (int const beyond : {0, 6, -1}) {
    CHECK(credence::segment_of(beyond, 3) == rfm_segment::none);
    CHECK(credence::segment_of(3, beyond) == rfm_segment::none);
  }
}

TEST_CASE("rfm_segment: each has a name of its own") {
  std::set<std::string> names;
  for (std::size_t at = 0; at < credence::rfm_segments; ++at) names.emplace(name_of(static_cast<rfm_segment>(at)));
  CHECK(names.size() == credence::rfm_segments);
  CHECK(name_of(rfm_segment::hibernating) == "hibernating");
}

}  // namespace test_rfm_segment
