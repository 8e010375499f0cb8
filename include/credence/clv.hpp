// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_HPP
#define CREDENCE_CLV_HPP

// Everything of the family of customer lifetime value.

#include <credence/clv/acquisition_cost.hpp>
#include <credence/clv/beta_discrete_weibull.hpp>
#include <credence/clv/bg_bb.hpp>
#include <credence/clv/bg_cnbd_k.hpp>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/cnbd_k_fit.hpp>
#include <credence/clv/covariate_model.hpp>
#include <credence/clv/covariates.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/discount.hpp>
#include <credence/clv/first_margin.hpp>
#include <credence/clv/fit_bootstrap.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/historical_value.hpp>
#include <credence/clv/historical_value_result.hpp>
#include <credence/clv/holdout_score.hpp>
#include <credence/clv/lifetime_values.hpp>
#include <credence/clv/mbg_cnbd_k.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/nbd.hpp>
#include <credence/clv/new_customer_value.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/payback_period.hpp>
#include <credence/clv/predict.hpp>
#include <credence/clv/predictions.hpp>
#include <credence/clv/probability_alive_path.hpp>
#include <credence/clv/purchase_fit_options.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/clv/purchase_tracking.hpp>
#include <credence/clv/purchase_tracking_result.hpp>
#include <credence/clv/remaining_lifetime.hpp>
#include <credence/clv/retention_sensitivity.hpp>
#include <credence/clv/revenue_concentration.hpp>
#include <credence/clv/rfm_scores.hpp>
#include <credence/clv/rfm_segment.hpp>
#include <credence/clv/shifted_beta_geometric.hpp>
#include <credence/clv/simple_lifetime_value.hpp>
#include <credence/clv/simulate.hpp>
#include <credence/clv/spend_history.hpp>
#include <credence/clv/spend_independence.hpp>
#include <credence/clv/timing_regularity.hpp>
#include <credence/clv/value_at_risk.hpp>

#endif
