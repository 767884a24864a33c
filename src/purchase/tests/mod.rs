//! The verdicts: the table in full, whole purchases from the simulator, and the order of things.

mod reading;
mod reasons;
mod sequence;
mod silent;
mod simulated;
mod table;
