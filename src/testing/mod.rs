//! Hooks for tests that run the program as a process. In a normal run they do nothing.

pub mod failpoint;
