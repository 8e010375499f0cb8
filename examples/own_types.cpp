// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A hospital has types of its own, and keeps them: two small specialisations tell credence how to read them.
#include <iostream>
#include <optional>
#include <utility>
#include <vector>

#include <credence/core/group_by.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

namespace hospital {

struct tenths {  // a rating with one decimal, kept as a whole number
  int count;
};

struct ward {
  int building;
  int floor;
  bool operator==(ward const&) const = default;
};

enum class care { poor = 1, fair, good, very_good, excellent };

struct stay {
  ward where;
  care received;
  std::optional<tenths> rating;  // empty: the patient did not answer
  std::optional<tenths> recommends() const { return rating; }
};

}  // namespace hospital

template <>
struct credence::real_traits<hospital::tenths> {
  static double to_real(hospital::tenths const& rating) { return rating.count / 10.0; }
};
// A key says how it is written with keys that are known already: here a pair of integers.
template <>
struct credence::key_traits<hospital::ward> {
  static auto to_key(hospital::ward const& ward) { return std::pair(ward.building, ward.floor); }
  static hospital::ward from_key(std::pair<int, int> const& key) { return {key.first, key.second}; }
};

int main() {
  using namespace hospital;
  std::vector<stay> const stays{{{1, 2}, care::excellent, tenths{95}}, {{1, 2}, care::good, tenths{90}},
                                {{1, 3}, care::fair, tenths{65}},      {{1, 2}, care::very_good, std::nullopt},
                                {{1, 3}, care::very_good, tenths{89}}, {{1, 3}, care::poor, tenths{100}}};

  // Member functions are projections too; an empty optional is "no answer", never a zero.
  auto const trust = credence::nps(stays, &stay::recommends);
  auto const satisfied = credence::csat(stays, &stay::received);  // an enum counts as its value
  auto const wards = credence::group_by(stays, &stay::where, credence::nps_accumulator{}, &stay::recommends);

  std::cout << "NPS " << trust.value << " from " << trust.count << " patients, " << trust.rejections.missing
            << " did not answer; " << satisfied.satisfied << " of " << satisfied.count << " satisfied\n";
  for (auto const& [ward, answers] : wards)
    std::cout << "building " << ward.building << ", floor " << ward.floor << ": " << answers.result().value << '\n';

  bool const right = trust.promoters == 3 && trust.detractors == 1 && trust.rejections.missing == 1 &&
                     satisfied.satisfied == 3 && wards.size() == 2 && wards.at(ward{1, 3}).result().count == 3;
  return right ? 0 : 1;
}
