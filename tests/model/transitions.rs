//! What can happen next, and what comes of it.

use crate::invariants::{FactState, Facts};
use crate::program::{Done, Ending, Program, ReportedState, Step};
use crate::world::{
    Action, Answer, BOTH, CHANGES, CRASHES, Change, CrashPoint, Listed, Minutes, Moment, News, Orders, Process,
    ProcessId, Request, SETTINGS, STRANGERS, Stranger, TIMES, World,
};
use cph_wizard::purchase::intents::ListSource;

/// Minutes after which a request that nobody waits for cannot arrive any more: its signature is too old by then.
const ARRIVES_WITHIN: u8 = 15;
/// Minutes after which a list of orders shows an order.
const LISTED_WITHIN: u8 = 5;

/// The world after an action, if it is possible. The error is a sentence: a law was broken by it.
type After = Result<Option<World>, String>;

/// Everything that may be possible.
pub fn candidates(can_prove_absence: bool, world: &World, facts: &Facts, into: &mut Vec<Action>) {
    into.clear();
    // With a list that proves nothing it does not matter between which steps of a process time passes.
    let can_pass = can_prove_absence || world.running.is_none();
    if world.news < News::Time && world.left.events > 0 && can_pass {
        into.extend(TIMES.map(Action::Pass));
    }
    if world.news < News::Clock && can_be_eventful(world) {
        into.extend(SETTINGS.map(Action::SetClock));
    }
    // A process goes on until it is done or interrupted.
    if let Some(by) = world.running {
        goes_on(world, by, into);
        if world.news == News::Nothing && can_be_eventful(world) {
            into.push(Action::Interrupt);
        }
        return;
    }
    into.extend((0..facts.len).map(Action::List));
    if can_be_eventful(world) {
        into.extend(STRANGERS.map(Action::Appear));
        into.push(Action::Blind);
    }
    for by in BOTH {
        if world.news < News::List {
            goes_on(world, by, into);
        }
        if world.processes[by as usize] == Process::Idle && !is_mirror(world, by) {
            begins(world, facts, by, into);
        }
    }
}

fn can_be_eventful(world: &World) -> bool {
    world.left.events > 0
}

fn can_crash(world: &World) -> bool {
    can_be_eventful(world) && world.left.crashes > 0
}

/// Whether the other process can do all that this one can.
fn is_mirror(world: &World, by: ProcessId) -> bool {
    by == ProcessId::P2 && world.processes[0] == world.processes[1]
}

/// What an idle process can begin.
fn begins(world: &World, facts: &Facts, by: ProcessId, into: &mut Vec<Action>) {
    // The first order is not a change of another one.
    let other = world.processes[1 - by as usize];
    let changes = if facts.len == 0 && other == Process::Idle { 1 } else { CHANGES.len() };
    for is_list_read in [true, false] {
        if !is_list_read && world.news == News::List {
            continue;
        }
        let changes = if is_list_read || can_be_eventful(world) { changes } else { 0 };
        into.extend(CHANGES[..changes].iter().map(|change| Action::Ask { by, change: *change, is_list_read }));
        for (order, _) in facts.all().filter(|(_, fact)| fact.can_be_resolved) {
            // Without the list only the time is less sure; the order id is taken all the same.
            into.push(Action::Resolve { by, order, is_placed: false, is_list_read });
            if is_list_read {
                into.push(Action::Resolve { by, order, is_placed: true, is_list_read });
            }
        }
    }
    for (order, fact) in facts.all() {
        if fact.can_be_searched && world.left.readings > 0 {
            into.push(Action::Search { by, order, until: CrashPoint::End });
            into.extend(can_be_eventful(world).then_some(Action::Read { by, order }));
            if can_crash(world) {
                into.extend(CRASHES.map(|until| Action::Search { by, order, until }));
            }
        }
        if world.news < News::List {
            into.push(Action::SendAgain { by, order });
            if fact.can_be_resolved && can_crash(world) {
                into.extend([true, false].map(|is_placed| Action::TearResolve { by, order, is_placed }));
            }
        }
    }
}

