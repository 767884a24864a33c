//! How an order is asked for: the table of fields, the kinds of control, the lists to pick from and
//! the request as it grows. No terminal and no state of the program.

mod candidates;
mod carry;
mod changes;
mod columns;
mod control;
mod cursor;
mod disputes;
mod habits;
mod listed;
mod matching;
mod pasted;
mod pasted_json;
mod pick;
mod set;
mod sketch;
mod steps;
mod value;

pub use candidates::Candidates;
pub use carry::{assign, carry, is_open, is_same};
pub use changes::{Change, Jump, JumpKind, changes, jumps};
pub use columns::{Column, Kind as ColumnKind, columns, next_sort, sort_words, used};
pub use control::{Control, Slot};
pub use cursor::{Edit, TextCursor};
pub use disputes::disagreement;
pub use habits::{Habits, Use, Uses};
pub use listed::Fact;
pub use matching::Search;
pub use pasted::{PastedRow, read_ports};
pub use pick::{
    Details, Pick, PickFilter, PickRow, RowCells, cells, details, marks, pick, resource_of, row_value, typed_text,
    use_of,
};
pub use set::set;
pub use sketch::{SketchLine, sketch};
pub use steps::{FIELDS, Field, Source, Step, field, fields_of};
pub use value::{Stake, value_text};
