// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include <credence/core/rejections.hpp>

namespace test_rejections {

using credence::on_invalid;
using credence::rejection;
using credence::rejections;
namespace detail = credence::detail;

namespace {

constexpr rejection all[] = {rejection::missing, rejection::not_a_number, rejection::off_scale, rejection::bad_weight,
                             rejection::bad_time};

constexpr rejections one_to_five() {
  rejections counts;
  for (std::uint64_t at = 0; at < 5; ++at) counts[all[at]] = at + 1;
  return counts;
}
static_assert(one_to_five() == rejections{1, 2, 3, 4, 5});
static_assert(one_to_five().total() == 15);

constexpr double infinity = std::numeric_limits<double>::infinity();
static_assert(detail::is_weight(0) && detail::is_weight(-0.0) && detail::is_weight(1e-100) && detail::is_weight(1e100));
static_assert(!detail::is_weight(-1) && !detail::is_weight(9.9e-101) && !detail::is_weight(1.1e100));
static_assert(!detail::is_weight(infinity) && !detail::is_weight(credence::not_a_number()));
static_assert(detail::is_weight(std::optional<int>(2)) && !detail::is_weight(std::optional<double>()));
static_assert(detail::is_weight(true) && detail::is_weight(0.5F));

}  // namespace

TEST_CASE("rejections add up by reason and are listed by name") {
  rejections counts = one_to_five();
  counts += one_to_five();
  CHECK(counts == rejections{2, 4, 6, 8, 10});
  std::string listed;
  rejections::describe(counts, [&listed](std::string const& name, std::uint64_t count) {
    listed += name + ' ' + std::to_string(count) + ' ';
  });
  CHECK(listed == "missing 2 not_a_number 4 off_scale 6 bad_weight 8 bad_time 10 ");
}

TEST_CASE("a policy has a name, and what is no policy has none") {
  CHECK(name_of(on_invalid::reject) == "reject");
  CHECK(name_of(on_invalid::raise) == "raise");
  CHECK(name_of(static_cast<on_invalid>(7)).empty());
}

TEST_CASE("a dirty sample is counted, or thrown with its position and then not counted") {
  rejections counts;
  for (rejection const reason : all) detail::turn_away(on_invalid::reject, counts, reason, 11, 0);
  CHECK(counts == rejections{1, 1, 1, 1, 1});
  auto const raised = [&counts](rejection reason) {
    try {
      detail::turn_away(on_invalid::raise, counts, reason, 11, 9);
    } catch (credence::invalid_sample const& complaint) {
      CHECK(complaint.position() == 9);
      return std::string(complaint.what());
    }
    return std::string();
  };
  CHECK(raised(rejection::missing) == "credence: sample 9 is missing");
  CHECK(raised(rejection::not_a_number) == "credence: sample 9 is not a number");
  CHECK(raised(rejection::off_scale) == "credence: sample 9 is 11, which is off the scale");
  CHECK(raised(rejection::bad_weight) ==
        "credence: sample 9 has a weight that is missing, negative, not a number, or beyond 1e±100");
  CHECK(raised(rejection::bad_time) == "credence: sample 9 has a time that cannot be");
  CHECK(counts.total() == 5);
}

}  // namespace test_rejections
