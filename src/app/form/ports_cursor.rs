//! The cursor of the ports table.

use crate::order::PortColumn;

/// The cell under the cursor. The row after the last one is where a port is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortsCursor {
    pub row: usize,
    pub column: PortColumn,
}

impl Default for PortsCursor {
    fn default() -> Self {
        Self { row: 0, column: PortColumn::Name }
    }
}
