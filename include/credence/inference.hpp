// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_HPP
#define CREDENCE_INFERENCE_HPP

// Everything of inference: means, intervals of shares and net scores, comparisons, trends.

#include <credence/inference/before_after.hpp>
#include <credence/inference/bootstrap.hpp>
#include <credence/inference/bootstrap_result.hpp>
#include <credence/inference/compare_groups.hpp>
#include <credence/inference/compare_paired.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/covariance.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/difference_in_differences.hpp>
#include <credence/inference/drivers.hpp>
#include <credence/inference/linearised.hpp>
#include <credence/inference/linkage.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/inference/mean_result.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/inference/p_adjustment.hpp>
#include <credence/inference/period_value.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/inference/spearman.hpp>
#include <credence/inference/suppressed.hpp>
#include <credence/inference/trend.hpp>

#endif
