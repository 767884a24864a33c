//! The parts from which the form is built: the table of fields, the kinds of control, the pickers and the request
//! preview. No terminal and no state of the program.

mod candidates;
mod columns;
mod control;
mod copy_field;
mod diff;
mod doc_conflicts;
mod field_table;
mod fuzzy_match;
mod order_impact;
mod order_sheet;
mod paste_parser;
mod paste_parser_json;
mod pasted_port;
mod picker_filter;
mod picker_list;
mod recents;
mod request_preview;
mod rows;
mod set_field;
mod text_cursor;
mod value_text;

pub use candidates::Candidates;
pub use columns::{Column, ColumnKind, columns, next_sort, sort_label, used};
pub use control::{Control, Slot};
pub use copy_field::{copy_field, is_missing, is_same_answer, set_from_flag};
pub use diff::{FieldChange, field_changes};
pub use doc_conflicts::doc_conflict;
pub use field_table::{FIELDS, Field, Source, Step, field, fields_of};
pub use fuzzy_match::FuzzyQuery;
pub use order_impact::OrderImpact;
pub use order_sheet::{SheetPart, SheetRow, order_rows};
pub use paste_parser::parse_ports;
pub use pasted_port::{PastedPort, PortConflict, PortError, PortRemark};
pub use picker_filter::{PickerFilter, typed_text};
pub use picker_list::{PickerList, PickerRow, RowDetails, cells, details, marks, past_use, picker_list, row_value};
pub use recents::{PastUse, PastUses, Recents};
pub use request_preview::{PreviewLine, request_preview};
pub use rows::{RowCells, RowFact, resource_of};
pub use set_field::{InvalidAnswer, set_field};
pub use text_cursor::{Edit, TextCursor};
pub use value_text::value_text;
