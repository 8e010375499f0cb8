// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_HPP
#define CREDENCE_HISTORY_HPP

#include <credence/history/activity.hpp>
#include <credence/history/activity_times.hpp>

#endif
