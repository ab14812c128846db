"""Which numbers do the keys have? `recovery.rules` has those of the load and the rest, and all of them together."""

from dataclasses import dataclass

from hersteld.recovery.numbers import Number, Numbers


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
    bath_cold_c: Number
    bath_until_age: Number
    bath_quiet_h: Number
    reminder_expires_min: Number


@dataclass(frozen=True, slots=True)
class HydrationRules:
    """Key 3: hydration."""

    replaced_share: Number
    first_portion_ml: Number
    portion_ml: Number
    interval_min: Number
    min_portion_ml: Number
    step_ml: Number
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
    swim_lph: Number
    kcal_per_kj: Number
    hr_energy_male: Numbers
    hr_energy_female: Numbers
    hr_energy_kj_per_kcal: Number
    hr_energy_age: Number
    hr_energy_from_bpm: Number
    hr_energy_none_bpm: Number
    temperature_c: Number
    device_max_lph: Number
    drunk_lph: Number
    drunk_from_min: Number
    drunk_share: Number
    nothing_below_ml: Number
    thirst_below_share: Number
    most_estimated_ml: Number
    most_estimated_ml_per_kg: Number
    max_weighed_l: Number
    max_first_ml_per_kg: Number
    unweighed_max_h: Number
    last_hour_ml: Number
    last_hour_h: Number
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
    glucose_from_h: Number
    night_min: Number
    soon_h: Number
    soon_g_per_kg_per_h: Number
    soon_for_h: Number


@dataclass(frozen=True, slots=True)
class BeforeRules:
    """Key 4: before a training that is planned."""

    meal_h: Number
    meal_until_h: Number
    long_min: Number
    evening_hour: Number


@dataclass(frozen=True, slots=True)
class AvoidRules:
    """Key 5: what to avoid."""

    window_h: Number
    long_h: Number
    heat_c: Number
    gentle_heat_min: Number
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
    heat_min: Number
    cold_c: Number
    loss_share: Number


@dataclass(frozen=True, slots=True)
class OverloadRules:
    """Key 1, over weeks: the signs that an athlete trains more than they recover from."""

    monotony_above: Number
    monotony_max: Number
    strain_percentile: Number
    own_weeks: Number
    form_below: Number
    hard_days: Number
    resting_hr_days: Number
    resting_hr_above_bpm: Number
    rmssd_days: Number
    rmssd_sds: Number
    quality_below: Number
    quality_days: Number
    quality_under: Number
    nights_a_week: Number
    baseline_nights: Number
    agreeing: Number
    silence_days: Number
    expires_h: Number
