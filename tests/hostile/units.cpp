// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Two versions of credence, and units with and without exceptions, in one program: each unit has types of its own and
// its own way to complain, and they exchange bytes.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <credence/survey/nps.hpp>

#include "unit.hpp"

namespace {

int wrong = 0;
void expect(bool good, char const* what, units::answers const& one, units::answers const& other) {
  if (good) return;
  ++wrong;
  std::printf("%s: %s%s and %s%s\n", what, one.version, one.exceptions ? "" : " without exceptions", other.version,
              other.exceptions ? "" : " without exceptions");
}

}  // namespace

int main() {
  units::unit const all[] = {units::this_version(), units::this_version_no_exceptions(), units::later_version(),
                             units::later_version_no_exceptions()};
  for (std::size_t one = 0; one < 4; ++one) {
    units::answers const here = all[one].answered();
    expect(here.exceptions == (one % 2 == 0), "built otherwise than it should be", here, here);
    expect(!here.exceptions || all[one].throws(), "a wrong call does not throw", here, here);
    // This unit knows the types of the first, and of no other.
    expect((here.type == units::address_of_type<credence::nps_accumulator>()) == (one == 0), "types of one name", here,
           here);
    for (std::size_t other = 0; other < 4; ++other) {
      units::answers const there = all[other].answered();
      expect(here.nps == there.nps && here.weighted == there.weighted && here.mean == there.mean &&
                 here.groups == there.groups && here.groups == 2,
             "unlike answers", here, there);
      expect((here.type == there.type) == (one == other) && (here.result_type == there.result_type) == (one == other),
             "types of one name", here, there);
      expect((std::strcmp(here.version, there.version) == 0) == (one / 2 == other / 2), "unlike versions", here, there);
      expect(all[one].reads(all[other].written()), "the first does not read the other's bytes", here, there);
    }
  }
  if (wrong != 0) return 1;
  std::puts("four units");
  std::fflush(stdout);
  // What remains is to end the program, in a unit that cannot throw, though others of it can.
  std::signal(SIGABRT, [](int) { std::_Exit(0); });
  all[1].throws();
  std::puts("a wrong call does not end a program without exceptions");
  return 1;
}
