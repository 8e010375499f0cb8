// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/bg_bb.hpp>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/detail/customers_read.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "support/error_of.hpp"

namespace test_customers_read {

using credence::rejection;
using credence::detail::purchases;
namespace {
struct row {
  std::string key;
  std::optional<int> frequency;
  double recency;
  double age;
};
struct unkeyed {
  float frequency;
  float recency;
  float age;
};
using in_time = credence::bg_nbd::law_type;
using at_opportunities = credence::bg_bb::law_type;
}  // namespace

TEST_CASE("customers_read: what a law takes for a customer, and what he is told by") {
  purchases own;
  auto const fault = [&](row const& each) { return credence::detail::read_purchases<in_time>(each, own); };
  CHECK_FALSE(fault({"a", 2, 3.5, 7.5}));
  CHECK(own.frequency == 2);
  CHECK(own.recency == 3.5);
  CHECK(own.age == 7.5);
  CHECK(fault({"a", {}, 3, 7}) == rejection::missing);
  CHECK(fault({"a", 2, 8, 7}) == rejection::bad_time);
  CHECK(fault({"a", -1, 0, 7}) == rejection::off_scale);
  CHECK(credence::detail::read_purchases<at_opportunities>(row{"a", 2, 3.5, 7.5}, own));
  CHECK_FALSE(credence::detail::read_purchases<at_opportunities>(row{"a", 2, 3, 7}, own));
  CHECK(credence::detail::read_purchases<at_opportunities>(row{"a", 4, 3, 7}, own));
  static_assert(std::is_same_v<credence::detail::customer_key<std::vector<row>>, std::string>);
  static_assert(std::is_same_v<credence::detail::customer_key<std::vector<unkeyed> const&>, std::uint64_t>);
  CHECK(credence::detail::key_of<std::string>(row{"a", 2, 3, 7}, 9) == "a");
  CHECK(credence::detail::key_of<std::uint64_t>(unkeyed{2, 3, 7}, 9) == 9);
  CHECK(credence::detail::sound_ahead<in_time>("`ahead`", 1.5) == 1.5);
  CHECK(error_of([] {
          static_cast<void>(credence::detail::sound_ahead<at_opportunities>("`ahead`", 1.5));
        }).find("`ahead` is 1.5") != std::string::npos);
}

}  // namespace test_customers_read
