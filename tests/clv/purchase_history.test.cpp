// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <optional>

namespace test_purchase_history {

using credence::infinite_number;
using credence::not_a_number;
using credence::rejection;
using credence::detail::fault_of;
using credence::detail::purchases_of;

struct whole_row {
  unsigned char frequency;
  float recency;
  std::optional<long> age;
};
struct gap_row {
  double frequency;
  double recency;
  double age;
  double log_gaps;
};
struct short_row {
  int frequency;
  int age;
};
static_assert(credence::customer_row<whole_row const&>);
static_assert(!credence::customer_row<short_row>);

TEST_CASE("a purchase history is sound, or says what is wrong with it") {
  CHECK(!fault_of({0, 0, 0, 0}));
  CHECK(!fault_of({2, 0, 0, -3}));
  CHECK(!fault_of({1e5, 3, 3, 0}));
  CHECK(fault_of({not_a_number(), 0, 1, 0}) == rejection::not_a_number);
  CHECK(fault_of({0, 0, 1, not_a_number()}) == rejection::not_a_number);
  CHECK(fault_of({-1, 0, 1, 0}) == rejection::off_scale);
  CHECK(fault_of({0.5, 0, 1, 0}) == rejection::off_scale);
  CHECK(fault_of({0x1p53, 0, 1, 0}) == rejection::off_scale);
  CHECK(fault_of({infinite_number(), 0, 1, 0}) == rejection::off_scale);
  CHECK(fault_of({1, 2, 1, 0}) == rejection::bad_time);
  CHECK(fault_of({1, -2, 1, 0}) == rejection::bad_time);
  CHECK(fault_of({0, 1, 2, 0}) == rejection::bad_time);
  CHECK(fault_of({0, 0, -1, 0}) == rejection::bad_time);
  CHECK(fault_of({1, 1, infinite_number(), 0}) == rejection::bad_time);
  CHECK(fault_of({1, 1, 2, infinite_number()}) == rejection::bad_time);
}

TEST_CASE("a purchase history is read from rows of any numbers") {
  auto const own = purchases_of(whole_row{200, 2.5F, 9});
  CHECK(own.frequency == 200);
  CHECK(own.recency == 2.5);
  CHECK(own.age == 9);
  CHECK(own.log_gaps == 0);
  CHECK(credence::is_nan(purchases_of(whole_row{0, 0, std::nullopt}).age));
  CHECK(purchases_of(gap_row{2, 3, 4, 1.5}).log_gaps == 1.5);
}

}  // namespace test_purchase_history
