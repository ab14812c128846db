"""Which fields and values do watches write that `fitparse.profile` (of March 2019) has no name for?

Only what this package reads is listed. Numbers and names are those of the FIT profile published since. The fields
marked "undocumented" are in no profile; they were found by comparing files with what the watch showed.
"""

from typing import NamedTuple


class Addition(NamedTuple):
    """A field that was added: value = stored / scale - offset."""

    name: str
    scale: float
    offset: float
    units: str


FIELDS: dict[tuple[int, int], Addition] = {
    (3, 24): Addition("birth_year", 1, 0, ""),  # undocumented: years since 1900
    (18, 150): Addition("min_temperature", 1, 0, "C"),
    (18, 168): Addition("training_load_peak", 65536, 0, ""),
    (18, 178): Addition("sweat_loss", 1, 0, "ml"),  # undocumented
    (18, 192): Addition("workout_feel", 1, 0, ""),
    (18, 193): Addition("workout_rpe", 1, 0, ""),
    (140, 9): Addition("recovery_time", 1, 0, "min"),  # undocumented
    (216, 0): Addition("reference_mesg", 1, 0, ""),
    (216, 1): Addition("reference_index", 1, 0, ""),
    (216, 2): Addition("time_in_hr_zone", 1000, 0, "s"),
    (216, 11): Addition("max_heart_rate", 1, 0, "bpm"),
    (216, 12): Addition("resting_heart_rate", 1, 0, "bpm"),
    (216, 13): Addition("threshold_heart_rate", 1, 0, "bpm"),
    (216, 15): Addition("functional_threshold_power", 1, 0, "watts"),
    (211, 0): Addition("resting_heart_rate", 1, 0, "bpm"),
    (211, 1): Addition("current_day_resting_heart_rate", 1, 0, "bpm"),
    (273, 2): Addition("local_timestamp", 1, 0, ""),  # undocumented
    (275, 0): Addition("sleep_level", 1, 0, ""),
    (290, 0): Addition("timestamp_ms", 1, 0, "ms"),
    (290, 1): Addition("time", 1, 0, "ms"),
    (346, 6): Addition("overall_sleep_score", 1, 0, ""),
    (346, 8): Addition("sleep_recovery_score", 1, 0, ""),
    (346, 11): Addition("awakenings_count", 1, 0, ""),
    (346, 15): Addition("average_stress_during_sleep", 100, 0, ""),
    (370, 0): Addition("weekly_average", 128, 0, "ms"),
    (370, 1): Addition("last_night_average", 128, 0, "ms"),
    (370, 2): Addition("last_night_5_min_high", 128, 0, "ms"),
    (370, 3): Addition("baseline_low_upper", 128, 0, "ms"),
    (370, 4): Addition("baseline_balanced_lower", 128, 0, "ms"),
    (370, 5): Addition("baseline_balanced_upper", 128, 0, "ms"),
    (370, 6): Addition("status", 1, 0, ""),
    (371, 0): Addition("value", 128, 0, "ms"),
}

