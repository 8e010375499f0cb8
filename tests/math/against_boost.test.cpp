// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// The distributions against Boost.Math, an implementation that shares nothing with ours, over a random sweep with a
// fixed seed. Boost is not more accurate than ours: the bounds are for both together.
#include <doctest/doctest.h>

#include <credence/core/version.hpp>

#if __has_include(<boost/math/distributions/students_t.hpp>) && CREDENCE_EXCEPTIONS && !defined(__FAST_MATH__)

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <credence/math/binomial.hpp>
#include <credence/math/student_t.hpp>
#include <random>
#include <string>

namespace test_against_boost {

namespace {

namespace math = credence::math;

struct sweep {
  std::mt19937_64 engine{20240229};
  double uniform(double const low, double const high) {
    return low + (high - low) * static_cast<double>(engine() >> 11) * 0x1p-53;
  }
  double logarithmic(double const low, double const high) { return std::exp(uniform(std::log(low), std::log(high))); }
};

struct largest {
  double error = 0.0;
  std::string where = "nowhere";
  template <class... Argument>
  void see(double const got, double const expected, Argument const... arguments) {
    double const here = std::fabs(got - expected) / std::fmax(std::fabs(expected), 1e-300);
    if (here <= error) return;
    error = here;
    where.clear();
    ((where += std::to_string(arguments) + " "), ...);
  }
  void hold(double const bound) const {
    CAPTURE(where);
    CHECK(error <= bound);
  }
};

}  // namespace

TEST_CASE("boost: normal") {
  sweep draw;
  largest tail;
  largest quantile;
  boost::math::normal_distribution<double> const normal;
  for (int round = 0; round < 20000; ++round) {
    double const x = draw.uniform(-37.0, 9.0);
    tail.see(math::normal_cdf(x), boost::math::cdf(normal, x), x);
    double const p = draw.logarithmic(1e-300, 1.0);
    quantile.see(math::normal_quantile(p), boost::math::quantile(normal, p), p);
  }
  tail.hold(3e-13);  // Boost divides x by sqrt 2 and leaves it there
  quantile.hold(4e-15);
}

TEST_CASE("boost: log gamma") {
  sweep draw;
  largest error;
  for (int round = 0; round < 20000; ++round) {
    double const x = draw.logarithmic(1e-10, 1e10);
    error.see(math::log_gamma(x), boost::math::lgamma(x), x);
  }
  error.hold(2e-15);
}

TEST_CASE("boost: student t") {
  sweep draw;
  largest tail;
  largest quantile;
  for (int round = 0; round < 5000; ++round) {
    double const degrees = draw.logarithmic(0.5, 1e6);
    double const x = draw.uniform(-9.0, 9.0);
    boost::math::students_t_distribution<double> const student(degrees);
    tail.see(math::student_t_cdf(x, degrees), boost::math::cdf(student, x), x, degrees);
    double const p = draw.uniform(0.0001, 0.45);
    quantile.see(math::student_t_quantile(p, degrees), boost::math::quantile(student, p), p, degrees);
  }
  tail.hold(3e-14);
  quantile.hold(3e-12);  // Boost stops early: at p = 0.2, 3 degrees, ours agrees with mpmath to the last digit
}

TEST_CASE("boost: beta") {
  sweep draw;
  largest tail;
  largest quantile;
  for (int round = 0; round < 5000; ++round) {
    double const a = draw.logarithmic(0.5, 1e5);
    double const b = draw.logarithmic(0.5, 1e5);
    double const x = 1.0 / (1.0 + b / a * std::exp(draw.uniform(-4.0, 4.0) * std::sqrt(1.0 / a + 1.0 / b)));
    tail.see(math::incomplete_beta(a, b, x), boost::math::ibeta(a, b, x), a, b, x);
    double const p = draw.uniform(0.001, 0.999);
    quantile.see(math::beta_quantile(p, a, b), boost::math::ibeta_inv(a, b, p), a, b, p);
  }
  tail.hold(3e-14);
  quantile.hold(3e-14);
}

TEST_CASE("boost: binomial") {
  sweep draw;
  largest tail;
  for (int round = 0; round < 5000; ++round) {
    auto const trials = static_cast<std::uint64_t>(draw.logarithmic(1.0, 1e5));
    double const p = draw.uniform(0.001, 0.999);
    auto const successes = static_cast<std::uint64_t>(math::binomial_quantile(draw.uniform(0.0, 1.0), trials, p));
    boost::math::binomial_distribution<double> const binomial(static_cast<double>(trials), p);
    double const count = static_cast<double>(successes);
    tail.see(math::binomial_lower_tail(successes, trials, p), boost::math::cdf(binomial, count), count, p);
    if (successes == 0) continue;
    double const above = boost::math::cdf(boost::math::complement(binomial, count - 1.0));
    tail.see(math::binomial_upper_tail(successes, trials, p), above, count, p);
  }
  tail.hold(3e-14);
}

#else

TEST_CASE("boost: normal, log gamma, student t, beta, binomial") {
  MESSAGE("skipped: needs the headers of Boost.Math, exceptions, and no -ffast-math");
}

#endif

}  // namespace test_against_boost
