// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <credence/core/describe.hpp>

namespace test_describe {

namespace {

struct point {
  int left = 1;
  double right = 2.5;
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("left", self.left);
    visit("right", self.right);
  }
};
struct bare {};

enum class colour { red, green };
constexpr std::string_view name_of(colour value) { return value == colour::red ? "red" : std::string_view(); }
enum class nameless { none };

}  // namespace

static_assert(credence::described<point> && credence::described<point const> && !credence::described<bare> &&
              !credence::described<int>);
static_assert(name_of(colour::red) == "red" && name_of(colour::green).empty());
static_assert(credence::named_enum<colour> && !credence::named_enum<nameless> && !credence::named_enum<int>);

TEST_CASE("fields are visited in order, read where the object is const and filled where it is not") {
  point filled;
  point::describe(filled, [](std::string_view name, auto& field) { field = name == "left" ? 7 : 8; });
  std::string seen;
  point const& read = filled;
  point::describe(read, [&seen](std::string const& name, auto const& field) {
    seen += name + '=' + std::to_string(static_cast<int>(field)) + ' ';
  });
  CHECK(seen == "left=7 right=8 ");
}

}  // namespace test_describe
