// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SURVIVAL_NAIVE_HPP
#define CREDENCE_TESTS_SURVIVAL_NAIVE_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

// Survival as its formulas are written: at each time all customers are looked at again. Slow, and independent of what
// it tests: nothing of the library is included.

namespace naive_survival {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct customer {
  double time = 0;
  int event = 0;  ///< a cause; 0 is none
  double weight = 1;
  double entry = -1;  ///< below 0: from the start
  int group = 0;
  int stratum = 0;
};

struct step {
  double time, at_risk, left, stayed;
  std::uint64_t events;
};

inline std::vector<step> steps_of(std::vector<customer> const& all) {
  std::vector<double> times;
  for (customer const& one : all) times.push_back(one.time);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  std::vector<step> found;
  for (double const time : times) {
    step here{time, 0, 0, 0, 0};
    for (customer const& one : all) {
      if (one.time >= time && one.entry < time) here.at_risk += one.weight;
      if (one.time == time) (one.event != 0 ? here.left : here.stayed) += one.weight;
      if (one.time == time && one.event != 0 && one.weight > 0) ++here.events;
    }
    found.push_back(here);
  }
  return found;
}

/// S(t), or S(t−).
inline double survival(std::vector<step> const& steps, double time, bool before = false) {
  double product = 1;
  for (step const& each : steps)
    if ((before ? each.time < time : each.time <= time) && each.left > 0)
      product *= each.left == each.at_risk ? 0 : 1 - each.left / each.at_risk;
  return product;
}
/// Σ d/(n(n − d)) up to a time.
inline double greenwood(std::vector<step> const& steps, double time) {
  double sum = 0;
  for (step const& each : steps)
    if (each.time <= time && each.left > 0) sum += each.left / (each.at_risk * (each.at_risk - each.left));
  return sum;
}
struct hazard {
  double value = 0, variance = 0;
};
inline hazard hazard_of(std::vector<step> const& steps, double time, bool one_by_one) {
  hazard found;
  for (step const& each : steps) {
    if (each.time > time || !(each.left > 0)) continue;
    double const parts = one_by_one ? static_cast<double>(each.events) : 1;
    double const part = each.left / parts;
    for (double gone = 0; gone < parts; ++gone) {
      found.value += part / (each.at_risk - gone * part);
      found.variance += part / std::pow(each.at_risk - gone * part, 2);
    }
  }
  return found;
}

enum class scale { log, plain, log_log, logit, arcsine };
struct bounds {
  double lower, upper;
};
inline bounds bounds_of(double share, double error, scale on, double z) {
  if (share == 1) return {1, 1};
  if (!(share > 0)) return {nan, nan};
  bounds found{};
  switch (on) {
    case scale::log:
      found = {std::exp(std::log(share) - z * error / share), std::exp(std::log(share) + z * error / share)};
      break;
    case scale::plain: found = {share - z * error, share + z * error}; break;
    case scale::log_log: {
      double const middle = std::log(-std::log(share));
      double const half = z * error / share / std::fabs(std::log(share));
      found = {std::exp(-std::exp(middle + half)), std::exp(-std::exp(middle - half))};
      break;
    }
    case scale::logit: {
      double const middle = std::log(share / (1 - share));
      double const half = z * error / (share * (1 - share));
      auto const back = [](double where) { return 1 / (1 + std::exp(-where)); };
      found = {back(middle - half), back(middle + half)};
      break;
    }
    case scale::arcsine: {
      double const middle = std::asin(std::sqrt(share));
      double const half = z * error / (2 * std::sqrt(share * (1 - share)));
      found = {std::pow(std::sin(std::max(0.0, middle - half)), 2),
               std::pow(std::sin(std::min(std::acos(0.0), middle + half)), 2)};
      break;
    }
  }
  return {std::max(found.lower, 0.0), std::min(found.upper, 1.0)};
}

/// R's rule, of values at the times of the steps: the first at or below the level; where it is at it, the middle of
/// that time and of the next change, or of the last time.
inline double crossing(std::vector<step> const& steps, std::vector<double> const& values, double level) {
  double const near = 1e-12 * level;
  for (std::size_t at = 0; at < steps.size(); ++at) {
    if (!(values[at] <= level + near)) continue;
    if (values[at] < level - near) return steps[at].time;
    double next = steps.back().time;
    for (std::size_t later = steps.size() - 1; later > at; --later)
      if (values[later] < level - near) next = steps[later].time;
    return (steps[at].time + next) / 2;
  }
  return nan;
}

struct restricted_mean {
  double value = 0, variance = 0;
};
/// The area under the curve between two times.
inline double area(std::vector<step> const& steps, double from, double to) {
  double sum = 0;
  double begin = from;
  for (step const& each : steps) {
    if (each.time <= from || each.time >= to) continue;
    sum += survival(steps, begin) * (each.time - begin);
    begin = each.time;
  }
  return sum + survival(steps, begin) * (to - begin);
}
inline restricted_mean restricted_mean_of(std::vector<step> const& steps, double horizon) {
  restricted_mean found;
  found.value = area(steps, 0, horizon);
  for (step const& each : steps) {
    if (!(each.time < horizon) || !(each.left > 0) || each.left == each.at_risk) continue;
    double const beyond = area(steps, each.time, horizon);
    found.variance += beyond * beyond * each.left / (each.at_risk * (each.at_risk - each.left));
  }
  return found;
}

enum class weighing { log_rank, gehan, tarone_ware, peto, fleming_harrington };
struct test {
  std::vector<double> observed, expected, covariance;
  double chi_squared = 0;
  int degrees = 0;
};
/// u′V⁺u by V's eigenvalues and vectors (Jacobi's rotations).
inline void pseudo_inverse_form(std::vector<double> matrix, std::vector<double> const& scores, double& form,
                                int& rank) {
  std::size_t const size = scores.size();
  std::vector<double> vectors(size * size, 0.0);
  for (std::size_t at = 0; at < size; ++at) vectors[at * size + at] = 1;
  for (int sweep = 0; sweep < 60; ++sweep)
    for (std::size_t p = 0; p < size; ++p)
      for (std::size_t q = p + 1; q < size; ++q) {
        if (matrix[p * size + q] == 0) continue;
        double const angle = .5 * std::atan2(2 * matrix[p * size + q], matrix[q * size + q] - matrix[p * size + p]);
        double const c = std::cos(angle), s = std::sin(angle);
        for (std::size_t k = 0; k < size; ++k) {
          double const kp = matrix[k * size + p], kq = matrix[k * size + q];
          matrix[k * size + p] = c * kp - s * kq;
          matrix[k * size + q] = s * kp + c * kq;
          double const vp = vectors[k * size + p], vq = vectors[k * size + q];
          vectors[k * size + p] = c * vp - s * vq;
          vectors[k * size + q] = s * vp + c * vq;
        }
        for (std::size_t k = 0; k < size; ++k) {
          double const pk = matrix[p * size + k], qk = matrix[q * size + k];
          matrix[p * size + k] = c * pk - s * qk;
          matrix[q * size + k] = s * pk + c * qk;
        }
      }
  double largest = 0;
  for (std::size_t at = 0; at < size; ++at) largest = std::max(largest, matrix[at * size + at]);
  form = 0;
  rank = 0;
  for (std::size_t at = 0; at < size; ++at) {
    if (!(matrix[at * size + at] > 1e-10 * largest)) continue;
    double along = 0;
    for (std::size_t k = 0; k < size; ++k) along += vectors[k * size + at] * scores[k];
    form += along * along / matrix[at * size + at];
    ++rank;
  }
}
inline test log_rank(std::vector<customer> const& all, std::size_t groups, weighing by, double rho = 0,
                     double gamma = 0) {
  test found;
  found.observed.resize(groups);
  found.expected.resize(groups);
  found.covariance.resize(groups * groups);
  std::map<int, std::vector<customer>> strata;
  for (customer const& one : all) strata[one.stratum].push_back(one);
  for (auto const& stratum : strata) {
    auto const steps = steps_of(stratum.second);
    double peto = 1;
    for (step const& each : steps) {
      if (!(each.left > 0)) continue;
      peto *= 1 - each.left / (each.at_risk + 1);
      double const before = survival(steps, each.time, true);
      double const weight = by == weighing::gehan                ? each.at_risk
                            : by == weighing::tarone_ware        ? std::sqrt(each.at_risk)
                            : by == weighing::peto               ? peto
                            : by == weighing::fleming_harrington ? std::pow(before, rho) * std::pow(1 - before, gamma)
                                                                 : 1;
      std::vector<double> risk(groups), left(groups);
      for (customer const& one : stratum.second) {
        auto const group = static_cast<std::size_t>(one.group);
        if (one.time >= each.time && one.entry < each.time) risk[group] += one.weight;
        if (one.time == each.time && one.event != 0) left[group] += one.weight;
      }
      double const n = each.at_risk, d = each.left;
      for (std::size_t row = 0; row < groups; ++row) {
        found.observed[row] += weight * left[row];
        found.expected[row] += weight * d * risk[row] / n;
        if (!(n > 1)) continue;
        for (std::size_t column = 0; column < groups; ++column)
          found.covariance[row * groups + column] +=
              weight * weight * d * (n - d) / (n - 1) *
              ((row == column ? risk[row] / n : 0) - risk[row] * risk[column] / (n * n));
      }
    }
  }
  std::vector<double> scores(groups);
  for (std::size_t row = 0; row < groups; ++row) scores[row] = found.observed[row] - found.expected[row];
  pseudo_inverse_form(found.covariance, scores, found.chi_squared, found.degrees);
  return found;
}

enum class kind { small_whole, wide_whole, reals };
/// Random customers with heavy ties; weights of 0, 1 and reals, and late entries, where they are asked for.
inline std::vector<customer> customers(std::mt19937_64& random, std::size_t count, kind times, bool weights,
                                       bool entries, int groups = 1, int strata = 1) {
  auto const below = [&](std::uint64_t limit) { return static_cast<int>(random() % limit); };
  std::vector<customer> all(count);
  for (customer& one : all) {
    one.time = below(14);
    if (times == kind::wide_whole && below(2) != 0) one.time = 65'530 + below(14);
    if (times == kind::reals && below(2) != 0) one.time = below(12) / 7.0;
    one.event = below(3) != 0 ? 1 : 0;
    if (weights) one.weight = below(4) == 0 ? 0 : below(2) == 0 ? 1 : (1 + below(40)) / 8.0;
    if (entries && below(2) == 0 && one.time > 0) one.entry = below(3) == 0 ? 0 : one.time * below(8) / 8.0;
    one.group = below(static_cast<std::uint64_t>(groups));
    one.stratum = below(static_cast<std::uint64_t>(strata));
  }
  return all;
}

inline bool near(double one, double other, double within = 1e-11) {
  if (std::isnan(one) || std::isnan(other)) return std::isnan(one) && std::isnan(other);
  return std::fabs(one - other) <= within * std::max({1.0, std::fabs(one), std::fabs(other)});
}

/// The columns of a small file of comma-separated values, as text.
inline std::vector<std::map<std::string, std::string>> table(std::string const& path) {
  std::ifstream in(path);
  auto const fields_of = [](std::string const& line) {
    std::vector<std::string> fields(1);
    for (char const each : line) {
      if (each == ',')
        fields.emplace_back();
      else if (each != '"' && each != '\r')
        fields.back() += each;
    }
    return fields;
  };
  std::string line;
  std::getline(in, line);
  auto const names = fields_of(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(in, line)) {
    auto const fields = fields_of(line);
    rows.emplace_back();
    for (std::size_t at = 0; at < names.size(); ++at) rows.back()[names[at]] = fields.at(at);
  }
  return rows;
}

}  // namespace naive_survival

#endif
