// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/math/student_t.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_student_t {

namespace {

namespace math = credence::math;

constexpr tables::row<3> tail_table[] = {
#include "math/student_t_tail_table.inc"
};
constexpr tables::row<3> quantile_table[] = {
#include "math/student_t_quantile_table.inc"
};
constexpr tables::row<3> critical_table[] = {
#include "math/student_t_critical_table.inc"
};

double const none = credence::not_a_number();
double const infinity = std::numeric_limits<double>::infinity();
double const largest = (std::numeric_limits<double>::max)();

// What the header promises: rows {t, degrees, P} and {p, degrees, t}.
double allowed_of_tail(tables::row<3> const& cells) { return 2e-15 * (1.0 + std::fabs(std::log(cells[2])) / 5.0); }

double allowed_of_quantile(tables::row<3> const& cells) { return 6e-15 * std::fmax(1.0, 0.3 / cells[1]); }

double allowed_of_usual_tail(tables::row<3> const& cells) { return cells[1] >= 1.0 && cells[2] > 1e-12 ? 8e-15 : 0.0; }

double allowed_of_usual_quantile(tables::row<3> const& cells) {
  double const size = std::fabs(cells[2]);
  return cells[1] >= 1.0 && size > 1e-3 && size < 1e3 ? 2e-15 : 0.0;
}

}  // namespace

TEST_CASE("table: student t tail and cdf") {
  tables::check(tail_table, math::student_t_upper_tail, allowed_of_tail);
  tables::check(
      tail_table, [](double const t, double const degrees) { return math::student_t_cdf(-t, degrees); },
      allowed_of_tail);
}

TEST_CASE("table: student t tail, degrees from 1, values above 1e-12") {
  tables::check(tail_table, math::student_t_upper_tail, allowed_of_usual_tail);
}

TEST_CASE("table: student t quantile") { tables::check(quantile_table, math::student_t_quantile, allowed_of_quantile); }

TEST_CASE("table: student t critical value") {
  tables::check(critical_table, math::student_t_critical, allowed_of_quantile);
}

TEST_CASE("table: student t quantile and critical value, degrees from 1, t from 1e-3 to 1e3") {
  tables::check(quantile_table, math::student_t_quantile, allowed_of_usual_quantile);
  tables::check(critical_table, math::student_t_critical, allowed_of_usual_quantile);
}

TEST_CASE("student t: figures of every printed table") {
  CHECK(math::student_t_critical(0.95, 1.0) == doctest::Approx(12.7062047361747).epsilon(1e-14));
  CHECK(math::student_t_critical(0.95, 9.0) == doctest::Approx(2.262157162798205).epsilon(1e-14));
  CHECK(math::student_t_critical(0.99, 30.0) == doctest::Approx(2.7499956535672259).epsilon(1e-14));
}

TEST_CASE("student t: Cauchy, far out") {
  double const pi = 3.14159265358979324;
  for (double const t : {1e3, 1e15, 1e17, 1e100, 1e290}) {
    CHECK(math::student_t_upper_tail(t, 1.0) * t * pi == doctest::Approx(1.0).epsilon(1e-6));
    CHECK(math::student_t_quantile(1.0 / (t * pi), 1.0) / -t == doctest::Approx(1.0).epsilon(1e-6));
  }
}

TEST_CASE("student t: becomes the normal") {
  for (double const degrees : {1e17, 1e21, 1e23, 1e300, infinity}) {
    CHECK(math::student_t_critical(0.95, degrees) == doctest::Approx(1.959963984540054).epsilon(1e-15));
    CHECK(math::student_t_quantile(1e-9, degrees) == doctest::Approx(math::normal_quantile(1e-9)).epsilon(1e-15));
    CHECK(math::student_t_upper_tail(6.0, degrees) == doctest::Approx(math::normal_upper_tail(6.0)).epsilon(1e-13));
  }
}

TEST_CASE("student t: ends") {
  for (double const degrees : {0.5, 3.0, 1e6, 1e30}) {
    CHECK(math::student_t_upper_tail(0.0, degrees) == 0.5);
    CHECK(math::student_t_upper_tail(1e-200, degrees) == 0.5);
    CHECK(math::student_t_upper_tail(infinity, degrees) == 0.0);
    CHECK(math::student_t_upper_tail(-infinity, degrees) == 1.0);
    CHECK(math::student_t_quantile(0.0, degrees) < -largest);
    CHECK(math::student_t_quantile(0.5, degrees) == 0.0);
    CHECK(math::student_t_quantile(1.0, degrees) > largest);
    CHECK(math::student_t_critical(0.0, degrees) == 0.0);
    CHECK(math::student_t_critical(1.0, degrees) > largest);
  }
}

TEST_CASE("student t: no answer outside the domain") {
  for (double const degrees : {0.0, -1.0, none}) {
    CHECK(credence::is_nan(math::student_t_upper_tail(1.0, degrees)));
    CHECK(credence::is_nan(math::student_t_quantile(0.3, degrees)));
    CHECK(credence::is_nan(math::student_t_critical(0.3, degrees)));
  }
  CHECK(credence::is_nan(math::student_t_upper_tail(none, 3.0)));
  CHECK(credence::is_nan(math::student_t_cdf(none, 3.0)));
  for (double const p : {-1e-300, 1.5, none}) {
    CHECK(credence::is_nan(math::student_t_quantile(p, 3.0)));
    CHECK(credence::is_nan(math::student_t_critical(p, 3.0)));
  }
}

}  // namespace test_student_t
