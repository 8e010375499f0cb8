// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the projection of a margin returns another kind of key
// at most: 21 lines
#include <credence/survey/weighting.hpp>
#include <map>
#include <string>
#include <vector>

struct person {
  int age;
};

int main() {
  std::map<std::string, double> const ages{{"young", .4}, {"old", .6}};
  auto const weights = credence::post_stratified(std::vector<person>{}, credence::margin(&person::age, ages));
  return 0;
}