_SPORTS = """ 49 baseball 53 diving 56 shooting 58 winter_sport 59 grinding 62 hiit 63 video_gaming 64 racket 65
wheelchair_push_walk 66 wheelchair_push_run 67 meditation 68 para_sport 69 disc_golf 70 team_sport 71 cricket 72
rugby 73 hockey 74 lacrosse 75 volleyball 76 water_tubing 77 wakesurfing 78 water_sport 79 archery 80
mixed_martial_arts 81 motor_sports 82 snorkeling 83 dance 84 jump_rope 85 pool_apnea 86 mobility 87 geocaching 88
canoeing
"""
_SUB_SPORTS = """ 62 breathing 63 ccr_diving 65 sail_race 66 expedition 67 ultra 68 indoor_climbing 69 bouldering 70
hiit 71 indoor_grinding 72 hunting_with_dogs 73 amrap 74 emom 75 tabata 77 esport 78 triathlon 79 duathlon 80 brick
81 swim_run 82 adventure_race 83 trucker_workout 84 pickleball 85 padel 86 indoor_wheelchair_walk 87
indoor_wheelchair_run 88 indoor_hand_cycling 90 field 91 ice 92 ultimate 93 platform 94 squash 95 badminton 96
racquetball 97 table_tennis 98 overland 99 trolling_motor 110 fly_canopy 111 fly_paraglide 112 fly_paramotor 113
fly_pressurized 114 fly_navigate 115 fly_timer 116 fly_altimeter 117 fly_wx 118 fly_vfr 119 fly_ifr 121
dynamic_apnea 123 enduro 124 rucking 125 rally 126 pool_triathlon 127 e_bike_enduro
"""
_EXERCISES = """
33 bike 34 cardio_sensors 35 move 36 pose 37 banded_exercises 38 battle_rope 39 elliptical 40 floor_climb 41 indoor_bike
42 indoor_row 43 ladder 44 sandbag 45 sled 46 sledge_hammer 47 stair_stepper 49 suspension 50 tire 52 run_indoor
53 bike_outdoor
"""
_MAKERS = """
41 shimano 125 nci_technology 126 iqsquare 127 leomo 128 ifit_com 129 coros_byte 130 versa_design 131 chileaf
132 cycplus 133 gravaa_byte 134 sigeyi 135 coospo 136 geoid 137 bosch 138 kyto 139 kinetic_sports 140 decathlon_byte
141 tq_systems 142 tag_heuer 143 keiser_fitness 144 zwift_byte 145 porsche_ep 146 blackbird 147 meilan_byte 148 ezon
149 laisi 150 myzone 151 abawo 152 bafang 153 luhong_technology 294 coros 295 virtugo 296 velosense 297 cycligentinc
298 trailforks 299 mahle_ebikemotion 300 nurvv 301 microprogram 302 zone5cloud 303 greenteg 304 yamaha_motors 305 whoop
306 gravaa 307 onelap 308 monark_exercise 309 form 310 decathlon 311 syncros 312 heatup 313 cannondale 314 true_fitness
315 RGT_cycling 316 vasa 317 race_republic 318 fazua 319 oreka_training 320 lsec 321 lululemon_studio 322 shanyue
323 spinning_mda 324 hilldating 325 aero_sensor 326 nike 327 magicshine 328 ictrainer 329 absolute_cycling
330 eo_swimbetter 331 mywhoosh 332 ravemen 333 tektro_racing_products 334 darad_innovation_corporation 335 cycloptim
337 runna 339 zepp 340 peloton 341 carv 342 tissot 345 real_velo 346 wetech 347 jespr 348 huawei 349 gotoes
350 cadence_app 351 una_watch 352 tymewear 353 exposure_lights 354 forto_cycling
"""
_GARMIN_PRODUCTS = """
13 hrm4_run_single_byte_product_id 15 gen3_bsm_single_byte_product_id 16 gen3_bcm_single_byte_product_id
22 hrm_fit_single_byte_product_id 255 OHR 1405 approach_g10 2158 fr735xt 2187 d2airvenu 2260 edge520_asia
2261 edge520_japan 2271 vivo_smart2 2274 edge1000_thai 2288 edge25_asia 2289 edge25_jpn 2290 edge20_asia
2292 approach_x40 2293 fenix3_japan 2294 vivo_smart_emea 2310 fr630_asia 2311 fr630_jpn 2313 fr230_jpn 2332 epix_japan
2361 vivo_smart_hr_asia 2362 vivo_smart_gps_hr_asia 2379 varia_taillight 2396 fr235_asia 2397 fr235_japan
2407 fenix3_korea 2408 fenix3_sea 2457 epix_korea 2473 fenix3_hr_chn 2474 fenix3_hr_twn 2475 fenix3_hr_jpn
2476 fenix3_hr_sea 2477 fenix3_hr_kor 2497 vivo_active_hr_apac 2503 fr35 2512 oregon7xx_ww 2533 fr735xt_apac
2534 fr735xt_japan 2599 edge_820_china 2600 edge_820_japan 2622 vivo_smart3 2623 vivo_sport 2628 edge_820_taiwan
2629 edge_820_korea 2630 edge_820_sea 2650 fr35_hebrew 2656 approach_s60 2667 fr35_apac 2668 fr35_japan
2675 fenix3_chronos_asia 2687 virb_360 2700 vivoactive3 2713 edge_1030 2727 fr35_sea 2733 fr235_china_nfc
2769 foretrex_601_701 2772 vivo_move_hr 2787 vector_3 2796 fenix5_asia 2797 fenix5s_asia 2798 fenix5x_asia
2806 approach_z80 2814 fr35_korea 2819 d2charlie 2831 vivo_smart3_apac 2832 vivo_sport_apac 2833 fr935_asia 2859 descent
2878 vivo_fit4 2886 fr645 2888 fr645m 2891 fr30 2900 fenix5s_plus 2909 Edge_130 2924 edge_1030_asia 2927 vivosmart_4
2945 vivo_move_hr_asia 2962 approach_x10 2977 fr30_asia 2988 vivoactive3m_w 3003 fr645_asia 3004 fr645m_asia
3011 edge_explore 3028 gpsmap66 3049 approach_s10 3066 vivoactive3m_l 3076 fr245 3077 fr245_music 3085 approach_g80
3092 edge_130_asia 3095 edge_1030_bontrager 3110 fenix5_plus 3111 fenix5x_plus 3112 edge_520_plus 3113 fr945
3121 edge_530 3122 edge_830 3126 instinct_esports 3134 fenix5s_plus_apac 3135 fenix5x_plus_apac 3142 edge_520_plus_apac
3143 descent_t1 3144 fr235l_asia 3145 fr245_asia 3163 vivo_active3m_apac 3192 gen3_bsm 3193 gen3_bcm
3218 vivo_smart4_asia 3224 vivoactive4_small 3225 vivoactive4_large 3226 venu 3246 marq_driver 3247 marq_aviator
3248 marq_captain 3249 marq_commander 3250 marq_expedition 3251 marq_athlete 3258 descent_mk2 3282 fr45 3284 gpsmap66i
3287 fenix6S_sport 3288 fenix6S 3289 fenix6_sport 3290 fenix6 3291 fenix6x 3299 hrm_dual 3300 hrm_pro
3308 vivo_move3_premium 3314 approach_s40 3321 fr245m_asia 3349 edge_530_apac 3350 edge_830_apac 3378 vivo_move3
3387 vivo_active4_small_asia 3388 vivo_active4_large_asia 3389 vivo_active4_oled_asia 3405 swim2 3420 marq_driver_asia
3421 marq_aviator_asia 3422 vivo_move3_asia 3441 fr945_asia 3446 vivo_active3t_chn 3448 marq_captain_asia
3449 marq_commander_asia 3450 marq_expedition_asia 3451 marq_athlete_asia 3461 index_smart_scale_2 3466 instinct_solar
3469 fr45_asia 3473 vivoactive3_daimler 3498 legacy_rey 3499 legacy_darth_vader 3500 legacy_captain_marvel
3501 legacy_first_avenger 3512 fenix6s_sport_asia 3513 fenix6s_asia 3514 fenix6_sport_asia 3515 fenix6_asia
3516 fenix6x_asia 3535 legacy_captain_marvel_asia 3536 legacy_first_avenger_asia 3537 legacy_rey_asia
3538 legacy_darth_vader_asia 3542 descent_mk2s 3558 edge_130_plus 3570 edge_1030_plus 3578 rally_200 3589 fr745
3596 venusq_music 3599 venusq_music_v2 3600 venusq 3615 lily 3624 marq_adventurer 3638 enduro 3639 swim2_apac
3648 marq_adventurer_asia 3652 fr945_lte 3702 descent_mk2_asia 3703 venu2 3704 venu2s 3737 venu_daimler_asia
3739 marq_golfer 3740 venu_daimler 3794 fr745_asia 3808 varia_rct715 3809 lily_asia 3812 edge_1030_plus_asia
3813 edge_130_plus_asia 3823 approach_s12 3837 venusq_asia 3843 edge_1040 3850 marq_golfer_asia 3851 venu2_plus
3865 gnss 3869 fr55 3872 enduro_asia 3888 instinct_2 3889 instinct_2s 3905 fenix7s 3906 fenix7 3907 fenix7x
3908 fenix7s_apac 3909 fenix7_apac 3910 fenix7x_apac 3927 approach_g12 3930 descent_mk2s_asia 3934 approach_s42
3943 epix_gen2 3944 epix_gen2_apac 3949 venu2s_asia 3950 venu2_asia 3978 fr945_lte_asia 3982 vivo_move_sport
3983 vivomove_trend 3986 approach_S12_asia 3990 fr255_music 3991 fr255_small_music 3992 fr255 3993 fr255_small
4001 approach_g12_asia 4002 approach_s42_asia 4005 descent_g1 4017 venu2_plus_asia 4024 fr955 4033 fr55_asia
4061 edge_540 4062 edge_840 4063 vivosmart_5 4071 instinct_2_asia 4105 marq_gen2 4115 venusq2 4116 venusq2music
4124 marq_gen2_aviator 4125 d2_air_x10 4130 hrm_pro_plus 4132 descent_g1_asia 4135 tactix7 4155 instinct_crossover
4169 edge_explore2 4222 descent_mk3 4223 descent_mk3i 4233 approach_s70 4257 fr265_large 4258 fr265_small 4260 venu3
4261 venu3s 4265 tacx_neo_smart 4266 tacx_neo2_smart 4267 tacx_neo2_t_smart 4268 tacx_neo_smart_bike
4269 tacx_satori_smart 4270 tacx_flow_smart 4271 tacx_vortex_smart 4272 tacx_bushido_smart 4273 tacx_genius_smart
4274 tacx_flux_flux_s_smart 4275 tacx_flux2_smart 4276 tacx_magnum 4305 edge_1040_asia 4312 epix_gen2_pro_42
4313 epix_gen2_pro_47 4314 epix_gen2_pro_51 4315 fr965 4341 enduro2 4374 fenix7s_pro_solar 4375 fenix7_pro_solar
4376 fenix7x_pro_solar 4380 lily2 4394 instinct_2x 4426 vivoactive5 4432 fr165 4433 fr165_music 4440 edge_1050
4442 descent_t2 4446 hrm_fit 4472 marq_gen2_commander 4477 lily_athlete 4525 rally_x10 4532 fenix8_solar
4533 fenix8_solar_large 4534 fenix8_small 4536 fenix8 4556 d2_mach1_pro 4565 fr970 4570 fr570_large 4574 fr570_small
4575 enduro3 4583 instinctE_40mm 4584 instinctE_45mm 4585 instinct3_solar_45mm 4586 instinct3_amoled_45mm
4587 instinct3_amoled_50mm 4588 descent_g2 4595 fenix7_pro_solar_no_wifi 4603 venu_x1 4606 hrm_200 4625 vivoactive6
4631 fenix8_pro 4633 edge_550 4634 edge_850 4643 venu4 4644 venu4s 4647 approachS44 4655 edge_mtb 4656 approachS50
4666 fenix_e 4678 instinct_crossover_amoled 4745 bounce2 4759 instinct3_solar_50mm 4775 tactix8_amoled
4776 tactix8_solar 4814 fr170_music 4815 fr170 4825 approach_j1 4874 approach_s72_43mm 4875 approach_s72_47mm
4879 d2_mach2 4916 fr70_2026 4944 d2_air_x15 4952 fenix9_pro_43mm 4953 fenix9_pro_47mm 4954 fenix9_pro_51mm
4955 fenix9_pro_solar_47mm 4956 fenix9_pro_solar_51mm 5019 cirqa_smart_band 5056 d2_mach2_pro 5133 fenix9_43mm
5134 fenix9 5169 enduro4 20533 tacx_training_app_win 20534 tacx_training_app_mac 20565 tacx_training_app_mac_catalyst
30045 tacx_training_app_android 30046 tacx_training_app_ios 30047 tacx_training_app_legacy
30059 training_peaks_virtual_ios 30060 training_peaks_virtual_android 30061 training_peaks_virtual_windows
30062 training_peaks_virtual_mac_os 30063 training_peaks_virtual_apple_tv
"""


def _names(listing: str) -> dict[int, str]:
    words = listing.split()
    return {int(number): name for number, name in zip(words[0::2], words[1::2], strict=True)}


NAMES: dict[str, dict[int, str]] = {
    "sport": _names(_SPORTS),
    "sub_sport": _names(_SUB_SPORTS),
    "exercise_category": _names(_EXERCISES),
    "manufacturer": _names(_MAKERS),
    "garmin_product": _names(_GARMIN_PRODUCTS),
}
"""For each enumeration of the profile, the values that were added later."""
