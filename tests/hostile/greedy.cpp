// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Rows, samples, keys, times, weights, projections and an executor of a greedy namespace.
#include "greedy.hpp"

#include "every_call.hpp"

int main(int argument_count, char** arguments) {
  return hostile::every_call<greedy::host>::answers().settle(argument_count, arguments);
}