/// The next steps of a process that has begun something.
fn goes_on(world: &World, by: ProcessId, into: &mut Vec<Action>) {
    let can_crash = can_crash(world);
    // What comes to the same whatever the clock shows does not follow a change of the clock.
    let is_now = world.news == News::Nothing;
    match world.processes[by as usize] {
        Process::Idle => {}
        Process::Asked { .. } => {
            into.push(Action::Confirm(by));
            into.extend(can_crash.then_some(Action::Tear(by)));
        }
        Process::Confirmed { .. } => {
            into.push(Action::Send(by));
            if is_now {
                into.extend([Action::Refuse(by), Action::BreakEarly(by)]);
            }
            if is_now && can_crash {
                into.extend([Action::Kill(by), Action::Tear(by)]);
            }
        }
        Process::Sending { .. } => {
            into.extend([Action::Hear(by, Answer::Accepted), Action::Hear(by, Answer::Rejected), Action::Lose(by)]);
            if can_crash {
                into.extend([Action::Kill(by), Action::Tear(by)]);
            }
        }
        Process::Reading { .. } if is_now => {
            into.push(Action::Conclude { by, until: CrashPoint::End });
            if can_crash {
                into.extend(CRASHES.map(|until| Action::Conclude { by, until }));
            }
        }
        Process::Reading { .. } => {}
    }
}

/// Lets an action happen.
pub fn apply(program: &mut Program, world: &World, action: Action) -> After {
    let mut next = *world;
    (next.running, next.news) = (None, News::Nothing);
    let is_possible = match action {
        Action::Ask { by, change, is_list_read } => ask(program, &mut next, by, (change, is_list_read))?,
        Action::Confirm(by) => confirm(program, &mut next, by)?,
        Action::Send(by) => send(program, &mut next, by)?,
        Action::Refuse(by) => end(program, &mut next, by, Ending::NotConnected)?,
        Action::BreakEarly(by) => break_early(program, &mut next, by)?,
        Action::Hear(by, answer) => receive(program, &mut next, by, answer)?,
        Action::Lose(by) => lose(program, &mut next, by)?,
        Action::Kill(by) => crash(program, &mut next, by, false),
        Action::Tear(by) => tear(program, &mut next, by)?,
        Action::Read { by, order } => read(program, &mut next, by, order)? && spend(&mut next.left.events),
        Action::Search { by, order, until } => {
            read(program, &mut next, by, order)? && conclude(program, &mut next, by, until)?
        }
        Action::Conclude { by, until } => conclude(program, &mut next, by, until)?,
        Action::Resolve { by, order, is_placed, is_list_read } => {
            resolve(program, &mut next, by, (order, is_placed, is_list_read))?
        }
        Action::TearResolve { by, order, is_placed } => {
            let journal = open(program, &next, by)?;
            let is_kept = resolve(program, &mut next, by, (order, is_placed, false))?;
            next.journal = journal;
            is_kept && crash(program, &mut next, by, true)
        }
        Action::SendAgain { by, order } => send_again(program, &mut next, by, order)?,
        Action::List(order) => {
            let request = &mut next.requests[usize::from(order)];
            let is_possible = matches!(request, Request::Open { .. } | Request::Placed { is_listed: false, .. });
            *request = Request::Placed { is_listed: true, at: 0 };
            next.news = News::List;
            is_possible
        }
        Action::Appear(stranger) => appear(program, &mut next, stranger),
        Action::Blind => {
            let is_possible = program.source() == ListSource::OrderList && !next.is_blind;
            (next.is_blind, next.news) = (true, News::List);
            is_possible && spend(&mut next.left.events)
        }
        Action::Interrupt => spend(&mut next.left.events),
        Action::Pass(minutes) => {
            next.running = world.running;
            let is_possible = pass(program, &mut next, minutes);
            next.news = News::Time;
            is_possible
        }
        Action::SetClock(setting) => {
            let is_new = next.clock != setting;
            (next.running, next.news, next.clock) = (world.running, News::Clock, setting);
            is_new && spend(&mut next.left.events)
        }
    };
    if let Some(by) = by_whom(action) {
        next.running = (next.processes[by as usize] != Process::Idle).then_some(by);
    }
    Ok(is_possible.then_some(next))
}

