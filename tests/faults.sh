#!/usr/bin/env bash
# Shows that the tests have teeth: plants one fault after the other and says which test catches it.
#
# A fault is caught if the test that is named for it fails with the words that are named for it.
# Before any fault is planted, all of these tests have to pass. `tests/faults.sh NAME...` takes
# these faults only.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never
export CPH_WIZARD_KILLS="${CPH_WIZARD_KILLS:-3}"
unset CPH_WIZARD_FAULT RUST_BACKTRACE

# Fault | what is wrong then | suite | test that catches it | words of its failure
table() {
    cat <<'TABLE'
no-sync                  | a record is not synced before it is acted on      | lib      | purchase::tests::sequence::every_step_is_on_the_disk_before_the_next_one                         | left: ["intent", "told: sending"
failed-sync-sends        | a SENDING that could not be synced is sent        | lib      | api::gate::tests::what_could_not_be_done_before_withholds_the_body                               | Sealed
sending-after-first-byte | SENDING is written after the call                 | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | invariant 4
sent-again               | a timeout or a reset is followed by a second POST | lib      | purchase::tests::simulated::an_order_without_a_clear_answer_is_unknown_and_sent_once             | failed: reset-before-answer
redirects-followed       | redirects are followed                            | lib      | api::tests::purchase::a_redirect_is_seen_and_not_followed                                        | status: 200
pooled-connection        | a purchase goes over a connection of another one  | lib      | api::tests::purchase::each_purchase_has_a_connection_of_its_own                                  | [0, 0, 0]
one-listing-proves       | one listing without the order proves NOT_FOUND    | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | the journal says NOT_FOUND
no-lock                  | the journal is not locked against other processes | lib      | purchase::tests::simulated::an_order_that_cannot_be_kept_first_is_not_sent                       | obstacle
identity-unchecked       | a journal that was moved or removed is used       | lib      | purchase::journal::tests::identity::with_files_that_were_moved_removed_replaced_or_changed_nothing_is_written_and_nothing_sent | the directory is removed
last-first               | journal.last is written before its record         | lib      | purchase::journal::tests::faults::an_append_is_check_write_sync_and_then_last_and_only_an_intent_reserves | write_last
loss-ignored             | a journal that lost its end is bought with        | lib      | purchase::journal::tests::last::a_journal_that_was_cut_behind_any_record_is_noticed_and_what_was_sent_is_not_called_unsent | it is noticed
body-rebuilt             | other bytes are sent than were confirmed          | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | invariant 6
unknown-not-sent         | a 5xx counts as "not sent"                        | lib      | purchase::tests::table::every_answer_gets_the_verdict_of_the_table                               | "not sent"
told-before-sync         | the outcome is told before it is on the disk      | lib      | purchase::tests::sequence::every_step_is_on_the_disk_before_the_next_one                         | "told: concluded", "outcome"
refused-key-used-again   | a key that was refused is sent again              | lib      | api::tests::authority::a_wrong_key_is_sent_once_however_many_calls_wait                          | !seen.body_asked
unsigned-body            | the signature does not cover the body             | lib      | api::tests::authority::every_call_of_a_key_is_signed_over_what_is_sent                           | POST /v1
interrupted-not-sent     | a run that ended while sending counts as NOT_SENT | purchase | kills::killed_at_any_named_point_nothing_is_bought_twice_or_lost                                 | the journal says NOT_SENT
TABLE
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Copies, so that another build in the meantime changes nothing.
cargo test --locked --features planted-faults --lib --test purchase --no-run --message-format=json-render-diagnostics \
    | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' >"$work/built"
cp "$(grep '/cph_wizard-[0-9a-f]*$' "$work/built")" "$work/lib"
cp "$(grep '/purchase-[0-9a-f]*$' "$work/built")" "$work/purchase"
cp "$(grep '/cph-wizard$' "$work/built")" "$work/cph-wizard"
export CPH_WIZARD_BIN="$work/cph-wizard"

# Every fault of the sources has its row, and the other way round.
diff <(grep -rhoE --include='*.rs' 'is_planted\("[^"]+"\)' src | cut -d'"' -f2 | sort -u) <(table | cut -d' ' -f1 | sort) \
    || { echo 'the faults of src and those of this script differ'; exit 1; }

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
