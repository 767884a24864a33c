//! The only code that touches the terminal: it turns what happens into messages, runs effects and
//! paints. What a message means is decided in `app`.

mod abilities;
mod accounts;
mod calls;
mod clipboard;
mod display;
mod drafts;
mod effects;
mod exports;
mod input;
mod introduction;
mod moment;
mod output;
mod pen;
mod shelves;
mod signals;
mod stop;
mod templates;
mod terminal;
mod typed;
mod wizard;

pub use abilities::Abilities;
pub use accounts::{Accounts, Answer, Connect, Connection, Opened, Start};
pub use calls::call_of;
pub use introduction::Introduction;
pub use templates::Templates;
pub use terminal::TerminalError;
pub use wizard::{Ended, Launch, run};
