//! The layout of a table: columns as wide as their contents, and the gaps between them.

use crate::form::{Column, Cut};

/// Least and largest gap between two columns, in cells. What is left over stays empty at the right.
const GAPS: (u16, u16) = (1, 4);
/// Width in cells to which a name is cut before other columns are left out.
const SHORT_NAME: u16 = 16;
/// Least width in cells of a name that is cut.
const LEAST_NAME: u16 = 8;

/// A column of a table, measured and then placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableColumn {
    /// Index among the columns of the list.
    pub at: usize,
    pub column: Column,
    /// Width in cells of the widest text, title included.
    pub width: u16,
    /// True if all rows show the same.
    pub is_constant: bool,
}

fn least_width(columns: &[TableColumn]) -> u16 {
    let gaps = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    columns.iter().fold(gaps.saturating_mul(GAPS.0), |sum, column| sum.saturating_add(column.width))
}

/// Returns the columns that fit into `width` cells. Those that say the same in every row are left out first, then those
/// that are least useful; at last the widest name is cut.
pub fn fit(mut columns: Vec<TableColumn>, width: u16) -> Vec<TableColumn> {
    shorten(&mut columns, width, |cut| cut == Cut::First, SHORT_NAME);
    while least_width(&columns) > width {
        let turn = |column: &TableColumn| column.column.leaves.map(|turn| (!column.is_constant, turn));
        let turns = columns.iter().enumerate().filter_map(|(at, column)| Some((turn(column)?, at)));
        let Some((_, at)) = turns.min() else { break };
        columns.remove(at);
    }
    shorten(&mut columns, width, |cut| cut != Cut::Never, LEAST_NAME);
    columns
}

/// Cuts the widest column that may be cut until all columns fit into `width` cells, but not below `least` cells.
fn shorten(columns: &mut [TableColumn], width: u16, may_cut: impl Fn(Cut) -> bool, least: u16) {
    let excess = least_width(columns).saturating_sub(width);
    let names = columns.iter_mut().filter(|column| may_cut(column.column.cut));
    if let Some(name) = names.max_by_key(|column| column.width) {
        name.width = name.width.saturating_sub(excess).max(least.min(name.width));
    }
}

/// Returns the gap between the columns, for as much of `width` as they leave.
pub fn gap(columns: &[TableColumn], width: u16) -> u16 {
    let Some(gaps) = u16::try_from(columns.len()).ok().and_then(|count| count.checked_sub(1)) else { return GAPS.0 };
    let free = width.saturating_sub(columns.iter().fold(0, |sum: u16, column| sum.saturating_add(column.width)));
    free.checked_div(gaps).unwrap_or(GAPS.1).clamp(GAPS.0, GAPS.1)
}

/// Gives the columns that two tables on one screen begin with the same widths, so that they share their stops.
pub fn align(one: &mut [TableColumn], other: &[TableColumn]) {
    let pairs = one.iter_mut().zip(other);
    for (column, twin) in pairs.take_while(|(column, twin)| column.column == twin.column) {
        column.width = column.width.max(twin.width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::columns;
    use crate::order::FieldId;

    fn images(widths: [u16; 6], constant: &[usize]) -> Vec<TableColumn> {
        let columns = columns(FieldId::Image).iter().zip(widths).enumerate();
        columns
            .map(|(at, (column, width))| TableColumn {
                at,
                column: *column,
                width,
                is_constant: constant.contains(&at),
            })
            .collect()
    }

    fn titles(columns: &[TableColumn]) -> Vec<&'static str> {
        columns.iter().map(|column| column.column.title).collect()
    }

    #[test]
    fn no_column_is_cut_while_there_is_room_and_the_rest_stays_at_the_right() {
        let all = images([10, 9, 10, 20, 7, 32], &[]);
        let wide = fit(all.clone(), 190);
        assert_eq!((wide.len(), &wide[0].width, gap(&wide, 190)), (6, &10, 4));
        assert_eq!(gap(&fit(all.clone(), 93), 93), 1);
        assert_eq!(gap(&fit(all, 98), 98), 2);
    }

    #[test]
    fn what_says_the_same_in_every_row_is_left_out_first_and_ids_stay_whole() {
        let all = images([4, 9, 10, 11, 6, 32], &[0, 3, 4]);
        assert_eq!(titles(&fit(all.clone(), 74)), ["Name", "OS", "Date", "Label", "Id"]);
        assert_eq!(titles(&fit(all, 54)), ["OS", "Date", "Id"]);
        let named = images([10, 6, 10, 20, 6, 32], &[4]);
        assert_eq!(titles(&fit(named.clone(), 74)), ["Name", "OS", "Label", "Id"]);
        let narrow = fit(named, 44);
        assert_eq!((titles(&narrow), narrow[1].width), (vec!["OS", "Id"], 32));
    }

    #[test]
    fn the_longest_name_is_cut_when_nothing_else_helps() {
        let bandwidths = || {
            let columns = columns(FieldId::BandwidthId).iter().zip([42, 11, 9, 36]).enumerate();
            columns
                .map(|(at, (column, width))| TableColumn { at, column: *column, width, is_constant: false })
                .collect()
        };
        let widths: Vec<u16> = fit(bandwidths(), 76).iter().map(|column| column.width).collect();
        assert_eq!(widths, [17, 11, 9, 36]);
        assert_eq!(titles(&fit(bandwidths(), 70)), ["Name", "Size", "Id"]);
    }
}
