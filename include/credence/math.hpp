// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_HPP
#define CREDENCE_MATH_HPP

// Everything of the mathematics: special functions, distributions, root finding, the report of a fit.

#include <credence/math/beta.hpp>
#include <credence/math/binomial.hpp>
#include <credence/math/chi_squared.hpp>
#include <credence/math/delta_interval.hpp>
#include <credence/math/draws.hpp>
#include <credence/math/exponential_integral.hpp>
#include <credence/math/fisher_f.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/gauss_legendre.hpp>
#include <credence/math/hypergeometric.hpp>
#include <credence/math/incomplete_gamma.hpp>
#include <credence/math/least_squares.hpp>
#include <credence/math/likelihood_ratio_test.hpp>
#include <credence/math/likelihood_report.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/log_space.hpp>
#include <credence/math/maximise.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/polygamma.hpp>
#include <credence/math/quadrature.hpp>
#include <credence/math/random.hpp>
#include <credence/math/root.hpp>
#include <credence/math/second_order.hpp>
#include <credence/math/student_t.hpp>
#include <credence/math/symmetric_eigen.hpp>

#endif
