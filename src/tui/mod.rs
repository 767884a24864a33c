//! The only code that touches the terminal: it turns what happens into messages, runs effects and
//! paints. What a message means is decided in `app`.

mod abilities;
mod accounts;
mod calls;
mod clipboard;
mod conversation;
mod display;
mod drafts;
mod effects;
mod errands;
mod exports;
mod input;
mod introduction;
mod linear;
mod lines;
mod moment;
mod output;
mod pen;
mod session;
mod shelves;
mod signals;
mod stop;
mod templates;
mod terminal;
mod typed;
mod under_way;
mod wizard;

pub use abilities::Abilities;
pub use accounts::{Accounts, Answer, Connect, Connection, Opened, Start};
pub use calls::call_of;
pub use introduction::Introduction;
pub use linear::converse;
pub use session::{Beginning, Ended, Launch};
pub use templates::Templates;
pub use terminal::TerminalError;
pub use wizard::run;
