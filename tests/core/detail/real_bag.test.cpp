// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/detail/byte_codec.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace test_real_bag {

using credence::detail::real_bag;
using credence::detail::walk_values;

real_bag of(std::vector<double> const& values) {
  real_bag bag;
  for (double const value : values) bag.add(value);
  return bag;
}
std::vector<double> in(real_bag const& bag) {
  return bag.in_order([](std::vector<double> const& values) { return values; });
}

TEST_CASE("real_bag: what it holds, in whatever order it came, settled or not") {
  real_bag bag = of({3, 1, 2, 1});
  CHECK(bag == of({1, 1, 2, 3}));
  CHECK_FALSE(bag == of({1, 2, 2, 3}));
  CHECK_FALSE(bag == of({1, 2, 3}));
  CHECK(in(bag) == std::vector<double>{1, 1, 2, 3});
  bag.settle();
  CHECK(in(bag) == std::vector<double>{1, 1, 2, 3});
  CHECK(bag.size() == 4);
  bag.add(0);
  CHECK(in(bag) == std::vector<double>{0, 1, 1, 2, 3});
}

TEST_CASE("real_bag: merged, with one that lies behind it, before it, with none, with itself") {
  for (auto const& [one, other] : {std::pair<std::vector<double>, std::vector<double>>{{1, 2}, {2, 3}},
                                   {{2, 3}, {1, 2}},
                                   {{}, {4, 1}},
                                   {{4, 1}, {}},
                                   {{}, {}}}) {
    real_bag left = of(one);
    real_bag right = of(other);
    left.settle();
    right.settle();
    left += right;
    std::vector<double> all = one;
    all.insert(all.end(), other.begin(), other.end());
    CHECK(left == of(all));
    CHECK(in(left) == in(of(all)));
  }
  real_bag own = of({2, 1});
  own += real_bag(own);
  CHECK(in(own) == std::vector<double>{1, 1, 2, 2});
}

TEST_CASE("real_bag: equal bags have equal bytes; bytes out of order or not finite are refused") {
  auto const bytes_of = [](real_bag const& bag) {
    credence::detail::byte_writer out;
    bag.write(out);
    return out.bytes;
  };
  CHECK(bytes_of(of({3, 1, 2})) == bytes_of(of({1, 2, 3})));
  auto const reads = [](std::vector<double> const& values) {
    credence::detail::byte_writer out;
    out.put(values);
    credence::detail::byte_reader in{out.bytes};
    real_bag bag;
    return bag.read(in);
  };
  CHECK(reads({}));
  CHECK(reads({1, 1, 2}));
  CHECK_FALSE(reads({2, 1}));
  CHECK_FALSE(reads({1, std::numeric_limits<double>::infinity()}));
  CHECK_FALSE(reads({std::numeric_limits<double>::quiet_NaN()}));
}

TEST_CASE("real_bag: values of two kinds, each once, with how many of either there are") {
  using row = std::tuple<double, std::uint64_t, std::uint64_t>;
  std::vector<row> found;
  std::vector<double> const one{1, 1, 3, 5};
  std::vector<double> const other{1, 2, 5, 5, 6};
  walk_values(one, other, [&](double value, std::uint64_t first, std::uint64_t second) {
    found.emplace_back(value, first, second);
  });
  CHECK(found == std::vector<row>{{1, 2, 1}, {2, 0, 1}, {3, 1, 0}, {5, 1, 2}, {6, 0, 1}});
  walk_values({}, {}, [&](double, std::uint64_t, std::uint64_t) { FAIL("there is none"); });
}

}  // namespace test_real_bag
