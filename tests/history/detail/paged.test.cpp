// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/history/detail/paged.hpp>
#include <cstdint>
#include <vector>

namespace test_paged {

TEST_CASE("paged: holds what was put, of numbers near and far") {
  credence::detail::paged<int> values;
  CHECK(values.find(0) == nullptr);
  std::vector<std::uint32_t> const numbers{3, 0, 40'000, 32'767, 32'768, 17, 300'000};
  for (std::uint32_t const number : numbers) values[number] = static_cast<int>(number) + 1;
  for (std::uint32_t const number : numbers) CHECK(*values.find(number) == static_cast<int>(number) + 1);
  CHECK(*values.find(5) == 0);
  CHECK(values.find(100'000) == nullptr);  // of a page that nothing was put in
  CHECK(values.find(4'000'000'000) == nullptr);
  std::vector<std::uint32_t> walked;
  values.walk([&](std::uint32_t number, int value) {
    if (value != 0) walked.push_back(number);
  });
  CHECK(walked == std::vector<std::uint32_t>{0, 3, 17, 32'767, 32'768, 40'000, 300'000});
}

}  // namespace test_paged
