// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_HPP
#define CREDENCE_CORE_HPP

// Everything of the core: metrics, accumulators, combinators, bytes.

#include <credence/core/accumulator.hpp>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/calendar_keys.hpp>
#include <credence/core/crc32c.hpp>
#include <credence/core/describe.hpp>
#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/gathering_options.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/key_index.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/over_time.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/tee.hpp>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/timed.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

#endif
