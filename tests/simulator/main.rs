//! The simulator as its clients meet it: over real HTTP on the loopback interface.
//! The rules themselves have their rows in `simulator/rules`; here they are met one at a time with their codes.

#![expect(clippy::expect_used, reason = "a test that cannot go on may panic, in its helpers as well")]

mod auth;
mod client;
mod clock;
mod foreign;
mod generations;
mod iam;
mod limits;
mod payment;
mod purchase;
mod reads;
mod scenes;
mod served;
mod tls;
mod unreliable;
mod weather;
mod wire;
