// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A shop asks its customers one question, and wants to know what the answers are worth.
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <credence/survey/nps.hpp>

// The shop's own row. credence needs no base class and no conversion: a pointer to the member is enough.
struct order {
  std::string customer;
  int would_recommend;  // 0 … 10; the form's "no answer" button sends 11
};

int main() {
  std::vector<order> const orders{{"Ann", 10}, {"Bo", 9},   {"Cleo", 9}, {"Dan", 8}, {"Eve", 10},
                                  {"Fay", 6},  {"Gus", 11}, {"Hal", 7},  {"Ida", 9}, {"Jo", 3}};

  auto const trust = credence::nps(orders, &order::would_recommend);

  std::cout << "NPS " << trust.value << ", between " << trust.interval.lower << " and " << trust.interval.upper
            << ", from " << trust.count << " answers; " << trust.rejected << " left out\n";

  // Five promoters less two detractors, of nine: the 11 is off the scale, and counting it would have made six of ten.
  bool const right = std::abs(trust.value - 100.0 * (5 - 2) / 9) < 1e-12 && trust.rejections.off_scale == 1 &&
                     trust.interval.lower < trust.value && trust.value < trust.interval.upper;
  return right ? 0 : 1;
}
