// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include <credence/core/crc32c.hpp>

namespace test_crc32c {

namespace {

std::uint32_t of(std::vector<unsigned char> const& values) {
  return credence::crc32c(std::as_bytes(std::span(values)));
}

constexpr std::byte digits[] = {std::byte{'1'}, std::byte{'2'}, std::byte{'3'}, std::byte{'4'}, std::byte{'5'},
                                std::byte{'6'}, std::byte{'7'}, std::byte{'8'}, std::byte{'9'}};
static_assert(credence::crc32c(digits) == 0xe306'9283U);  // the check value of CRC-32C
static_assert(credence::crc32c({}) == 0);

}  // namespace

TEST_CASE("the test vectors of RFC 3720, B.4") {
  std::vector<unsigned char> rising(32);
  for (unsigned char at = 0; at < 32; ++at) rising[at] = at;
  CHECK(of(std::vector<unsigned char>(32, 0x00)) == 0x8a91'36aaU);
  CHECK(of(std::vector<unsigned char>(32, 0xff)) == 0x62a8'ab43U);
  CHECK(of(rising) == 0x46dd'794eU);
  CHECK(of(std::vector<unsigned char>(rising.rbegin(), rising.rend())) == 0x113f'db5cU);
}

TEST_CASE("every change of up to three bits, and every burst of 32, is found") {
  std::mt19937 random(1);
  std::vector<unsigned char> message(100);
  for (unsigned char& letter : message) letter = static_cast<unsigned char>(random());
  std::uint32_t const right = of(message);
  auto const flip = [&message](std::size_t bit) { message[bit / 8] ^= static_cast<unsigned char>(1U << bit % 8); };
  std::size_t missed = 0;
  for (std::size_t one = 0; one < 800; one += 3) {
    flip(one);
    missed += of(message) == right;
    for (std::size_t two = one + 1; two < 800; two += 11) {
      flip(two);
      missed += of(message) == right;
      flip(two);
    }
    for (int burst = 0; burst < 8 && one + 32 <= 800; ++burst) {
      std::vector<unsigned char> const before = message;
      for (std::size_t bit = one + 1; bit < one + 32; ++bit)
        if (random() % 2 != 0) flip(bit);
      missed += of(message) == right;
      message = before;
    }
    flip(one);
  }
  CHECK(missed == 0);
  CHECK(of(message) == right);
}

}  // namespace test_crc32c
