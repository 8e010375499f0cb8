// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <string>
#include <type_traits>

#include <credence/core/version.hpp>

// The namespace carries the version and the mode, but a name is found without either.
namespace credence {
inline namespace CREDENCE_ABI {
struct versioned {};
}  // namespace CREDENCE_ABI
}  // namespace credence
static_assert(CREDENCE_EXCEPTIONS == 1);

TEST_CASE("the version's text says its numbers, and the inline namespace its first two") {
  CHECK(std::string(CREDENCE_VERSION_STRING) == std::to_string(CREDENCE_VERSION_MAJOR) + "." +
                                                    std::to_string(CREDENCE_VERSION_MINOR) + "." +
                                                    std::to_string(CREDENCE_VERSION_PATCH));
  CHECK(std::is_same_v<credence::versioned, credence::v0_1::versioned>);
  CHECK((CREDENCE_VERSION_MAJOR == 0 && CREDENCE_VERSION_MINOR == 1));
}