/// The process that takes an action.
fn by_whom(action: Action) -> Option<ProcessId> {
    match action {
        Action::Ask { by, .. }
        | Action::Confirm(by)
        | Action::Send(by)
        | Action::Refuse(by)
        | Action::BreakEarly(by)
        | Action::Hear(by, _)
        | Action::Lose(by)
        | Action::Kill(by)
        | Action::Tear(by)
        | Action::Search { by, .. }
        | Action::Conclude { by, .. }
        | Action::Resolve { by, .. }
        | Action::TearResolve { by, .. }
        | Action::SendAgain { by, .. } => Some(by),
        // It is interrupted.
        Action::Read { .. }
        | Action::List(_)
        | Action::Appear(_)
        | Action::Blind
        | Action::Interrupt
        | Action::Pass(_)
        | Action::SetClock(_) => None,
    }
}

/// Whether an action comes to the same as another one that is gone through anyway.
pub fn is_redundant(program: &mut Program, world: &World, action: Action, next: &World) -> Result<bool, String> {
    match action {
        // Nothing is so young that it matters.
        Action::Pass(_) => {
            let before = World { news: News::Nothing, ..*world };
            let after = World { news: News::Nothing, ..*next };
            Ok(program.world_digest(&before) == program.world_digest(&after))
        }
        // The same bytes are asked about like another period.
        Action::Ask { by, change: Change::Same, is_list_read } if program.facts(next.journal).len > 0 => {
            let Process::Asked { second, .. } = next.processes[by as usize] else { return Ok(false) };
            Ok(second == duplicates(program, next, (Change::Period, is_list_read))?)
        }
        _ => Ok(false),
    }
}

fn spend(left: &mut u8) -> bool {
    let is_possible = *left > 0;
    *left = left.saturating_sub(1);
    is_possible
}

/// The journal as a session finds it: opened under the lock, what was interrupted concluded.
fn open(program: &mut Program, world: &World, by: ProcessId) -> Result<u32, String> {
    let has_nothing_open = !world.is_torn && !program.facts(world.journal).is_under_way;
    if has_nothing_open || world.is_locked_for(by) {
        return Ok(world.journal);
    }
    let at = world.moment(false);
    journal_of(program.take(world.journal, Step::Open { is_torn: world.is_torn, at })?)
}

fn journal_of(done: Done) -> Result<u32, String> {
    match done {
        Done::Journal(journal) => Ok(journal),
        Done::Orders(_) | Done::Refused | Done::Concluded { .. } => Err(format!("{done:?} is no journal")),
    }
}

/// Takes the lock, if it is free.
fn lock(program: &mut Program, next: &mut World, by: ProcessId) -> Result<bool, String> {
    if next.is_locked_for(by) {
        return Ok(false);
    }
    next.journal = open(program, next, by)?;
    next.is_torn = false;
    Ok(true)
}

/// Reads the list. What it would show by now if it were there turns out to be there or not.
fn look(program: &Program, next: &mut World) -> Listed {
    if program.source() == ListSource::OrderList && !next.is_blind {
        for request in &mut next.requests {
            let is_shown = |placed: u8| next.minute >= placed + LISTED_WITHIN;
            match *request {
                Request::Placed { is_listed: false, at } if is_shown(at) => {
                    *request = Request::Placed { is_listed: true, at: 0 };
                }
                Request::Open { ended: Some(ended) } if is_shown(ended + ARRIVES_WITHIN) => *request = Request::Gone,
                Request::None | Request::Open { .. } | Request::Placed { .. } | Request::Gone => {}
            }
        }
    }
    next.listed()
}

