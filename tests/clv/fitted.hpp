// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CLV_FITTED_HPP
#define CREDENCE_TESTS_CLV_FITTED_HPP

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/time.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_report.hpp>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "support/shared_data.hpp"

/// CDNOW as it was fitted, without fitting it, and customers to ask about.
namespace clv_fitted {

inline credence::bg_nbd_parameters parameters(std::optional<credence::time_span> unit = {}) {
  return {.24259452243, 4.41360201901, .792922017247, 2.42590677690, unit};
}
/// Its report, with standard errors as in reference/clv.md and, for want of better, r and alpha, a and b correlated.
inline credence::likelihood_report<credence::bg_nbd> report(std::optional<credence::time_span> unit = {}) {
  credence::fit_summary summary;
  summary.status = credence::fit_status::converged;
  credence::likelihood_estimates estimates;
  estimates.parameters = {.24259452243, 4.41360201901, .792922017247, 2.42590677690};
  estimates.logarithms = 4;
  double const errors[] = {.01255737, .37822393, .18573372, .7054142};
  estimates.covariance.assign(16, 0);
  for (std::size_t at = 0; at < 4; ++at) estimates.covariance[5 * at] = errors[at] * errors[at];
  estimates.covariance[1] = estimates.covariance[4] = 0.8 * errors[0] * errors[1];
  estimates.covariance[11] = estimates.covariance[14] = 0.9 * errors[2] * errors[3];
  return {summary, estimates, credence::bg_nbd(parameters(unit))};
}

struct customer {
  std::string key;
  double frequency = 0;
  double recency = 0;
  double age = 0;
  double monetary_value = 0;
  double holdout_frequency = 0;
  double holdout_duration = 0;
};

/// Made up, heavy with ties: many of few purchases, few of many.
inline std::vector<customer> customers(std::size_t count) {
  std::vector<customer> made;
  std::uint64_t state = 29;
  auto const random = [&state] {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<double>(state >> 11) * 0x1p-53;
  };
  for (std::size_t at = 0; at < count; ++at) {
    customer own;
    own.key = "c" + std::to_string(at);
    own.age = std::floor(random() * 280) / 7;
    own.frequency = std::floor(std::pow(random(), 6) * 30);
    own.recency = own.frequency > 0 ? own.age * random() : 0;
    own.monetary_value = own.frequency > 0 ? 5 + std::floor(random() * 60) : 0;
    own.holdout_frequency = std::floor(random() * random() * 6);
    own.holdout_duration = 39;
    made.push_back(own);
  }
  return made;
}

/// CDNOW's 2,357 customers of the first quarter of 1997, 39 weeks, and the 39 after; empty where they are absent.
inline std::vector<customer> cdnow() {
  std::vector<customer> read;
  auto const path = shared_data("clv/cdnow_btyd_cbs.csv");
  if (!path) return read;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<double> fields;
    for (std::size_t from = 0; from < line.size();) {
      std::size_t const comma = line.find(',', from);
      fields.push_back(std::stod(line.substr(from, comma - from)));
      from = comma == std::string::npos ? line.size() : comma + 1;
    }
    read.push_back({std::to_string(static_cast<int>(fields.at(0))), fields.at(1), fields.at(2), fields.at(3),
                    fields.at(5), fields.at(4), 39});
  }
  return read;
}

}  // namespace clv_fitted

#endif
