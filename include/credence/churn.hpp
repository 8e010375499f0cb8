// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_HPP
#define CREDENCE_CHURN_HPP

#include <credence/churn/activity_churn.hpp>
#include <credence/churn/average_precision.hpp>
#include <credence/churn/billing_period.hpp>
#include <credence/churn/brier_score.hpp>
#include <credence/churn/calibration.hpp>
#include <credence/churn/churn_rate.hpp>
#include <credence/churn/churn_rate_accumulator.hpp>
#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <credence/churn/churn_reasons.hpp>
#include <credence/churn/churn_reasons_result.hpp>
#include <credence/churn/churn_scores.hpp>
#include <credence/churn/churn_series.hpp>
#include <credence/churn/compare_roc_auc.hpp>
#include <credence/churn/earned_growth.hpp>
#include <credence/churn/expected_maximum_profit.hpp>
#include <credence/churn/gains.hpp>
#include <credence/churn/kolmogorov_smirnov.hpp>
#include <credence/churn/lift.hpp>
#include <credence/churn/log_loss.hpp>
#include <credence/churn/population_stability.hpp>
#include <credence/churn/rescale_rate.hpp>
#include <credence/churn/revenue_movements.hpp>
#include <credence/churn/revenue_movements_result.hpp>
#include <credence/churn/roc_auc.hpp>
#include <credence/churn/roles.hpp>
#include <credence/churn/tolerance.hpp>
#include <credence/churn/tolerance_result.hpp>

#endif
