// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/leaving_cause.hpp>
#include <cstdint>

#include "support/error_of.hpp"

namespace test_leaving_cause {

using credence::leaving_cause;

enum class why : std::int8_t { stayed, price, moved = 100 };

TEST_CASE("leaving_cause: of any integer or enumeration, 1 or more") {
  CHECK(leaving_cause{}.number == 1);
  CHECK(leaving_cause(why::moved).number == 100);
  CHECK(leaving_cause(~std::uint64_t{}).number == ~std::uint64_t{});
  CHECK(leaving_cause(std::int8_t{7}) == leaving_cause(7L));
  CHECK(error_of([] { static_cast<void>(leaving_cause(why::stayed)); }) ==
        "credence: the cause is 0; it must be 1 or more; 0 is who is still here");
  CHECK(error_of([] { static_cast<void>(leaving_cause(-3)); }) ==
        "credence: the cause is -3; it must be 1 or more; 0 is who is still here");
}

}  // namespace test_leaving_cause
