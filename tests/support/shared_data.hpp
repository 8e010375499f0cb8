// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SUPPORT_SHARED_DATA_HPP
#define CREDENCE_TESTS_SUPPORT_SHARED_DATA_HPP

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

/// A real data set that lives beside the repository, not in it; empty, and said so, where it is absent. Where its
/// folder is there and it is not, its name is wrong: that throws, or a test of it would be skipped for ever. Looked for
/// in the folder that the environment's CREDENCE_SHARED_DATA names, else where the build says.
inline std::optional<std::filesystem::path> shared_data(std::string_view relative) {
  char const* const chosen = std::getenv("CREDENCE_SHARED_DATA");
  std::filesystem::path const file = std::filesystem::path(chosen ? chosen : CREDENCE_SHARED_DATA) / relative;
  std::error_code unreadable;
  if (std::filesystem::exists(file, unreadable)) return file;
  if (std::filesystem::exists(file.parent_path(), unreadable))
    throw std::runtime_error("no such file among the shared data: " + file.string());
  std::fprintf(stderr, "skipped: no shared data at %s\n", file.string().c_str());
  return std::nullopt;
}

#endif
