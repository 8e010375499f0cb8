// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_HPP
#define CREDENCE_HISTORY_HPP

#include <credence/history/activity.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/compact_orders.hpp>
#include <credence/history/orders.hpp>
#include <credence/history/rfm.hpp>
#include <credence/history/rfm_options.hpp>
#include <credence/history/rfm_table.hpp>

#endif
