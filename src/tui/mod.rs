//! The only code that touches the terminal: it turns what happens into messages, runs effects and
//! paints. What a message means is decided in `app`.

mod accounts;
mod calls;
mod conversation;
mod drafts;
mod effects;
mod errands;
mod input;
mod introduction;
mod linear;
mod lines;
mod moment;
mod shelves;
mod signals;
mod templates;
mod terminal;
mod under_way;
mod wizard;

pub use accounts::{Accounts, Answer, Connect, Connection, Opened, Start};
pub use calls::call_of;
pub use introduction::Introduction;
pub use linear::converse;
pub use templates::Templates;
pub use terminal::TerminalError;
pub use wizard::{Ended, Launch, run};
