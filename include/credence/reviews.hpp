// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_HPP
#define CREDENCE_REVIEWS_HPP

// Everything of the reviews family.

#include <credence/reviews/additive_ratings.hpp>
#include <credence/reviews/bayesian_average.hpp>
#include <credence/reviews/bayesian_average_result.hpp>
#include <credence/reviews/dawid_skene.hpp>
#include <credence/reviews/dawid_skene_model.hpp>
#include <credence/reviews/dawid_skene_options.hpp>
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/gravity.hpp>
#include <credence/reviews/helpfulness.hpp>
#include <credence/reviews/hotness.hpp>
#include <credence/reviews/incentive_effect.hpp>
#include <credence/reviews/latest_by.hpp>
#include <credence/reviews/majority_vote.hpp>
#include <credence/reviews/ranking.hpp>
#include <credence/reviews/ranking_options.hpp>
#include <credence/reviews/ranking_result.hpp>
#include <credence/reviews/rater_bias.hpp>
#include <credence/reviews/rater_reliability.hpp>
#include <credence/reviews/rater_z_scores.hpp>
#include <credence/reviews/rating_catalogue.hpp>
#include <credence/reviews/recency.hpp>
#include <credence/reviews/shrunk_rating.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <credence/reviews/star_summary.hpp>
#include <credence/reviews/verified.hpp>
#include <credence/reviews/vote_score_result.hpp>
#include <credence/reviews/wilson_lower_bound.hpp>

#endif
