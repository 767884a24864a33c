//! A snapshot of each page without header, footer and request pane, and the list of all pages.
//!
//! One file a page. It shows the page at 80x24, and at another size only where other letters are there: more
//! columns, fewer rows, a cut. Elsewhere it names the size that says the same.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

use cph_wizard::app::{Model, Msg, update};
use cph_wizard::i18n::{Language, with_language};

use crate::regions::body;
use crate::screen::letters;
use crate::stale_snapshots::assert_no_stale;
use crate::style_roles::KINDS;
use crate::{beginning, calls, chinese, edits, pages, pickers, setup, themes};

/// The sizes that are promised, the most usual one first.
pub const SIZES: [(u16, u16); 4] = [(80, 24), (60, 16), (120, 40), (200, 60)];

type Visitor = Rc<dyn Fn(&str, &mut Model)>;

thread_local! {
    /// What looks at the pages, in place of comparing them.
    static VISITOR: RefCell<Option<Visitor>> = const { RefCell::new(None) };
}

/// Compares a page with its snapshot; it holds in every theme what pages have to.
pub fn snapshot(name: &str, model: &mut Model) {
    let was_read = !model.awaits_paint();
    let visitor = VISITOR.with_borrow(Clone::clone);
    if let Some(visitor) = visitor {
        visitor(name, model);
    } else {
        // From 100 columns on the request pane takes its part of the screen.
        let narrow_pane = KINDS.contains(&name).then_some((100, 30));
        let at: Vec<(u16, u16)> = SIZES.into_iter().chain(narrow_pane).collect();
        insta::assert_snapshot!(name, sizes(model, &at));
        themes::check(name, model);
    }
    read_again(model, was_read);
}

/// Returns a model to 80x24. A confirmation that a small screen has cut is shown anew; here it counts as read if
/// it was read before.
fn read_again(model: &mut Model, was_read: bool) {
    let _ = update(model, Msg::Resize { width: 80, height: 24 });
    if was_read && model.awaits_paint() {
        let at = model.now;
        let _ = update(model, Msg::Painted { at });
    }
}

/// Shows a page at each size at which its letters are others than before.
pub fn sizes(model: &mut Model, sizes: &[(u16, u16)]) -> String {
    let mut shown = String::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    for &(width, height) in sizes {
        let size = format!("{width}x{height}");
        let rows = body(model, (width, height));
        let text = letters(&rows.iter().filter(|row| row.starts_with('|')).cloned().collect::<String>());
        if let Some((same, _)) = seen.iter().find(|(_, known)| *known == text) {
            writeln!(shown, "== {size}: the letters of {same}").unwrap();
        } else {
            writeln!(shown, "== {size}\n{}", rows.join("\n")).unwrap();
            seen.push((size, text));
        }
    }
    shown
}

/// Looks at every page in a language, and returns what was seen by the names of the pages.
pub fn of_all<T: 'static>(spoken: Language, look: impl Fn(&str, &mut Model) -> T + 'static) -> Vec<(String, T)> {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let found = Rc::clone(&seen);
    let visitor: Visitor = Rc::new(move |name, model| {
        let what = look(name, model);
        found.borrow_mut().push((name.to_owned(), what));
    });
    VISITOR.set(Some(visitor));
    with_language(spoken, || PAGES.iter().for_each(|page| page()));
    VISITOR.set(None);
    let seen = Rc::try_unwrap(seen).unwrap_or_else(|_| panic!("nobody looks any more"));
    seen.into_inner()
}

/// Every test that shows pages.
const PAGES: [fn(); 37] = [
    pages::the_plain_page_of_a_request_and_of_an_outcome,
    pages::the_first_frame_while_the_lists_load,
    pages::the_steps_of_a_fresh_form,
    pages::a_filtered_list_and_one_with_nothing_left,
    pages::images_that_do_not_fit_with_the_reason,
    pages::a_list_that_failed_and_one_that_is_empty,
    pages::a_list_that_takes_its_time,
    pages::bandwidth_in_its_three_kinds,
    pages::an_order_of_everything_with_its_ports_and_its_review,
    pages::review_without_problems_and_both_confirmations,
    pages::what_covers_the_page,
    pages::offers_to_be_taken_or_left,
    pages::waiting_for_the_answer,
    pages::every_outcome_in_its_words,
    pages::servers_that_become_ready,
    pickers::a_list_sorted_by_memory,
    pickers::a_list_searched_by_letters,
    pickers::a_list_with_what_was_used_before,
    pickers::flavors_that_are_sold_out_in_a_zone_or_in_all,
    pickers::old_rows_while_reading_again_failed,
    calls::the_calls_of_a_run_and_each_kind_of_one,
    calls::the_palette_as_one_types,
    calls::the_page_of_the_request_with_its_cursor,
    calls::help_where_documents_disagree,
    calls::the_order_as_a_text_for_another_tool,
    edits::the_introduction,
    edits::what_was_changed_and_undone,
    edits::a_pasted_list_with_rows_that_stay_out,
    edits::a_number_of_a_port,
    edits::a_refusal_of_no_field,
    beginning::the_offer_of_the_newest_draft,
    beginning::the_list_of_what_can_be_begun_with,
    beginning::the_review_of_a_form_that_is_unlike_its_template,
    setup::who_orders_before_and_after_the_machine_was_looked_at,
    setup::typed_credentials_are_stars_and_empty_ones_are_named,
    setup::region_and_project_are_lists_into_which_an_id_can_be_typed,
    setup::a_live_review_names_account_way_and_credentials,
];

/// Snapshots of `header_footer`, `style_roles` and `small_sizes`, each in its module.
const OTHERS: [(&str, &[&str]); 3] = [
    (
        "screens__header_footer",
        &["field-sentences", "headers", "keys", "request-panes", "roles-around", "whole", "whole-chinese"],
    ),
    ("screens__style_roles", &["roles-of-each-kind", "roles-that-judge", "themes"]),
    ("screens__small_sizes", &["small-20x5", "small-40x10"]),
];

#[test]
fn every_snapshot_is_of_a_page_that_is_shown() {
    let pages: Vec<String> = of_all(Language::English, |_, _| ()).into_iter().map(|(name, ())| name).collect();
    let distinct: BTreeSet<&String> = pages.iter().collect();
    assert_eq!(distinct.len(), pages.len(), "two pages have one name");
    let folder = "tests/screens/snapshots";
    assert_no_stale(folder, "screens__page_snapshot", &pages);
    assert_no_stale(folder, "screens__chinese", &chinese::READ);
    for (module, names) in OTHERS {
        assert_no_stale(folder, module, names);
    }
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap().count();
    let made = pages.len() + chinese::READ.len() + OTHERS.iter().map(|(_, names)| names.len()).sum::<usize>();
    assert_eq!(files, made, "a file is of no module");
}
