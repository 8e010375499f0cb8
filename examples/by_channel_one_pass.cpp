// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A bank measures two things in two ways, and reads its answers once for each way: they may be millions.
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <credence/core/fold.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

struct visit {
  std::string channel;
  int recommends;  // 0 … 10
  int stars;       // 1 … 5
};

int main() {
  std::vector<visit> const visits{{"branch", 10, 5}, {"branch", 9, 4}, {"branch", 9, 5}, {"branch", 7, 4},
                                  {"online", 8, 4},  {"online", 9, 5}, {"online", 3, 2}, {"online", 6, 3},
                                  {"phone", 2, 1},   {"phone", 5, 2},  {"phone", 10, 4}};

  // One pass, two accumulators: `tee` feeds both, `each` says what each of them is given.
  auto const measures = credence::tee(credence::nps_accumulator{}, credence::csat_accumulator{});
  auto const answers = credence::each(&visit::recommends, &visit::stars);
  auto const bank = credence::fold(visits, measures, answers);
  auto const nps = bank.get<credence::nps_accumulator>().result();
  auto const csat = bank.get<credence::csat_accumulator>().result();
  std::cout << "all: NPS " << nps.value << ", " << 100 * csat.value << " % satisfied\n";

  // The same two, by channel: an accumulator goes wherever a single one does.
  auto const by_channel = credence::group_by(visits, &visit::channel, measures, answers);
  for (auto const& [channel, both] : by_channel)
    std::cout << channel << ": NPS " << both.get<0>().result().value << ", " << 100 * both.get<1>().result().value
              << " % satisfied\n";

  // The groups hold all that the whole does, so they merge into it.
  bool const right = by_channel.size() == 3 && by_channel.total() == bank &&
                     std::abs(nps.value - 100.0 * (5 - 4) / 11) < 1e-12 && csat.satisfied == 7 &&
                     by_channel.at("branch").get<credence::nps_accumulator>().result().promoters == 3 &&
                     !by_channel.contains("fax");
  return right ? 0 : 1;
}
