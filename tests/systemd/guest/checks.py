"""All that is checked on the booted machine, in this order.

The order saves time: a hung delivery thread is noticed after minutes, in which all else is looked at.
"""

from . import hanging, little_memory, readiness, sandbox, secrecy, session, staying_down, stopping

CHECKS = (
    readiness.a_unit_enabled_before_the_boot_runs_without_anybody_logging_in,
    hanging.a_delivery_thread_hangs_while_files_are_still_taken_in,
    hanging.a_main_loop_hangs,
    readiness.enabling_starts_it_and_it_is_active_only_once_the_folder_is_watched,
    readiness.a_file_that_comes_then_is_told_by_the_address_in_the_credential_store,
    readiness.state_and_database_are_for_the_athlete_alone,
    readiness.what_is_mounted_into_the_home_later_is_seen,
    readiness.a_folder_that_is_missing_at_the_start_is_waited_for_and_then_watched,
    readiness.a_credential_named_by_its_path_reaches_the_service,
    little_memory.a_zip_that_needs_more_memory_than_the_unit_has_holds_up_no_other_file,
    secrecy.the_address_is_in_no_environment_and_no_command_line,
    secrecy.the_address_is_in_nothing_that_systemd_shows,
    secrecy.the_address_can_be_read_by_no_other_user,
    secrecy.the_address_is_not_in_the_database_nor_in_what_hersteld_answers,
    sandbox.a_probe_runs_in_the_place_of_the_service,
    sandbox.it_can_read_the_watched_folder_its_credential_and_write_its_state,
    sandbox.it_cannot_write_change_rename_or_delete_in_the_watched_folder,
    sandbox.it_cannot_write_in_the_home_nor_the_system,
    sandbox.it_cannot_read_other_homes_even_those_open_to_all,
    sandbox.it_cannot_read_state_credentials_processes_or_temporary_files_of_others,
    sandbox.it_cannot_reach_devices_or_raw_sockets,
    sandbox.the_running_unit_is_exposed_no_more_than_one_and_a_half_of_ten,
    little_memory.that_zip_is_set_aside_after_the_second_time_and_named_and_the_service_lives_on,
    staying_down.a_wrong_configuration_is_not_started_again,
    staying_down.a_damaged_database_is_not_started_again,
    staying_down.a_second_instance_is_not_started_again,
    hanging.a_hung_main_loop_is_ended_by_the_watchdog_and_started_again,
    stopping.a_stop_takes_less_than_five_seconds_with_a_message_on_its_way,
    stopping.what_the_stop_cut_off_is_sent_at_the_next_start,
    stopping.an_idle_service_stops_in_less_than_five_seconds,
    session.a_user_enables_the_user_unit_and_it_is_active_only_once_the_folder_is_watched,
    session.a_file_becomes_a_bubble_on_the_session_bus,
    session.the_history_of_the_user_unit_is_where_a_run_by_hand_keeps_it,
    session.the_user_unit_stops_in_less_than_five_seconds,
    staying_down.a_service_that_ends_at_once_is_started_again_and_again,
    hanging.a_hung_delivery_thread_is_ended_by_the_watchdog_and_its_message_sent_once,
    staying_down.a_service_that_ends_at_once_stays_down_in_the_end,
    hanging.a_service_ended_by_the_watchdog_leaves_no_core_file,
    secrecy.the_journal_holds_no_address,
)
