// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this is asked of a churn_scores_accumulator
// at most: 20 lines
#include <credence/churn/roc_auc.hpp>
#include <credence/survey/nps.hpp>

int main() { return credence::roc_auc(credence::nps_accumulator{}) ? 0 : 1; }
