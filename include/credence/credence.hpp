// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CREDENCE_HPP
#define CREDENCE_CREDENCE_HPP

// Everything but what is opt-in: io.hpp prints, interop/ adapts to threads and other libraries.

#include <credence/agreement.hpp>
#include <credence/churn.hpp>
#include <credence/clv.hpp>
#include <credence/core.hpp>
#include <credence/history.hpp>
#include <credence/inference.hpp>
#include <credence/math.hpp>
#include <credence/retention.hpp>
#include <credence/reviews.hpp>
#include <credence/survey.hpp>
#include <credence/survival.hpp>

#endif
