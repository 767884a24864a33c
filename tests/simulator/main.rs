//! The simulator as its clients meet it: over real HTTP on the loopback interface.
//! The rules themselves have their rows in `simulator/rules`; here they are met one at a time with their codes.

#![expect(clippy::expect_used, reason = "a test that cannot go on may panic, in its helpers as well")]

mod auth;
mod clock;
mod connections;
mod corrupt_lists;
mod fault_injection;
mod fixture;
mod foreign;
mod generations;
mod iam;
mod limits;
mod lists;
mod payment;
mod process;
mod purchase;
mod scene_format;
mod scenes;
mod tls;
mod world;
