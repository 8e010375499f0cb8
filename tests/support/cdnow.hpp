// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SUPPORT_CDNOW_HPP
#define CREDENCE_TESTS_SUPPORT_CDNOW_HPP

#include "support/shared_data.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

/// A customer of CDNOW's sample of 2,357, in weeks of exactly 7 days.
struct cdnow_customer {
  double frequency = 0;
  double recency = 0;
  double age = 0;
};

/// All of them; none, and said so, where the data are absent.
inline std::vector<cdnow_customer> cdnow_customers() {
  std::vector<cdnow_customer> customers;
  if (auto const path = shared_data("clv/cdnow_btyd_cbs.csv")) {
    std::ifstream file(*path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      cdnow_customer own;
      if (std::sscanf(line.c_str(), "%*d,%lf,%lf,%lf", &own.frequency, &own.recency, &own.age) != 3)
        throw std::runtime_error("no customer of CDNOW: " + line);
      own.recency = (std::round)(own.recency * 7) / 7;
      own.age = (std::round)(own.age * 7) / 7;
      customers.push_back(own);
    }
  }
  return customers;
}

#endif
