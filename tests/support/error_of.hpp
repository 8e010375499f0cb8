// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SUPPORT_ERROR_OF_HPP
#define CREDENCE_TESTS_SUPPORT_ERROR_OF_HPP

#include <credence/core/error.hpp>
#include <string>

/// What a call complains of.
template <class Call>
std::string error_of(Call const& call) {
  try {
    call();
    return "no error";
  } catch (credence::error const& error) {
    return error.what();
  }
}

#endif
