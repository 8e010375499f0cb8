// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// The build that the hostile ones are held against.
#include "every_call.hpp"
#include "plain_host.hpp"

int main(int argument_count, char** arguments) {
  return hostile::every_call<hostile::plain_host>::answers().settle(argument_count, arguments);
}
