// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
