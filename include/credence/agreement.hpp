// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_HPP
#define CREDENCE_AGREEMENT_HPP

// Everything of agreement: do items measure one thing, do raters see the same?

#include <credence/agreement/cohen_kappa.hpp>
#include <credence/agreement/cronbach_alpha.hpp>
#include <credence/agreement/fleiss_kappa.hpp>
#include <credence/agreement/icc.hpp>
#include <credence/agreement/krippendorff_alpha.hpp>
#include <credence/agreement/krippendorff_result.hpp>
#include <credence/agreement/no_variation.hpp>

#endif
