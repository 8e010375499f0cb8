// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_VERSION_HPP
#define CREDENCE_CORE_VERSION_HPP

// The version, and the inline namespace that carries it together with the one build mode that changes a function's
// body: are exceptions on? Two versions, or a unit with exceptions and one without, may then live in one program.

#if !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L) && __cplusplus < 202002L
#error "credence needs C++20: compile with -std=c++20 or later (/std:c++20 for MSVC)"
#endif

#define CREDENCE_VERSION_MAJOR 0
#define CREDENCE_VERSION_MINOR 1
#define CREDENCE_VERSION_PATCH 0
#define CREDENCE_VERSION_STRING "0.1.0"

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define CREDENCE_EXCEPTIONS 1
#define CREDENCE_ABI v0_1
#else
#define CREDENCE_EXCEPTIONS 0
#define CREDENCE_ABI v0_1_no_exceptions
#endif

#endif