fn ask(
    program: &mut Program,
    next: &mut World,
    by: ProcessId,
    (change, is_list_read): (Change, bool),
) -> Result<bool, String> {
    // If another process writes, the journal is read as it is.
    let is_mine = lock(program, next, by)?;
    if program.facts(next.journal).len >= next.left.confirmations {
        return Ok(false);
    }
    let seen = is_list_read.then(|| look(program, next));
    if let (Some(listed), true) = (seen, is_mine) {
        // The same reading checks the rejections that were only reported so far.
        for order in 0..program.facts(next.journal).len {
            if program.facts(next.journal).purchases[usize::from(order)].is_check_due {
                let began = next.moment(true);
                next.journal = keep(program, next, (order, listed, began), CrashPoint::End)?.unwrap_or(next.journal);
            }
        }
    }
    let second = duplicates(program, next, (change, is_list_read))?;
    next.processes[by as usize] = Process::Asked { change, seen, second };
    Ok(is_list_read || spend(&mut next.left.events))
}

fn duplicates(program: &mut Program, world: &World, (change, is_list_read): (Change, bool)) -> Result<Orders, String> {
    let done = program.take(world.journal, Step::Duplicates { change, at: world.moment(is_list_read) })?;
    let Done::Orders(second) = done else { return Err(format!("{done:?} is no set of orders")) };
    Ok(second)
}

fn confirm(program: &mut Program, next: &mut World, by: ProcessId) -> Result<bool, String> {
    let Process::Asked { change, seen, second } = next.processes[by as usize] else { return Ok(false) };
    let is_free = lock(program, next, by)?;
    let before = *program.facts(next.journal);
    if !is_free || before.len >= next.left.confirmations {
        return Ok(false);
    }
    let is_clock_measured = seen.is_some();
    let step = Step::Begin { change, seen, second, at: next.moment(is_clock_measured) };
    next.processes[by as usize] = match program.take(next.journal, step)? {
        Done::Refused => Process::Idle,
        done => {
            next.journal = journal_of(done)?;
            for (order, fact) in before.all() {
                // All orders of the small world have one name.
                let may_exist = matches!(
                    fact.is,
                    FactState::Unknown | FactState::Conflict | FactState::NotFound | FactState::NotPlaced
                );
                if may_exist && !second.has(order) {
                    let state = format!("{:?}", fact.is);
                    return Err(format!(
                        "an order like confirmation {order}, which is {state}, is placed, and nobody typed SECOND for it"
                    ));
                }
            }
            Process::Confirmed { order: before.len, is_clock_measured }
        }
    };
    let is_further = before.len > 0 && next.processes[by as usize] != Process::Idle;
    Ok(!is_further || (spend(&mut next.left.events) && spend(&mut next.left.events)))
}

fn send(program: &mut Program, next: &mut World, by: ProcessId) -> Result<bool, String> {
    let Process::Confirmed { order, is_clock_measured } = next.processes[by as usize] else { return Ok(false) };
    let at = next.moment(is_clock_measured);
    next.journal = journal_of(program.take(next.journal, Step::Send { order, at })?)?;
    leave(next, by, order)?;
    Ok(true)
}

/// The request leaves.
fn leave(next: &mut World, by: ProcessId, order: u8) -> Result<(), String> {
    let request = &mut next.requests[usize::from(order)];
    if request.may_exist() {
        return Err(format!("confirmation {order} is sent a second time, and its order may exist: two orders for one"));
    }
    *request = Request::Open { ended: None };
    next.processes[by as usize] = Process::Sending { order };
    Ok(())
}

fn send_again(program: &mut Program, next: &mut World, by: ProcessId, order: u8) -> Result<bool, String> {
    if !lock(program, next, by)? {
        return Ok(false);
    }
    let done = program.take(next.journal, Step::SendAgain { order, at: next.moment(false) })?;
    let Done::Journal(journal) = done else { return Ok(false) };
    next.journal = journal;
    leave(next, by, order)?;
    Ok(true)
}

fn end(program: &mut Program, next: &mut World, by: ProcessId, ending: Ending) -> Result<bool, String> {
    let (Process::Confirmed { order, .. } | Process::Sending { order }) = next.processes[by as usize] else {
        return Ok(false);
    };
    let at = next.moment(false);
    next.journal = journal_of(program.take(next.journal, Step::End { order, ending, at })?)?;
    stop(program, next, by);
    Ok(true)
}

