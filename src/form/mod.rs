//! How an order is asked for: the table of fields, the kinds of control, the lists to pick from and
//! the request as it grows. No terminal and no state of the program.

mod carry;
mod changes;
mod control;
mod cursor;
mod disputes;
mod pasted;
mod pasted_json;
mod pick;
mod set;
mod sketch;
mod steps;
mod value;

pub use carry::{assign, carry, is_open, is_same};
pub use changes::{Change, Jump, JumpKind, changes, jumps};
pub use control::{Control, Slot};
pub use cursor::{Edit, TextCursor};
pub use disputes::disagreement;
pub use pasted::{PastedRow, read_ports};
pub use pick::{Column, Pick, PickFilter, PickRow, RowCells, cells, columns, pick, resource_of, row_value, typed_text};
pub use set::set;
pub use sketch::{SketchLine, sketch};
pub use steps::{FIELDS, Field, Source, Step, field, fields_of};
pub use value::{Stake, value_text};
