//! Tests of purchases: the complete table of outcomes, whole purchases from the simulator, and the order of steps.

mod classify;
mod missing_order_id;
mod reasons;
mod server_match;
mod simulator;
mod write_ahead;
