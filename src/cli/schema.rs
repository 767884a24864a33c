//! `schema`: writes the JSON Schema of an order file.

use crate::exit_code::ExitCode;
use crate::order_file;

use super::print;

pub fn run() -> ExitCode {
    // A value always has a JSON form.
    print::text(&format!("{}\n", serde_json::to_string_pretty(&order_file::schema()).unwrap_or_default()));
    ExitCode::Success
}
