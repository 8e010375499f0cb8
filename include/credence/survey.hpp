// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_HPP
#define CREDENCE_SURVEY_HPP

// Everything of the survey family.

#include <credence/survey/bootstrap.hpp>
#include <credence/survey/ces.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/disposition.hpp>
#include <credence/survey/item_nonresponse.hpp>
#include <credence/survey/likert.hpp>
#include <credence/survey/likert_result.hpp>
#include <credence/survey/net_sentiment.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/raking_report.hpp>
#include <credence/survey/ratio_of_totals.hpp>
#include <credence/survey/response_rate.hpp>
#include <credence/survey/share.hpp>
#include <credence/survey/trust_index.hpp>
#include <credence/survey/trust_index_result.hpp>
#include <credence/survey/weighting.hpp>

#endif
