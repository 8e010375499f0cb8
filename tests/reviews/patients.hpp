// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_REVIEWS_PATIENTS_HPP
#define CREDENCE_TESTS_REVIEWS_PATIENTS_HPP

#include <vector>

struct patient_label {
  int item;
  int rater;
  int category;
};

/// Fitness for anaesthesia of 45 patients, in four classes, by five observers of whom the first looked thrice: Dawid
/// and Skene (1979), Applied Statistics 28, 20, table 1. Digits: the first's three, then those of the others.
inline std::vector<patient_label> patients() {
  static char const* const table[] = {
      "1111111", "3334334", "1122122", "2223121", "2223222", "2223322", "1122111", "3333433", "2222223",
      "2322223", "4444444", "2223343", "1111111", "2223212", "1211111", "1112111", "1111111", "1111111",
      "2222221", "2221322", "2222222", "2222221", "2223222", "2212222", "1111111", "1111111", "2322222",
      "1111111", "1111111", "1121121", "1111111", "3333233", "1111111", "2222222", "2223232", "4334343",
      "2212232", "2323233", "3333432", "1111111", "1111111", "1212111", "2322222", "1211111", "2222222",
  };
  std::vector<patient_label> labels;
  int item = 0;
  for (char const* const row : table) {
    ++item;
    for (int at = 0; at < 7; ++at) labels.push_back({item, at < 3 ? 1 : at - 1, row[at] - '0'});
  }
  return labels;
}

#endif
