// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <cmath>
#include <credence/math/beta.hpp>
#include <credence/math/binomial.hpp>
#include <credence/math/fisher_f.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/least_squares.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/random.hpp>
#include <credence/math/root.hpp>
#include <credence/math/student_t.hpp>
#include <credence/math/symmetric_eigen.hpp>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <vector>

#include "portability/digest.hpp"

namespace math = credence::math;

namespace portability {

namespace {

// Two builds may err to either side: twice the error that docs/explanation/numerics.md promises of a function, and
// where that grows, what it comes to for the smallest value here.
constexpr double of_normal = 2e-15;
constexpr double of_log_gamma = 4e-15;
constexpr double of_log_beta = 8e-15;
constexpr double of_beta = 4e-14;
constexpr double of_far_beta = 1.4e-12;  // 1e-300: 2·2e-15·(1 + 691/2)
constexpr double of_beta_quantile = 1e-14;
constexpr double of_t_tail = 1.6e-14;
constexpr double of_t_quantile = 4e-15;
constexpr double of_f_tail = 2.4e-13;      // 1e-12: 2·4e-15·(1 + 28)
constexpr double of_f_quantile = 1.2e-12;  // 1e-2: forty times 2·4e-15·(1 + 2.3), and degrees of 1
constexpr double of_binomial = 6e-14;      // 1e-12: 2·2e-15·(1 + 28/2)

std::string call(std::string name, std::initializer_list<double> arguments) {
  char separator = '(';
  for (double const each : arguments) {
    char text[40];
    std::snprintf(text, sizeof text, "%c%.12g", separator, each);
    name += text;
    separator = ',';
  }
  return name + ")";
}

template <class Function, class... Arguments>
void relative(digest& into, char const* name, double within, Function const& function, Arguments... arguments) {
  into.relative(call(name, {static_cast<double>(arguments)...}), function(arguments...), within);
}

void add_normal_and_gamma(digest& into) {
  for (double const x : {-37.5, -8.0, -1.0, 0.0, 0.3, 1.0, 1.96, 3.5, 6.0, 10.0, 20.0, 37.0}) {
    relative(into, "normal_upper_tail", of_normal, math::normal_upper_tail, x);
    relative(into, "normal_cdf", of_normal, math::normal_cdf, x);
  }
  for (double const p : {1e-300, 1e-40, 1e-12, 1e-5, 0.001, 0.025, 0.1, 0.3, 0.5, 0.7, 0.95, 0.999, 1 - 1e-12}) {
    relative(into, "normal_quantile", of_normal, math::normal_quantile, p);
    relative(into, "normal_critical", of_normal, math::normal_critical, p);
  }
  for (double const x : {1e-300, 1e-9, 0.1, 0.5, 0.999, 1.001, 1.5, 1.999, 2.001, 3.3, 7.0, 12.5, 400.0, 1e9, 1e300})
    relative(into, "log_gamma", of_log_gamma, math::log_gamma, x);
}

void add_beta(digest& into) {
  struct shapes {
    double a;
    double b;
    std::vector<double> at;
  };
  shapes const all[] = {{0.5, 0.5, {1e-9, 0.1, 0.5, 0.93}},
                        {1, 3, {0.01, 0.4, 0.8}},
                        {2.5, 40, {0.002, 0.05, 0.2}},
                        {30.5, 12.5, {0.5, 0.7, 0.9}},
                        {800, 3e4, {0.0245, 0.026, 0.0279}},
                        {1.25e6, 2.5e6, {0.3325, 0.3333, 0.3342}},
                        {8e11, 2e11, {0.7999985, 0.8, 0.8000012}}};
  for (shapes const& own : all) {
    into.real(call("log_beta", {own.a, own.b}), math::log_beta(own.a, own.b), of_log_beta);
    for (double const x : own.at) {
      relative(into, "incomplete_beta", of_beta, math::incomplete_beta, own.a, own.b, x);
      relative(into, "incomplete_beta_complement", of_beta, math::incomplete_beta_complement, own.a, own.b, x);
    }
    for (double const p : {1e-9, 0.025, 0.5, 0.9}) {
      relative(into, "beta_quantile", of_beta_quantile, math::beta_quantile, p, own.a, own.b);
      relative(into, "beta_upper_quantile", of_beta_quantile, math::beta_upper_quantile, p, own.a, own.b);
    }
  }
  relative(into, "incomplete_beta", of_far_beta, math::incomplete_beta, 100, 40, 1e-3);
  relative(into, "incomplete_beta", of_far_beta, math::incomplete_beta, 3000, 5000, 0.22);
}

void add_t_f_and_binomial(digest& into) {
  for (double const degrees : {1.0, 2.0, 4.5, 30.0, 1e3, 1e8, 1e15}) {
    for (double const t : {-3.0, 0.2, 1.0, 2.5, 5.0}) {
      relative(into, "student_t_upper_tail", of_t_tail, math::student_t_upper_tail, t, degrees);
      relative(into, "student_t_cdf", of_t_tail, math::student_t_cdf, t, degrees);
    }
    for (double const p : {0.001, 0.025, 0.4, 0.8, 0.95}) {
      relative(into, "student_t_quantile", of_t_quantile, math::student_t_quantile, p, degrees);
      relative(into, "student_t_critical", of_t_quantile, math::student_t_critical, p, degrees);
    }
  }
  struct degrees {
    double above;
    double below;
  };
  for (degrees const own : {degrees{1, 1}, {3, 20}, {15, 8}, {200, 400}}) {
    for (double const x : {0.3, 1.0, 1.7}) {
      relative(into, "fisher_f_cdf", of_f_tail, math::fisher_f_cdf, x, own.above, own.below);
      relative(into, "fisher_f_upper_tail", of_f_tail, math::fisher_f_upper_tail, x, own.above, own.below);
    }
    for (double const p : {0.01, 0.5, 0.9}) {
      relative(into, "fisher_f_quantile", of_f_quantile, math::fisher_f_quantile, p, own.above, own.below);
      relative(into, "fisher_f_upper_quantile", of_f_quantile, math::fisher_f_upper_quantile, p, own.above, own.below);
    }
  }
  struct trials {
    std::uint64_t count;
    double p;
    std::initializer_list<std::uint64_t> successes;
  };
  for (trials const& own : {trials{1, 0.3, {0, 1}},
                            {20, 0.05, {0, 2, 5}},
                            {500, 0.62, {260, 310, 350}},
                            {1'000'000, 0.5, {499'000, 500'000, 501'500}}}) {
    for (std::uint64_t const successes : own.successes) {
      relative(into, "binomial_lower_tail", of_binomial, math::binomial_lower_tail, successes, own.count, own.p);
      relative(into, "binomial_upper_tail", of_binomial, math::binomial_upper_tail, successes, own.count, own.p);
    }
    for (double const q : {0.025, 0.6, 0.99})
      into.exact_real(call("binomial_quantile", {q, static_cast<double>(own.count), own.p}),
                      math::binomial_quantile(q, own.count, own.p));
  }
}

void add_solvers(digest& into) {
  auto const root = [&into](char const* name, double within, auto const& function, double lower, double upper) {
    into.real(std::string("find_root.") + name, math::find_root(function, lower, upper).value, within);
  };
  // Its tolerance, where the function is not a straight line at the end.
  root(
      "exponential", 2e-12, [](double x) { return std::exp(x) - 2; }, 0, 1);
  root(
      "cubic", 2e-12, [](double x) { return x * x * x - x - 2; }, 1, 2);

  std::vector<double> design;
  std::vector<double> values;
  for (int row = 0; row < 12; ++row) {
    design.insert(design.end(), {1, row * 1.0, row * row / 7.0});
    values.push_back((row * 37 % 11) / 3.0 + row);
  }
  math::least_squares_result const fit = math::least_squares(design, 3, values);
  into.add("least_squares.full_rank", fit.full_rank);
  into.add("least_squares.coefficients", fit.coefficients);
  into.add("least_squares.inverse", fit.inverse);
  into.add("least_squares.residuals", fit.residuals);
  into.add("least_squares.residual_squares", fit.residual_squares);

  math::symmetric_eigen_result const eigen = math::symmetric_eigen({4, 1, -2, 1, 2, 0.3, -2, 0.3, 3}, 3);
  into.add("symmetric_eigen.values", eigen.values);
  into.add("symmetric_eigen.vectors", eigen.vectors);
}

void add_draws(digest& into) {
  for (std::uint64_t const stream : {std::uint64_t{0}, ~std::uint64_t{}}) {
    math::random_stream draws(2026, stream);
    std::string const name = "random_stream." + std::to_string(stream);
    for (int draw = 0; draw < 3; ++draw) into.add(name + ".word." + std::to_string(draw), draws());
    std::uint64_t sum = 0;
    for (int draw = 0; draw < 1000; ++draw) sum = sum * 31 + draws.below(1'000'003);
    into.add(name + ".below", sum);
    for (int draw = 0; draw < 3; ++draw) into.exact_real(name + ".uniform." + std::to_string(draw), draws.uniform());
    // Whole numbers, which a logarithm's last bit changes once in 1e13 draws.
    for (double const p : {1e-4, 0.02, 0.5, 0.97}) {
      std::uint64_t all = 0;
      for (int draw = 0; draw < 300; ++draw) all = all * 31 + draws.binomial(5'000, p);
      into.add(call(name + ".binomial", {p}), all);
    }
    for (int draw = 0; draw < 3; ++draw)
      into.relative(name + ".normal." + std::to_string(draw), draws.normal(), of_normal);
  }
}

}  // namespace

void add_functions(digest& into) {
  add_normal_and_gamma(into);
  add_beta(into);
  add_t_f_and_binomial(into);
  add_solvers(into);
  add_draws(into);
}

}  // namespace portability
