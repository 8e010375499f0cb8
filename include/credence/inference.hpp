// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_HPP
#define CREDENCE_INFERENCE_HPP

// Everything of inference: means, intervals of shares and net scores, comparisons.

#include <credence/inference/comparison.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/inference/share_interval.hpp>

#endif
