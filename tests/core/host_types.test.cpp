// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <credence/core/host_types.hpp>

namespace {

enum class stars : std::uint8_t { one = 1, five = 5 };
enum plain { low = -3, high = 4 };

// A host's decimal: hundredths.
struct decimal {
  std::int64_t hundredths = 0;
};
struct cents {
  long value;
};
struct converts {
  explicit operator bool() const { return true; }
  operator double() const { return 2.5; }
};

}  // namespace

template <>
struct credence::real_traits<decimal> {
  static constexpr double to_real(decimal const& value) { return static_cast<double>(value.hundredths) / 100; }
};
template <>
struct credence::money_traits<cents> {
  using sum_type = long;
  static constexpr void add(long& sum, cents const& amount) { sum += amount.value; }
  static constexpr double to_real(long const& sum) { return static_cast<double>(sum) / 100; }
};
template <>
struct credence::time_traits<decimal> {
  static constexpr std::int64_t to_micros(decimal const& time) { return time.hundredths * 10'000; }
};

using namespace credence;

static_assert(real_like<int> && real_like<double const&> && real_like<bool> && real_like<stars> && real_like<plain> &&
              real_like<decimal> && real_like<converts> && real_like<std::vector<bool>::reference>);
static_assert(!real_like<std::string> && !real_like<cents> && !real_like<std::optional<int>> && !real_like<void*>);
static_assert(real_traits<stars>::to_real(stars::five) == 5 && real_traits<plain>::to_real(low) == -3);
static_assert(real_traits<decimal>::to_real({250}) == 2.5 && real_traits<std::int8_t>::to_real(-1) == -1);
static_assert(money_like<int> && money_like<double> && money_like<float> && money_like<cents const&>);
static_assert(!money_like<bool> && !money_like<decimal> && !money_like<std::string>);
static_assert(time_like<decimal> && !time_like<int> && !time_like<double>);
static_assert(detail::is_sample<std::optional<stars>> && detail::is_sample<std::optional<decimal> const&> &&
              !detail::is_sample<std::optional<std::string>>);
static_assert(detail::number_check::of<int>());

TEST_CASE("whole minor units are summed exactly, far beyond 64 bits") {
  using money = money_traits<std::int64_t>;
  money::sum_type sum{};
  std::int64_t const most = std::numeric_limits<std::int64_t>::max();
  for (int times = 0; times < 4; ++times) money::add(sum, most);
  CHECK(money::to_real(sum) == 0x1p65);
  for (int times = 0; times < 4; ++times) money::add(sum, -most);
  money::add(sum, 7);
  CHECK(money::to_real(sum) == 7);
}

TEST_CASE("amounts in floating point are summed with compensation") {
  using money = money_traits<double>;
  money::sum_type sum{};
  for (double const amount : {1e16, 0.5, -1e16}) money::add(sum, amount);
  CHECK(money::to_real(sum) == 0.5);
}

TEST_CASE("what converts to double is a quantity, by that conversion") {
  CHECK(real_traits<converts>::to_real({}) == 2.5);
  std::vector<bool> flags{true};
  CHECK(real_traits<std::vector<bool>::reference>::to_real(flags[0]) == 1);
}
