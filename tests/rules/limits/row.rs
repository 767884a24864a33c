//! A row of the table of limits: how a good draft is changed, and what becomes of it.

use cph_wizard::order::{Draft, Issue, PortDraft, Warning};

use crate::fixture;

pub struct Row {
    /// What is tried, in words; no two rows have the same.
    pub case: &'static str,
    pub change: fn(&mut Draft),
    pub verdict: Verdict,
}

pub enum Verdict {
    /// An order, and the simulator accepts it.
    Good,
    /// An order with a remark: the list that was read does not have the name, only the cloud can say whether it exists.
    /// The simulator, which is that cloud, refuses it with the code.
    Unlisted(Warning, &'static str),
    /// No order: exactly these issues in these words, and the simulator refuses it with the code.
    Bad(Vec<(Issue, &'static str)>, &'static str),
}

impl Row {
    pub fn draft(&self) -> Draft {
        let mut draft = fixture::good();
        (self.change)(&mut draft);
        draft
    }
}

pub fn good(case: &'static str, change: fn(&mut Draft)) -> Row {
    Row { case, change, verdict: Verdict::Good }
}

pub fn unlisted(case: &'static str, change: fn(&mut Draft), note: Warning, code: &'static str) -> Row {
    Row { case, change, verdict: Verdict::Unlisted(note, code) }
}

pub fn bad(
    case: &'static str,
    change: fn(&mut Draft),
    issue: Issue,
    sentence: &'static str,
    code: &'static str,
) -> Row {
    Row { case, change, verdict: Verdict::Bad(vec![(issue, sentence)], code) }
}

pub fn bad_twice(
    case: &'static str,
    change: fn(&mut Draft),
    issues: [(Issue, &'static str); 2],
    code: &'static str,
) -> Row {
    Row { case, change, verdict: Verdict::Bad(issues.into(), code) }
}

pub fn port(name: &str, number: &str) -> PortDraft {
    PortDraft { name: name.into(), number: number.into(), public: false }
}
