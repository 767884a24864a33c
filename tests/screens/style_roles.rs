//! What looks how: the role of every cell, read with a theme in which no two roles look alike.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use cph_wizard::app::{AccountMode, Model, Page};
use cph_wizard::i18n::{Language, language};
use cph_wizard::view::{Role, Theme};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr as _;

use crate::page_snapshot::{SIZES, of_all};
use crate::regions::{Regions, regions};
use crate::screen::{Screen, paint};

/// The colour of the first role; the others follow.
const FIRST: u8 = 101;
/// What lies behind letters that a filter matches, whatever their own role is.
const BEHIND_MATCHED: u8 = 200;

/// Returns a theme in which each role has a look of its own.
pub fn probe() -> Theme {
    static PROBE: OnceLock<Theme> = OnceLock::new();
    *PROBE.get_or_init(|| {
        let look = |role: Role| match role {
            Role::Matched => format!("on {BEHIND_MATCHED}"),
            _ => (FIRST + role as u8).to_string(),
        };
        let looks: Vec<(&str, String)> = Role::ALL.into_iter().map(|role| (role.name(), look(role))).collect();
        let looks: Vec<(&str, &str)> = looks.iter().map(|(name, look)| (*name, look.as_str())).collect();
        Theme::TERMINAL.with(&looks).unwrap()
    })
}

/// Returns the role of a cell that was painted with `probe`; none where nothing was written.
pub fn role_of(cell: &Cell) -> Option<Role> {
    match cell.fg {
        Color::Reset => None,
        Color::Indexed(color) => Some(Role::ALL[usize::from(color - FIRST)]),
        other => panic!("{other:?} is of no role"),
    }
}

fn is_matched(cell: &Cell) -> bool {
    cell.bg == Color::Indexed(BEHIND_MATCHED)
}

/// Returns how a theme shows a cell that was painted with `probe`.
pub fn styled(cell: &Cell, theme: Theme) -> Style {
    let style = role_of(cell).map_or_else(Style::new, |role| theme.role(role));
    if is_matched(cell) { style.patch(theme.role(Role::Matched)) } else { style }
}

/// Texts of a row that stand in one role each.
pub fn runs(screen: &Screen, y: u16, from: u16, to: u16) -> Vec<(&'static str, String)> {
    let look = |x: u16| {
        // The second half of a wide character is of the role of the first.
        let first = x.checked_sub(1).filter(|first| screen.buffer[(*first, y)].symbol().width() > 1);
        let cell = &screen.buffer[(first.unwrap_or(x), y)];
        if is_matched(cell) { Some(Role::Matched) } else { role_of(cell) }
    };
    let mut found = Vec::new();
    let mut x = from;
    while x < to {
        let (start, role) = (x, look(x));
        while x < to && look(x) == role {
            x += 1;
        }
        let text = screen.part(y, start, x).trim().to_owned();
        if let Some(role) = role.filter(|role| *role != Role::Text && !text.is_empty()) {
            found.push((role.name(), text));
        }
    }
    found
}

/// Writes the runs of some rows, a line each, without the lines of boxes.
pub fn rows_by_role(screen: &Screen, rows: impl Iterator<Item = u16>, from: u16, to: u16) -> String {
    let mut shown = String::new();
    for y in rows {
        let lines = [Role::Border, Role::LiveFrame, Role::SimulatorFrame].map(Role::name);
        let runs = runs(screen, y, from, to).into_iter().filter(|(role, _)| !lines.contains(role));
        let runs: Vec<String> = runs.map(|(role, text)| format!("{role} {text:?}")).collect();
        if !runs.is_empty() {
            writeln!(shown, "{}", runs.join("  ")).unwrap();
        }
    }
    shown
}

/// Paints a page at 80x24 by its roles, and returns where the page itself stands.
pub fn body_by_roles(model: &mut Model) -> (Screen, (u16, u16, u16, u16)) {
    let screen = paint(model, SIZES[0], probe());
    let at = regions(model, &screen);
    let area = at.panel.unwrap_or((0, at.header, SIZES[0].0, at.footer));
    (screen, area)
}

