// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_HPP
#define CREDENCE_SURVEY_HPP

// Everything of the survey family.

#include <credence/survey/bootstrap.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>

#endif
