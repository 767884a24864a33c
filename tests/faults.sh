#!/usr/bin/env bash
# Shows that the tests have teeth: plants one fault after the other and says which test catches it.
#
# The faults are patches of tests/faults, all applied to one scratch copy, in which the variable CPH_WIZARD_FAULT switches one
# of them on. So the sources hold nothing of them, and one more build is enough; a patch that no longer applies fails. A fault
# is caught if the test that is named for it fails with the words that are named for it. Without a fault all of these tests
# have to pass first. `tests/faults.sh NAME...` takes these faults only.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never
export CPH_WIZARD_KILLS="${CPH_WIZARD_KILLS:-3}"
unset CPH_WIZARD_FAULT RUST_BACKTRACE

# Fault | what is wrong then | suite | test that catches it | words of its failure
table() {
    cat <<'TABLE'
no-sync                    | a record is not synced before it is acted on         | lib      | purchase::tests::write_ahead::every_step_is_on_the_disk_before_the_next_one                         | left: ["intent", "told: sending"
failed-sync-sends          | a SENDING that could not be synced is sent           | lib      | api::http::gated_body::tests::what_could_not_be_done_before_withholds_the_body                               | BodyClosed
sending-after-first-byte   | SENDING is written after the call                    | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | invariant 4
sent-again                 | a timeout or a reset is followed by a second POST    | lib      | purchase::tests::simulator::an_order_without_a_clear_answer_is_unknown_and_sent_once             | failed
redirects-followed         | redirects are followed                               | lib      | api::tests::purchase::a_redirect_is_seen_and_not_followed                                        | status: 200
pooled-connection          | a purchase goes over a connection of another one     | lib      | api::tests::purchase::each_purchase_has_a_connection_of_its_own                                  | [0, 0, 0]
no-lock                    | the journal is not locked against other processes    | lib      | purchase::tests::simulator::an_order_that_cannot_be_kept_first_is_not_sent                       | Sending
body-rebuilt               | other bytes are sent than were confirmed             | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | invariant 6
unknown-not-sent           | a 5xx counts as "not sent"                           | lib      | purchase::tests::classify::every_answer_gets_the_verdict_of_the_table                               | "not sent"
told-before-sync           | the outcome is told before it is on the disk         | lib      | purchase::tests::write_ahead::every_step_is_on_the_disk_before_the_next_one                         | "told: concluded", "outcome"
rejected-key-used-again    | a key that was rejected is sent again                | lib      | api::tests::auth::a_wrong_key_is_sent_once_however_many_calls_wait                          | !seen.body_requested
unsigned-body              | the signature does not cover the body                | lib      | api::tests::auth::every_call_of_a_key_is_signed_over_what_is_sent                           | POST /v1
interrupted-not-sent       | a run that ended while sending counts as NOT_SENT    | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | the journal says NOT_SENT
server-list-proves-absence | an unpaid order that is not listed ends as NOT_FOUND | purchase | reconciliation::an_unpaid_order_whose_answer_is_lost_stays_unknown_and_the_next_one_is_asked_about        | left: Some(0)
one-reading-proves-absence | one reading is enough for NOT_FOUND                  | lib      | purchase::intents::evidence::tests::a_negative_takes_both_readings_and_time                      | is_enough(4, 9999)
readings-at-once-count     | readings within one minute count                     | lib      | purchase::intents::tests::evidence::a_negative_takes_five_complete_readings_and_twenty_minutes      | left: 
gaps-ignored               | a list that may lack something passes for whole      | purchase | reconciliation::a_list_that_may_lack_something_is_no_reading                                              | without a look at the servers --second is needed
guard-same-bytes-only      | only the same bytes are asked about                  | purchase | reconciliation::an_unpaid_order_whose_answer_is_lost_stays_unknown_and_the_next_one_is_asked_about        | s later
guard-forgets              | an UNKNOWN order is asked about for 15 minutes only  | lib      | purchase::intents::tests::duplicates::an_open_order_is_asked_about_without_a_limit_by_name_or_by_servers | left: []
not-placed-at-once         | "not placed" is accepted right after SENDING         | purchase | reconciliation::a_user_closes_an_order_and_a_later_reading_overrules_that_it_was_not_placed               | too early
known-servers-count        | servers from before the order count as its own       | lib      | purchase::tests::server_match::a_name_that_existed_or_was_not_looked_at_settles_nothing               | left: 
name-alone-settles         | a name that existed before settles the order         | lib      | purchase::tests::server_match::a_name_that_existed_or_was_not_looked_at_settles_nothing               | left: 
flavors-not-compared       | servers of other flavors are taken for the order's   | purchase | reconciliation::an_order_of_somebody_else_is_never_ours                                                   | of another server flavor
count-not-compared         | more servers than ordered are taken for the order's  | purchase | reconciliation::an_order_of_somebody_else_is_never_ours                                                   | with more servers
any-order-id               | any text passes for an order id                      | purchase | reconciliation::an_order_of_somebody_else_is_never_ours                                                   | with escapes
rejection-unchecked        | a reported rejection is never checked                | purchase | reconciliation::a_rejection_with_an_order_is_found_out_at_the_next_start                                  | String("REJECTED")
conflict-exits-0           | a conflict is passed over in silence                 | purchase | reconciliation::two_orders_that_are_surely_ours_are_a_conflict_until_a_user_resolves_it                   | every time
identity-unchecked         | a journal that was moved or removed is used          | purchase | moved_files::an_order_whose_files_are_gone_before_it_is_sent_is_not_sent                               | the directory is removed
last-first                 | journal.last is written before its record            | lib      | purchase::journal::tests::io_faults::an_append_is_check_write_sync_and_then_last_and_only_an_intent_reserves | write_last
loss-ignored               | a journal that lost its end is bought with           | lib      | purchase::journal::tests::last_record::a_journal_that_was_cut_behind_any_record_is_noticed_and_what_was_sent_is_not_called_unsent | it is noticed
unsettled-archived         | an UNKNOWN order is archived, and nothing asks for it | lib      | purchase::intents::tests::archivable::settled_orders_go_thirty_days_after_their_last_record        | left: true
archive-not-cut            | an archive that was left half written is added to    | purchase | archive::killed_at_any_step_no_order_is_lost_or_shown_twice                                     | the archive is damaged
parents-unchecked          | a directory that others can replace holds the journal | lib      | purchase::journal::tests::parent_directories::a_parent_that_others_may_write_is_refused_with_the_command_that_mends_it | Ok(Writable(
clocks-not-compared        | a negative rests on a wrong clock                    | lib      | purchase::intents::tests::evidence::a_negative_takes_measured_clocks_that_agree                     | Some(28800)
one-clock-trusted          | a turned clock shortens a wait                       | lib      | purchase::intents::tests::evidence::the_clock_cannot_shorten_the_wait_before_not_placed             | left: Ok
TABLE
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Every patch has its row, and the other way round; the first one only brings the switch.
diff <(cd tests/faults && printf '%s\n' [0-9]*.patch | sed 's/^[0-9]*-//; s/\.patch$//' | grep -vx mutation | sort) \
    <(table | cut -d' ' -f1 | sort) || { echo 'the patches of tests/faults and the rows of this script differ'; exit 1; }

mkdir "$work/copy"
git ls-files -z | xargs -0 cp --parents --target-directory="$work/copy"
for patch in "$PWD"/tests/faults/*.patch; do
    (cd "$work/copy" && git apply "$patch") || { echo "$patch does not apply any more"; exit 1; }
done

# The libraries are those of the ordinary build. Copies, so that another build in the meantime changes nothing.
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}" cargo test --manifest-path "$work/copy/Cargo.toml" --locked --lib \
    --test purchase --no-run --message-format=json-render-diagnostics \
    | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' >"$work/built"
cp "$(grep '/cph_wizard-[0-9a-f]*$' "$work/built")" "$work/lib"
cp "$(grep '/purchase-[0-9a-f]*$' "$work/built")" "$work/purchase"
cp "$(grep '/cph-wizard$' "$work/built")" "$work/cph-wizard"
export CPH_WIZARD_BIN="$work/cph-wizard"

# Runs one suite, with one fault or none; it never hangs.
run() { CPH_WIZARD_FAULT="$2" timeout 300 "$work/$1" "${@:3}" >"$work/said" 2>&1; }

for suite in lib purchase; do
    mapfile -t tests < <(table | awk -F' *[|] ' -v suite="$suite" '$3 == suite { print $4 }' | sort -u)
    if ! run "$suite" none --exact "${tests[@]}" || ! grep -q "^test result: ok. ${#tests[@]} passed" "$work/said"; then
        cat "$work/said"
        echo "the tests of $suite do not pass without a fault, or are not all there"
        exit 1
    fi
done

planted=0 caught=0
while IFS='|' read -r name what suite test words; do
    read -r name <<<"$name" && read -r suite <<<"$suite" && read -r test <<<"$test"
    what="${what# }" words="${words# }"
    if (($#)) && [[ " $* " != *" $name "* ]]; then continue; fi
    planted=$((planted + 1))
    if ! run "$suite" "$name" --exact "$test" && grep -q "^test $test \.\.\. FAILED" "$work/said" \
        && grep -qF -- "$words" "$work/said"; then
        caught=$((caught + 1))
        printf 'fault %-24s  %s  caught by %s\n' "$name" "$what" "$test"
    else
        printf 'fault %-24s  %s  NOT CAUGHT by %s:\n' "$name" "$what" "$test"
        sed 's/^/    /' "$work/said"
    fi
done < <(table)

echo "$caught of $planted planted faults caught"
((planted > 0 && caught == planted))