/// A page of each kind.
pub const KINDS: [&str; 31] = [
    "loading",
    "fresh-flavor",
    "picker-letters",
    "fresh-image",
    "fresh-count",
    "fresh-bandwidth",
    "fresh-billing",
    "ports-with-a-problem",
    "fresh-access",
    "review",
    "review-paid-now",
    "review-with-a-problem",
    "confirm",
    "confirm-name",
    "waiting",
    "outcome-accepted-unpaid",
    "outcome-not-sent",
    "goto",
    "keys",
    "field-help",
    "request",
    "changes",
    "introduction",
    "kept-draft",
    "plain-request",
    "plain-outcome",
    "export-curl",
    "calls",
    "call-purchase",
    "begin-list",
    "setup-choose",
];

#[test]
fn a_page_of_each_kind_by_its_roles() {
    let pages = of_all(Language::English, |name, model| {
        KINDS.contains(&name).then(|| {
            let (screen, (left, top, right, bottom)) = body_by_roles(model);
            rows_by_role(&screen, top..bottom, left, right)
        })
    });
    let shown: Vec<(String, String)> = pages.into_iter().filter_map(|(name, shown)| Some((name, shown?))).collect();
    assert_eq!(shown.len(), KINDS.len(), "every kind has one page");
    let shown: Vec<String> = shown.into_iter().map(|(name, rows)| format!("== {name}\n{rows}")).collect();
    insta::assert_snapshot!("roles-of-each-kind", shown.concat());
}

/// Roles that say how good or bad something is.
const JUDGING: [Role; 6] = [Role::Problem, Role::Warning, Role::Good, Role::Live, Role::Simulator, Role::Changed];

#[test]
fn what_is_good_or_bad_on_every_page() {
    let pages = of_all(Language::English, |name, model| {
        let (screen, (left, top, right, bottom)) = body_by_roles(model);
        let runs = (top..bottom).flat_map(|y| runs(&screen, y, left, right));
        let judged = runs.filter(|(role, _)| JUDGING.iter().any(|judging| judging.name() == *role));
        let lines: Vec<String> = judged.map(|(role, text)| format!("{role} {text:?}\n")).collect();
        if lines.is_empty() { String::new() } else { format!("== {name}\n{}", lines.concat()) }
    });
    let shown: Vec<String> = pages.into_iter().map(|(_, shown)| shown).collect();
    insta::assert_snapshot!("roles-that-judge", shown.concat());
}

#[test]
fn the_look_of_every_role_in_every_theme() {
    let mut shown = String::new();
    for (name, theme) in Theme::ALL {
        writeln!(shown, "== {name}\nground: {}", words(theme.base())).unwrap();
        for role in Role::ALL {
            assert_eq!(theme.in_ascii().role(role), theme.role(role), "{role:?} in ASCII");
            writeln!(shown, "{}: {}", role.name(), words(theme.role(role))).unwrap();
        }
    }
    insta::assert_snapshot!("themes", shown);
}

fn words(style: Style) -> String {
    let color = |side: &str, color: Option<Color>| color.map(|color| format!("{side}{color:?}"));
    let attributes = Some(style.add_modifier).filter(|some| !some.is_empty()).map(|some| format!("{some:?}"));
    let parts: Vec<String> = [color("", style.fg), color("on ", style.bg), attributes].into_iter().flatten().collect();
    if parts.is_empty() { "the terminal's own".to_owned() } else { parts.join(" ") }
}

#[test]
fn without_colour_focus_and_selection_are_seen_and_real_money_stands_out() {
    let text = Theme::MONO.role(Role::Text);
    for role in [Role::Focus, Role::Selected, Role::Live, Role::Simulator, Role::Problem, Role::Good, Role::Matched] {
        assert_ne!(Theme::MONO.role(role), text, "{role:?} looks like text");
    }
}

