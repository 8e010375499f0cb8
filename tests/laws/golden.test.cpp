// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <credence/core/bytes.hpp>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "laws/accumulators.hpp"

// What was written once can be read for ever: golden/v1 holds what format 1 wrote, and is never written over. A new
// accumulator gets its file from a run with CREDENCE_WRITE_GOLDEN=1 in the environment, which writes what is missing.

namespace {

using bytes_type = std::vector<std::byte>;

std::string path_of(std::string_view name) {
  return std::string(CREDENCE_SOURCE_DIR) + "/tests/laws/golden/v1/" + std::string(name) + ".bin";
}

bytes_type read(std::string const& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  bytes_type bytes(text.size());
  std::transform(text.begin(), text.end(), bytes.begin(), [](char letter) { return static_cast<std::byte>(letter); });
  return bytes;
}

bool is_there(std::string const& path) { return std::ifstream(path, std::ios::binary).good(); }

void write(std::string const& path, bytes_type const& bytes) {
  std::ofstream stream(path, std::ios::binary);
  for (std::byte const each : bytes) stream.put(static_cast<char>(each));
  REQUIRE(stream.flush());
}

}  // namespace

TEST_CASE_TEMPLATE("golden: format 1 is read, and written as it was", Recipe, CREDENCE_LAWS_ALL) {
  auto const today = laws::made_anywhere_of<Recipe>(laws::rows_of(64));
  using accumulator = std::remove_const_t<decltype(today)>;
  std::string const path = path_of(Recipe::name);
  CAPTURE(path);
  if (!is_there(path) && std::getenv("CREDENCE_WRITE_GOLDEN")) write(path, credence::to_bytes(today));
  REQUIRE(is_there(path));
  bytes_type const bytes = read(path);
  auto const then = credence::try_from_bytes<accumulator>(bytes);
  CAPTURE(then.message());
  REQUIRE(then);
  // Rounded states may differ in their last digits between machines; exact ones differ nowhere.
  if constexpr (laws::is_exact<Recipe>()) {
    CHECK(*then == today);
    CHECK(credence::to_bytes(today) == bytes);
  } else {
    auto const in_its_order = credence::from_bytes<accumulator>(credence::to_bytes(today));  // groups come by key
    CHECK(laws::apart(then->result(), in_its_order.result()) <= 1e-12);
    CHECK(credence::to_bytes(*then) == bytes);
  }
}
