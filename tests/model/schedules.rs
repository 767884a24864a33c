//! Schedules that are kept: each broke a law once, and replays alone.

use cph_wizard::purchase::intents::ListSource;

use crate::explore::replay;
use crate::invariants::FactState;
use crate::program::Program;
use crate::world::Action::{Ask, BreakEarly, Confirm, Hear, List, Lose, Pass, Search, Send};
use crate::world::Answer::Rejected;
use crate::world::ProcessId::P1;
use crate::world::{Action, Budget, Change, CrashPoint, Minutes, Orders, Process, World};

/// As much of everything as a schedule needs.
const ENOUGH: Budget = Budget { confirmations: 3, readings: 20, crashes: 2, events: 40 };

/// Lets a schedule happen; what the journal says of each confirmation at its end.
fn after(source: ListSource, schedule: &[Action]) -> (World, Vec<FactState>) {
    let mut program = Program::reading(source);
    let world = replay(&mut program, ENOUGH, schedule).unwrap();
    let said = program.facts(world.journal).all().map(|(_, fact)| fact.is).collect();
    (world, said)
}

fn ask(change: Change) -> Action {
    Ask { by: P1, change, is_list_read: true }
}

fn search(order: u8) -> Action {
    Search { by: P1, order, until: CrashPoint::End }
}

#[test]
fn an_unpaid_order_whose_answer_is_lost_stays_unknown_and_is_asked_about() {
    let mut schedule = vec![ask(Change::Same), Confirm(P1), Send(P1), Lose(P1)];
    // 45 minutes of readings.
    for _ in 0..9 {
        schedule.extend([Pass(Minutes::Five), search(0)]);
    }
    schedule.push(ask(Change::Same));
    let (world, said) = after(ListSource::ServerList, &schedule);
    assert_eq!(said, [FactState::Unknown]);
    let Process::Asked { second, .. } = world.processes[0] else { panic!("{world:?}") };
    assert_eq!(second, Orders::default().with(0), "SECOND is asked for");
}

#[test]
fn the_order_of_another_confirmation_of_the_same_name_is_not_found_for_this_one() {
    for end in [Lose(P1), Hear(P1, Rejected)] {
        let first = [ask(Change::Same), Confirm(P1), Send(P1), end];
        let second = [ask(Change::Same), Confirm(P1), BreakEarly(P1)];
        let schedule = [&first[..], &second, &[List(0), search(1)]].concat();
        let (_, said) = after(ListSource::ServerList, &schedule);
        assert_eq!(said[1], FactState::Unknown, "after {end:?}");
    }
}
