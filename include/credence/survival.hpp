// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_HPP
#define CREDENCE_SURVIVAL_HPP

#include <credence/survival/aalen_johansen.hpp>
#include <credence/survival/concordance.hpp>
#include <credence/survival/gray_test.hpp>
#include <credence/survival/incidence_curve.hpp>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/leaving_cause.hpp>
#include <credence/survival/log_rank.hpp>
#include <credence/survival/nelson_aalen.hpp>
#include <credence/survival/restricted_mean.hpp>
#include <credence/survival/roles.hpp>
#include <credence/survival/survival_curve.hpp>
#include <credence/survival/survival_interval.hpp>
#include <credence/survival/survival_test_result.hpp>
#include <credence/survival/survival_times.hpp>
#include <credence/survival/survival_times_accumulator.hpp>

#endif
