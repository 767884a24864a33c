//! The only code that touches the terminal: it turns events into messages, runs effects and paints. `app` decides what
//! a message means.

mod accounts;
mod backend;
mod call_observer;
mod capabilities;
mod clipboard;
mod effects;
mod event_loop;
mod input;
mod linear;
mod session;
mod signals;
mod storage;
mod suspend;
mod terminal;

pub use accounts::{AccountError, Accounts, BoxFuture, Connection, Connector, OpenedAccount, StartPage};
pub use call_observer::call_from_record;
pub use capabilities::Capabilities;
pub use event_loop::run;
pub use linear::run::run_linear;
pub use session::{LaunchConfig, SessionConfig, SessionEnd};
pub use storage::introduction::IntroductionMarker;
pub use storage::templates::TemplateStore;
pub use terminal::TerminalError;