/// That the body was not asked for yet proves nothing by itself.
fn break_early(program: &mut Program, next: &mut World, by: ProcessId) -> Result<bool, String> {
    let Process::Confirmed { order, .. } = next.processes[by as usize] else { return Ok(false) };
    leave(next, by, order)?;
    end(program, next, by, Ending::BrokenEarly)
}

fn receive(program: &mut Program, next: &mut World, by: ProcessId, answer: Answer) -> Result<bool, String> {
    let Process::Sending { order } = next.processes[by as usize] else { return Ok(false) };
    let ending = match answer {
        Answer::Accepted => {
            let at = if program.source() == ListSource::OrderList { next.minute } else { 0 };
            let request = &mut next.requests[usize::from(order)];
            if let Request::Open { .. } = request {
                *request = Request::Placed { is_listed: false, at };
            }
            Ending::Accepted
        }
        Answer::Rejected => Ending::Rejected,
    };
    end(program, next, by, ending)
}

/// No clear answer: which one it is never matters to the program.
fn lose(program: &mut Program, next: &mut World, by: ProcessId) -> Result<bool, String> {
    let Process::Sending { order } = next.processes[by as usize] else { return Ok(false) };
    let ending = match (next.requests[usize::from(order)].exists(), next.minute % 2) {
        (true, _) => Ending::Gateway,
        (false, 0) => Ending::Reset,
        (false, _) => Ending::TimedOut,
    };
    end(program, next, by, ending)
}

/// A process does nothing any more; nobody waits for its request.
fn stop(program: &Program, next: &mut World, by: ProcessId) {
    // What the server list does not show by now it may show at any time.
    let minute = if program.source() == ListSource::OrderList { next.minute } else { 0 };
    if let Process::Sending { order } = next.processes[by as usize]
        && let Request::Open { ended } = &mut next.requests[usize::from(order)]
    {
        *ended = Some(minute);
    }
    next.processes[by as usize] = Process::Idle;
}

fn crash(program: &Program, next: &mut World, by: ProcessId, is_torn: bool) -> bool {
    stop(program, next, by);
    next.is_torn = is_torn;
    spend(&mut next.left.crashes) && spend(&mut next.left.events)
}

fn tear(program: &mut Program, next: &mut World, by: ProcessId) -> Result<bool, String> {
    match next.processes[by as usize] {
        Process::Idle => Ok(false),
        Process::Asked { .. } => {
            let journal = open(program, next, by)?;
            let is_begun = confirm(program, next, by)? && next.processes[by as usize] != Process::Idle;
            next.journal = journal;
            Ok(is_begun && crash(program, next, by, true))
        }
        Process::Confirmed { .. } | Process::Sending { .. } => Ok(crash(program, next, by, true)),
        Process::Reading { .. } => Ok(false),
    }
}

fn read(program: &mut Program, next: &mut World, by: ProcessId, order: u8) -> Result<bool, String> {
    lock(program, next, by)?;
    if !program.facts(next.journal).purchases[usize::from(order)].can_be_searched {
        return Ok(false);
    }
    let listed = look(program, next);
    next.processes[by as usize] = Process::Reading { order, listed, began: next.moment(true) };
    Ok(spend(&mut next.left.readings))
}

fn conclude(program: &mut Program, next: &mut World, by: ProcessId, cut: CrashPoint) -> Result<bool, String> {
    let Process::Reading { order, listed, began } = next.processes[by as usize] else { return Ok(false) };
    if !lock(program, next, by)? {
        return Ok(false);
    }
    let Some(journal) = keep(program, next, (order, listed, began), cut)? else { return Ok(false) };
    next.journal = journal;
    stop(program, next, by);
    Ok(match cut {
        CrashPoint::End => true,
        CrashPoint::BehindFirst => crash(program, next, by, false),
        CrashPoint::InFirst | CrashPoint::InSecond => crash(program, next, by, true),
    })
}

