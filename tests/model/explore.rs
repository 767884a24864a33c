//! Goes through every world that can be reached, the nearest first, so that the first broken law has a shortest schedule.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::invariants::{FactState, violated_invariant};
use crate::program::Program;
use crate::transitions::{apply, candidates, is_redundant};
use crate::world::{Action, Budget, BuildDigestHasher, Request, World};

/// What an exploration came to.
#[derive(Debug)]
pub struct Explored {
    /// Worlds that were gone through.
    pub worlds: usize,
    /// Actions that were tried out from them and possible.
    pub steps: usize,
    pub depth: usize,
    pub took: Duration,
    /// The states of a confirmation that were reached.
    pub states: BTreeSet<FactState>,
    pub broken: Option<Violation>,
}

/// A broken law, and a shortest way to it.
#[derive(Debug)]
pub struct Violation {
    pub law: String,
    pub schedule: Vec<Action>,
}

/// How a world was reached: from which one, and by what.
struct Predecessor {
    from: u32,
    by: Action,
}

/// The worlds that were met, with what was left of everything. A world that was met with as much left before is not gone
/// through again.
#[derive(Default)]
struct VisitedWorlds {
    last: HashMap<u64, u32, BuildDigestHasher>,
    all: Vec<(Budget, u32)>,
}

const NONE: u32 = u32::MAX;

impl VisitedWorlds {
    fn is_new(&mut self, digest: u64, left: Budget) -> bool {
        let last = self.last.entry(digest).or_insert(NONE);
        let mut place = *last;
        while place != NONE {
            let (before, next) = self.all[place as usize];
            if before.covers(left) {
                return false;
            }
            place = next;
        }
        self.all.push((left, *last));
        *last = u32::try_from(self.all.len() - 1).unwrap();
        true
    }
}

/// Goes through everything that can happen.
pub fn explore(program: &mut Program, left: Budget) -> Explored {
    let began = Instant::now();
    let first = World::at_first(left);
    let mut met = VisitedWorlds::default();
    met.is_new(program.world_digest(&first), left);
    let mut predecessors = vec![Predecessor { from: NONE, by: Action::Blind }];
    let mut layer = vec![(first, 0_u32)];
    let (mut steps, mut depth) = (0, 0);
    let mut actions = Vec::new();
    let mut states = BTreeSet::new();
    let explored =
        |worlds, steps, depth, states, broken| Explored { worlds, steps, depth, took: began.elapsed(), states, broken };
    while !layer.is_empty() {
        let mut next_layer = Vec::new();
        for (world, way) in &layer {
            let facts = *program.facts(world.journal);
            candidates(program.can_prove_absence(), world, &facts, &mut actions);
            for action in actions.iter().copied() {
                let next = match apply(program, world, action) {
                    Ok(None) => continue,
                    Ok(Some(next)) => is_redundant(program, world, action, &next).map(|is_so| (next, is_so)),
                    Err(law) => Err(law),
                };
                let next = match next {
                    Ok((_, true)) => continue,
                    Ok((next, false)) => next,
                    Err(law) => {
                        let broken = Violation { law, schedule: schedule(&predecessors, *way, action) };
                        return explored(predecessors.len(), steps, depth, states, Some(broken));
                    }
                };
                steps += 1;
                let digest = program.world_digest(&next);
                if !met.is_new(digest, next.left) {
                    continue;
                }
                if let Some(law) = violated_invariant(&next, program.facts(next.journal)) {
                    let broken = Violation { law, schedule: schedule(&predecessors, *way, action) };
                    return explored(predecessors.len(), steps, depth, states, Some(broken));
                }
                let facts = program.facts(next.journal);
                states.extend(facts.purchases[..usize::from(facts.len)].iter().map(|fact| fact.is));
                next_layer.push((next, u32::try_from(predecessors.len()).unwrap()));
                predecessors.push(Predecessor { from: *way, by: action });
            }
        }
        layer = next_layer;
        depth += 1;
        if std::env::var_os("CPH_WIZARD_MODEL_PROGRESS").is_some() {
            let stable = layer
                .iter()
                .filter(|(world, _)| world.running.is_none() && world.news == crate::world::News::Nothing)
                .count();
            println!(
                "{depth}: {} worlds, {} unlike, {} new ({stable} stable), {steps} steps, {:?}",
                predecessors.len(),
                met.last.len(),
                layer.len(),
                began.elapsed()
            );
        }
    }
    explored(predecessors.len(), steps, depth, states, None)
}

fn schedule(predecessors: &[Predecessor], mut way: u32, last: Action) -> Vec<Action> {
    let mut actions = vec![last];
    while predecessors[way as usize].from != NONE {
        actions.push(predecessors[way as usize].by);
        way = predecessors[way as usize].from;
    }
    actions.reverse();
    actions
}

/// Lets a schedule happen from the beginning. The error names the step that is not possible or breaks a law.
pub fn replay(program: &mut Program, left: Budget, schedule: &[Action]) -> Result<World, String> {
    let mut world = World::at_first(left);
    for (number, action) in schedule.iter().enumerate() {
        let at = || format!("step {}, {action:?}", number + 1);
        let next = apply(program, &world, *action).map_err(|law| format!("{}: {law}", at()))?;
        world = next.ok_or_else(|| format!("{} is not possible", at()))?;
        if let Some(law) = violated_invariant(&world, program.facts(world.journal)) {
            return Err(format!("{}: {law}", at()));
        }
    }
    Ok(world)
}

/// A schedule as numbered lines: the action, and what the journal says and the API has behind it.
pub fn describe(program: &mut Program, left: Budget, schedule: &[Action]) -> String {
    let mut world = World::at_first(left);
    let mut lines = String::new();
    for (number, action) in schedule.iter().enumerate() {
        let _ = write!(lines, "{:>3}. {:<60}", number + 1, format!("{action:?},"));
        if let Ok(Some(next)) = apply(program, &world, *action) {
            world = next;
            for (order, fact) in program.facts(world.journal).all() {
                let there = match world.requests[usize::from(order)] {
                    Request::None => "not sent",
                    Request::Open { .. } => "may exist",
                    Request::Placed { is_listed: false, .. } => "exists, not listed",
                    Request::Placed { is_listed: true, .. } => "exists, listed",
                    Request::Gone => "does not exist",
                };
                let _ = write!(lines, " // {order}: {:?}, {there}", fact.is);
            }
        }
        lines.push('\n');
    }
    lines
}
