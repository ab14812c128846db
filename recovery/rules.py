"""Which numbers do the rules have? `config/rules.toml` has their values, ranges, kinds and sources.

Every field here has an entry there, and every entry a field; a test makes sure of it.
"""

from dataclasses import dataclass

from hersteld.recovery.numbers import Number, Numbers

VERSION = 2
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


@dataclass(frozen=True, slots=True)
class LoadRules:
    """The numbers of the load ladder."""

    hr_low_bpm: Number
    hr_high_bpm: Number
    gap_s: Number
    coverage_full: Number
    coverage_min: Number
    power_min_s: Number
    power_window_s: Number
    trimp_k_male: Number
    trimp_b_male: Number
    trimp_k_female: Number
    trimp_b_female: Number
    zone_weights: Numbers
    zone_threshold_weight: Number
    per_hour_by_rpe: Numbers
    rpe_strenuous: Number
    rpe_other: Number
    rpe_gentle: Number
    power_high_w: Number
    max_per_hour: Number
    considerable_share: Number


@dataclass(frozen=True, slots=True)
class IntensityRules:
    """Which intensity a workout has, and when it counts as hard."""

    reserve_bounds: Numbers
    load_per_hour_bounds: Numbers
    hard_load: Number
    very_hard_load: Number
    threshold_min: Number
    near_maximal_min: Number
    ftp_share: Number
    strength_min: Number


@dataclass(frozen=True, slots=True)
class RestRules:
    """Key 1: rest between workouts."""

    curve_load: Numbers
    curve_h: Numbers
    floor_threshold_h: Number
    floor_near_maximal_h: Number
    floor_strength_h: Number
    floor_long_run_h: Number
    long_run_km: Number
    long_run_h: Number
    max_h: Number
    level_beginner: Number
    level_recreational: Number
    level_trained: Number
    level_elite: Number
    busy_week_max: Number
    history_days: Number
    fitness_days: Number
    fatigue_days: Number
    carry_share: Number
    easy_share: Number
    beginner_days: Number
    beginner_exempt_min: Number
    beginner_exempt_above_light_s: Number
    ready_min_h: Number
    ready_expires_h: Number


@dataclass(frozen=True, slots=True)
class StretchingRules:
    """Key 2: stretching and the cold bath."""

    duration_min: Number
    expires_h: Number
    evening_until_hour: Number
    min_workout_min: Number
    bath_low_c: Number
    bath_high_c: Number
    bath_low_min: Number
    bath_high_min: Number
    bath_within_h: Number
    reminder_expires_min: Number


@dataclass(frozen=True, slots=True)
class HydrationRules:
    """Key 3: hydration."""

    replaced_share: Number
    first_portion_ml: Number
    portion_ml: Number
    interval_min: Number
    min_portion_ml: Number
    expires_h: Number
    sweat_ml_per_kcal: Number
    heat_base: Number
    heat_per_c: Number
    heat_from_c: Number
    heat_min: Number
    heat_max: Number
    sweat_min_lph: Number
    sweat_max_lph: Number
    sweat_lph_by_intensity: Numbers
    sweat_reference_kg: Number
    warm_per_c: Number
    warm_from_c: Number
    warm_min: Number
    warm_max: Number
    pool_lph: Number
    temperature_c: Number
    uncertainty: Number
    device_max_lph: Number
    drunk_lph: Number
    drunk_from_min: Number
    thirst_below_share: Number
    max_estimated_l: Number
    max_weighed_l: Number
    max_first_ml_per_kg: Number
    unweighed_max_h: Number
    max_estimated_share: Number
    max_portion_ml_per_kg: Number


@dataclass(frozen=True, slots=True)
class GlycogenRules:
    """Key 4: glycogen."""

    meal_load: Number
    protein_load: Number
    carbohydrate_g_per_kg: Number
    protein_g_per_kg: Number
    protein_max_g: Number
    within_h: Number
    expires_h: Number
    reminder_min: Number
    nothing_below_min: Number
    soon_h: Number
    soon_g_per_kg_per_h: Number
    soon_for_h: Number


@dataclass(frozen=True, slots=True)
class AvoidRules:
    """Key 5: what to avoid."""

    window_h: Number
    evening_hour: Number


@dataclass(frozen=True, slots=True)
class Omega3Rules:
    """Key 6: omega-3."""

    load: Number


@dataclass(frozen=True, slots=True)
class CooldownRules:
    """Warm-up and cool-down, as the heart rate tells them."""

    last_min: Number
    cooldown_reserve_share: Number
    block_s: Number
    warmup_reserve_share: Number
    warmup_within_min: Number
    line_within_min: Number
    walk_min: Number
    easy_start_min: Number


@dataclass(frozen=True, slots=True)
class RedFlagRules:
    """When to name the signs that need a doctor."""

    hr_above_max_bpm: Number
    hr_above_max_s: Number
    duration_h: Number
    heat_c: Number
    loss_share: Number


@dataclass(frozen=True, slots=True)
class MessageRules:
    """When advice becomes a message, and which workouts are told together."""

    late_h: Number
    backlog_count: Number
    per_day: Number
    brick_gap_h: Number
    same_overlap: Number
    same_path_overlap: Number
    min_workout_min: Number
    digest_expires_h: Number
    correct_from_h: Number
    night_from_hour: Number
    night_until_hour: Number


@dataclass(frozen=True, slots=True)
class Rules:
    """All numbers of the rules."""

    athlete: AthleteRules
    load: LoadRules
    intensity: IntensityRules
    rest: RestRules
    stretching: StretchingRules
    hydration: HydrationRules
    glycogen: GlycogenRules
    avoid: AvoidRules
    omega3: Omega3Rules
    cooldown: CooldownRules
    red_flags: RedFlagRules
    messages: MessageRules
