// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/gathering_options.hpp>
#include <string>

namespace test_gathering_options {

using credence::gathering_options;

TEST_CASE("gathering_options: what is done with dirty samples keeps nobody from merging") {
  gathering_options const rejects;
  gathering_options const raises{credence::on_invalid::raise};
  CHECK(rejects.on_invalid == credence::on_invalid::reject);
  CHECK_FALSE(rejects == raises);
  CHECK(gathering_options::shape(rejects) == gathering_options::shape(raises));
  CHECK(raises.check_fields([](auto const&...) { return false; }));
  std::string told;
  gathering_options::describe(raises, [&](char const* name, credence::on_invalid policy) {
    told.append(name).append(" ").append(name_of(policy));
  });
  CHECK(told == "on_invalid raise");
}

}  // namespace test_gathering_options
