// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_HPP
#define CREDENCE_RETENTION_HPP

#include <credence/retention/active_users.hpp>
#include <credence/retention/cohort_accumulator.hpp>
#include <credence/retention/cohort_retention.hpp>
#include <credence/retention/cohort_retention_options.hpp>
#include <credence/retention/cohort_table.hpp>
#include <credence/retention/funnel.hpp>
#include <credence/retention/funnel_accumulator.hpp>
#include <credence/retention/funnel_result.hpp>
#include <credence/retention/inter_purchase_times.hpp>
#include <credence/retention/lifecycle.hpp>
#include <credence/retention/n_day_retention.hpp>
#include <credence/retention/n_day_retention_result.hpp>
#include <credence/retention/power_user_curve.hpp>
#include <credence/retention/repeat_rate.hpp>
#include <credence/retention/retention_mode.hpp>
#include <credence/retention/roles.hpp>
#include <credence/retention/stickiness.hpp>

#endif
