//! The verdicts: the table in full, whole purchases from the simulator, and the order of things.

mod classify;
mod missing_order_id;
mod reasons;
mod server_match;
mod simulator;
mod write_ahead;