/// What must hold for the roles of every page; what does not.
fn faults(model: &mut Model, size: (u16, u16)) -> Vec<String> {
    let screen = paint(model, size, probe());
    let at = regions(model, &screen);
    let mut faults = Vec::new();
    let role = |x, y| role_of(&screen.buffer[(x, y)]);
    header_faults(model, &screen, &at, &mut faults);
    let last = screen.height() - 1;
    let keys: BTreeSet<&str> = runs(&screen, last, 0, size.0).into_iter().map(|(role, _)| role).collect();
    if !keys.iter().all(|role| ["key", "secondary"].contains(role)) || !keys.contains("key") {
        faults.push(format!("the line of keys has {keys:?}"));
    }
    for y in at.header..last {
        for (sign, expected) in [("! ", Role::Problem), ("Note:", Role::Warning)] {
            let row = screen.part(y, 0, size.0);
            let start = row.trim_start_matches([' ', '│', '>']);
            let x = u16::try_from(row.chars().count() - start.chars().count()).unwrap();
            // The row under the cursor is selected, whatever it says.
            if start.starts_with(sign) && ![Some(expected), Some(Role::Selected)].contains(&role(x, y)) {
                faults.push(format!("{:?} in {:?}", start.trim_end(), role(x, y)));
            }
        }
    }
    let has_focus =
        screen.buffer.content.iter().any(|cell| {
            matches!(role_of(cell), Some(Role::Focus | Role::Selected)) && !cell.symbol().trim().is_empty()
        });
    let is_asked = matches!(model.page, Page::Form | Page::Setup(_)) && model.overlay.is_none();
    if is_asked && !has_focus && screen.cursor.is_none() {
        faults.push("no focus is seen".to_owned());
    }
    faults
}

fn header_faults(model: &Model, screen: &Screen, at: &Regions, faults: &mut Vec<String>) {
    let role = |x, y| role_of(&screen.buffer[(x, y)]);
    let mode = match model.account.label.mode {
        AccountMode::Live => Role::Live,
        AccountMode::Simulator => Role::Simulator,
        AccountMode::NoAccount => Role::Selected,
    };
    if role(3, 0) != Some(mode) {
        faults.push(format!("the mode is in {:?}", role(3, 0)));
    }
    let header = (0..at.header - 1).flat_map(|y| runs(screen, y, 0, screen.buffer.area.width));
    let live = header.filter(|(role, _)| *role == "live").count();
    let expected = usize::from(mode == Role::Live) + usize::from(model.impact().pays_now && mode != Role::Selected);
    // The header of the order sheet has one row, with as much as fits: the payment is a warning there.
    let is_sheet = matches!(model.page, Page::Confirm(_));
    if live != expected && !(is_sheet && live + 1 == expected) {
        faults.push(format!("{live} parts of the header are in the role of real money, not {expected}"));
    }
    let steps = at.header - 2;
    for x in 0..screen.buffer.area.width {
        let (sign, before) = (&screen.buffer[(x, steps)], x.checked_sub(1).map(|x| &screen.buffer[(x, steps)]));
        let expected = match sign.symbol() {
            "✓" => Role::Good,
            "✗" => Role::Problem,
            "▸" => Role::Focus,
            _ => continue,
        };
        let is_mark = before.is_none_or(|cell| cell.symbol() == " ");
        if is_mark && role_of(sign) != Some(expected) {
            faults.push(format!("the mark {} of a step is in {:?}", sign.symbol(), role_of(sign)));
        }
    }
}

#[test]
fn roles_are_used_for_what_they_are() {
    for spoken in Language::ALL {
        let pages = of_all(spoken, |name, model| {
            SIZES.map(|size| {
                let faults = faults(model, size);
                faults.into_iter().map(|fault| format!("{name} at {size:?} in {:?}: {fault}", language())).collect()
            })
        });
        let wrong: Vec<String> =
            pages.into_iter().flat_map(|(_, wrong): (_, [Vec<String>; 4])| wrong.concat()).collect();
        assert_eq!(wrong, Vec::<String>::new());
    }
}
