"""Which numbers do the rules have? `config/rules.toml` has their values, ranges, kinds and sources.

Every field here has an entry there, and every entry a field; a test makes sure of it.
"""

from dataclasses import dataclass

from hersteld.recovery.key_rules import (
    AvoidRules,
    BeforeRules,
    CooldownRules,
    GlycogenRules,
    HydrationRules,
    Omega3Rules,
    OverloadRules,
    RedFlagRules,
    StretchingRules,
)
from hersteld.recovery.numbers import Number, Numbers

VERSION = 5
"""Version of the rules' code. Raise it whenever the same workout with the same numbers gets another result, so that
stored workouts are assessed anew. A test fails until it is raised."""


@dataclass(frozen=True, slots=True)
class AthleteRules:
    """What is assumed of an athlete who did not say it, and what is believed of a file."""

    max_hr_at_birth_bpm: Number
    max_hr_per_year_bpm: Number
    max_hr_bpm: Number
    max_hr_plausible_share: Number
    peaks: Number
    peak_days: Number
    peak_s: Number
    resting_hr_bpm: Number
    lthr_reserve_share: Number
    mass_kg: Number
    max_hr_low_bpm: Number
    max_hr_high_bpm: Number
    resting_hr_low_bpm: Number
    resting_hr_high_bpm: Number
    hr_margin_bpm: Number
    ftp_low_w: Number
    ftp_high_w: Number
    mass_low_kg: Number
    mass_high_kg: Number
    adult_age: Number
    witness_bpm: Number
    witness_share: Number
    raise_max_bpm: Number
    cadence_bpm: Number
    cadence_share: Number
    best_power_s: Number
    best_power_share: Number
    best_power_days: Number
    resting_hr_days: Number
    resting_hr_nights: Number


@dataclass(frozen=True, slots=True)
class LoadRules:
    """The numbers of the load ladder."""

    hr_low_bpm: Number
    hr_high_bpm: Number
    hr_above_max_bpm: Number
    hr_stuck_s: Number
    hr_stuck_reserve_share: Number
    hr_stuck_change_share: Number
    hr_contradicts_bpm: Number
    hr_held_s: Number
    gap_s: Number
    coverage_full: Number
    faults_share: Number
    coverage_min: Number
    power_min_s: Number
    power_window_s: Number
    power_mean_exponent: Number
    trimp_k_male: Number
    trimp_b_male: Number
    trimp_k_female: Number
    trimp_b_female: Number
    zone_weights: Numbers
    zone_threshold_weight: Number
    per_hour_by_rpe: Numbers
    left_running_s: Number
    left_running_reserve_share: Number
    left_running_mps: Number
    left_running_rpm: Number
    left_running_w: Number
    rpe_strenuous: Number
    rpe_intervals: Number
    rpe_other: Number
    rpe_gentle: Number
    power_high_w: Number
    power_doubted_w: Number
    power_doubted_ftps: Number
    power_w_per_kg: Number
    power_w_per_kg_s: Number
    max_per_hour: Number
    considerable_share: Number


@dataclass(frozen=True, slots=True)
class IntensityRules:
    """Which intensity a workout has."""

    reserve_bounds: Numbers
    load_per_hour_bounds: Numbers
    ftp_share: Number


@dataclass(frozen=True, slots=True)
class RestRules:
    """Key 1: rest between workouts."""

    threshold_exponent: Number
    threshold_doubling_h: Number
    threshold_offset_min: Number
    threshold_most: Number
    volume_h_per_load: Number
    impact_from_load: Number
    impact_h_per_load: Number
    near_maximal_from_share: Number
    near_maximal_ramp_share: Number
    near_maximal_power_from_share: Number
    near_maximal_power_ramp_share: Number
    near_maximal_h_per_min: Number
    near_maximal_max_h: Number
    strength_h_per_min: Number
    strength_max_h: Number
    hard_from_h: Number
    very_hard_from_h: Number
    very_long_run_from_h: Number
    easy_week_days: Number
    gentle_below_h: Number
    gentle_sport_below_h: Number
    unmeasured_from_h: Number
    unmeasured_until_h: Number
    climb_from_m: Number
    max_h: Number
    level_beginner: Number
    level_recreational: Number
    level_trained: Number
    level_elite: Number
    age_from: Number
    age_per_year: Number
    age_max: Number
    busy_week_max: Number
    history_days: Number
    busy_week_workouts: Number
    fitness_days: Number
    fatigue_days: Number
    carry_share: Number
    open_max_h: Number
    easy_share: Number
    beginner_days: Number
    comeback_days: Number
    rest_day_from_h: Number
    too_soon_h: Number
    muscles_from_h: Number
    ready_min_h: Number
    ready_expires_h: Number


@dataclass(frozen=True, slots=True)
class NightRules:
    """What is usual at night, and how far a night moves readiness."""

    rmssd_days: Number
    rmssd_nights: Number
    rmssd_sd_share: Number
    resting_hr_days: Number
    resting_hr_nights: Number
    resting_hr_above_bpm: Number
    later_h_per_sign: Number
    later_max_h: Number
    earlier_max_h: Number
    until_hour: Number


@dataclass(frozen=True, slots=True)
class MessageRules:
    """When advice becomes a message, and which workouts are told together."""

    late_h: Number
    backlog_count: Number
    per_day: Number
    brick_gap_h: Number
    same_overlap: Number
    same_path_overlap: Number
    arrival_tolerated_min: Number
    arrival_ahead_h: Number
    min_workout_min: Number
    strength_min: Number
    news_from_h: Number
    brick_volume_ml: Number
    coach_most: Number
    ready_until_hour: Number
    digest_expires_h: Number
    correct_from_h: Number
    remembered_h: Number
    named_from_min: Number
    marathon_m: Numbers
    half_marathon_m: Numbers
    night_from_hour: Number
    night_until_hour: Number


@dataclass(frozen=True, slots=True)
class OccasionRules:
    """What is told at a time of its own, whether or not a workout comes in."""

    morning_use_h: Number
    weekly_use_h: Number
    weekly_habit: Number
    weekly_more: Number
    weekly_sleep_h: Number
    usual_weeks: Number
    silence_per_week: Number
    silence_days: Number
    silence_gaps: Number
    silence_hour: Number
    silence_use_h: Number


@dataclass(frozen=True, slots=True)
class LearningRules:
    """From how many answers something is learned, and which of them count."""

    sweat_least: Number
    sweat_least_kcal: Number
    mild_from_c: Number
    warm_from_c: Number
    rpe_least: Number
    rpe_odd: Number
    odd_share: Number


@dataclass(frozen=True, slots=True)
class Rules:
    """All numbers of the rules."""

    athlete: AthleteRules
    load: LoadRules
    intensity: IntensityRules
    rest: RestRules
    nights: NightRules
    stretching: StretchingRules
    hydration: HydrationRules
    glycogen: GlycogenRules
    before: BeforeRules
    avoid: AvoidRules
    omega3: Omega3Rules
    cooldown: CooldownRules
    red_flags: RedFlagRules
    overload: OverloadRules
    messages: MessageRules
    occasions: OccasionRules
    learning: LearningRules
