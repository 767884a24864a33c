//! The verdicts: the table in full, and whole purchases from the simulator.

mod simulated;
mod table;