/// Keeps what a reading shows, as far as the process lives; `None` if it has not so many records. What is told is held
/// against the API.
fn keep(
    program: &mut Program,
    world: &World,
    (order, listed, began): (u8, Listed, Moment),
    cut: CrashPoint,
) -> Result<Option<u32>, String> {
    let done = program.take(world.journal, Step::Conclude { order, listed, began })?;
    let Done::Concluded { first, second, told } = done else { return Err(format!("{done:?} is no conclusion")) };
    if cut != CrashPoint::End {
        let journal = match cut {
            CrashPoint::End | CrashPoint::BehindFirst | CrashPoint::InSecond => first,
            CrashPoint::InFirst => world.journal,
        };
        let is_cut = told != ReportedState::Settled && (cut == CrashPoint::InFirst || second.is_some());
        return Ok(is_cut.then_some(journal));
    }
    let request = world.requests[usize::from(order)];
    let mine = Orders::default().with(order);
    let wrong = match told {
        ReportedState::Settled => None,
        ReportedState::Found(orders) => (orders != mine || !request.exists()).then_some("FOUND"),
        ReportedState::Conflict(orders) => (orders.0 & !mine.0 != 0).then_some("CONFLICT"),
        ReportedState::NotFound => request.may_exist().then_some("NOT_FOUND"),
        ReportedState::NotSeen { in_vain } => (in_vain && listed.orders.has(order)).then_some("that nothing is listed"),
    };
    match wrong {
        Some(word) => Err(format!("the user is told {word} of confirmation {order}, and that is not so")),
        None => Ok(Some(second.unwrap_or(first))),
    }
}

fn resolve(
    program: &mut Program,
    next: &mut World,
    by: ProcessId,
    (order, is_placed, is_list_read): (u8, bool, bool),
) -> Result<bool, String> {
    if !lock(program, next, by)? {
        return Ok(false);
    }
    let listed = is_list_read.then(|| look(program, next));
    let at = next.moment(is_list_read);
    // The console shows every order as soon as it is placed.
    let minute = next.minute;
    let is_lifetime_known = program.source() == ListSource::OrderList;
    let request = &mut next.requests[usize::from(order)];
    *request = match (*request, is_placed) {
        (Request::Placed { .. }, false) | (Request::None | Request::Gone, true) => return Ok(false),
        (Request::Open { ended: Some(ended) }, false) if is_lifetime_known && minute >= ended + ARRIVES_WITHIN => {
            Request::Gone
        }
        (Request::Open { ended }, true) => {
            let arrived = ended.map_or(minute, |ended| minute.min(ended + ARRIVES_WITHIN));
            let at = if is_lifetime_known { arrived } else { 0 };
            Request::Placed { is_listed: false, at }
        }
        (request, _) => request,
    };
    let done = program.take(next.journal, Step::Resolve { order, is_placed, listed, at })?;
    let Done::Journal(journal) = done else { return Ok(false) };
    next.journal = journal;
    Ok(true)
}

/// What cannot be told apart by any list does not happen: an order of somebody else that fits ours is not listed for the
/// first time between a look at the servers that found the name free, and a reading.
fn appear(program: &Program, next: &mut World, stranger: Stranger) -> bool {
    let is_free = |process: &Process| matches!(process, Process::Asked { seen: Some(seen), .. } if seen.stranger.is_none() && seen.orders.0 == 0);
    let facts = program.facts(next.journal);
    let is_open = |fact: &crate::invariants::Fact| {
        fact.was_free
            && (fact.can_be_searched || matches!(fact.is, FactState::Ready | FactState::Sending | FactState::NotSent))
    };
    let rests_on_free_name = next.processes.iter().any(is_free) || facts.all().any(|(_, fact)| is_open(fact));
    let is_possible = next.stranger.is_none() && !(stranger == Stranger::Fits && rests_on_free_name);
    (next.stranger, next.news) = (Some(stranger), News::List);
    is_possible && spend(&mut next.left.events)
}

fn pass(program: &Program, next: &mut World, minutes: Minutes) -> bool {
    if program.facts(next.journal).len == 0 && next.processes == [Process::Idle; 2] {
        return false;
    }
    next.minute += minutes.count();
    next.is_blind = false;
    spend(&mut next.left.events)
}
