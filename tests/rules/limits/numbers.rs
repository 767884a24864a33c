//! Rows about `count` (1-10), `period_num` (1-9 months, 1-10 years) and what has no wrong answer in a draft:
//! `is_auto_pay` and `vnc_enable`.

use cph_wizard::order::{Draft, Issue, PeriodUnit, Vnc};

use super::row::{Row, bad, good};

pub fn rows() -> Vec<Row> {
    let mut rows = counts();
    rows.extend(months());
    rows.extend(years());
    rows.extend([
        good("payment at once", |draft| draft.auto_pay = true),
        good("payment later", |draft| draft.auto_pay = false),
        good("VNC not said", |draft| draft.vnc = Vnc::Unset),
        good("VNC off", |draft| draft.vnc = Vnc::Off),
        good("VNC on", |draft| draft.vnc = Vnc::On),
    ]);
    rows
}

fn counts() -> Vec<Row> {
    let not_a_number = |case, change, typed: &str, sentence| {
        bad(case, change, Issue::CountNotNumber { typed: typed.into() }, sentence, "CPS.0024")
    };
    let outside = |case, change, typed: &str, sentence| {
        bad(case, change, Issue::CountOutside { typed: typed.into() }, sentence, "CPS.0024")
    };
    vec![
        bad(
            "no count",
            |draft| draft.count.clear(),
            Issue::CountMissing,
            "Count is empty: 1-10 servers can be ordered",
            "CPS.0024",
        ),
        outside("a count of 0", |draft| draft.count = "0".into(), "0", "Count 0 is outside 1-10"),
        good("a count of 1", |draft| draft.count = "1".into()),
        good("a count of 10", |draft| draft.count = "10".into()),
        outside("a count of 11", |draft| draft.count = "11".into(), "11", "Count 11 is outside 1-10"),
        outside("a count below nothing", |draft| draft.count = "-1".into(), "-1", "Count -1 is outside 1-10"),
        outside("a count of minus nothing", |draft| draft.count = "-0".into(), "-0", "Count -0 is outside 1-10"),
        outside(
            "a count that wraps round to 1 in 64 bits",
            |draft| draft.count = "18446744073709551617".into(),
            "18446744073709551617",
            "Count 18446744073709551617 is outside 1-10",
        ),
        outside(
            "a count of a hundred digits, which the sentence cuts",
            |draft| draft.count = "9".repeat(100),
            &"9".repeat(100),
            "Count 9999999999999999999999999999999999999... is outside 1-10",
        ),
        good("a count with zeros before it", |draft| draft.count = "007".into()),
        not_a_number(
            "a count in words",
            |draft| draft.count = "three".into(),
            "three",
            "Count three is not a whole number: 1-10 is right",
        ),
        not_a_number(
            "a count with a fraction",
            |draft| draft.count = "3.0".into(),
            "3.0",
            "Count 3.0 is not a whole number: 1-10 is right",
        ),
        not_a_number(
            "a count with a plus",
            |draft| draft.count = "+3".into(),
            "+3",
            "Count +3 is not a whole number: 1-10 is right",
        ),
        not_a_number(
            "a count with a blank",
            |draft| draft.count = "3 ".into(),
            "3 ",
            "Count 3  is not a whole number: 1-10 is right",
        ),
        not_a_number(
            "a count in the digits of another script",
            |draft| draft.count = "٣".into(),
            "٣",
            "Count ٣ is not a whole number: 1-10 is right",
        ),
    ]
}

fn months() -> Vec<Row> {
    let outside = |case, change, typed: &str, sentence| {
        let issue = Issue::PeriodOutside { typed: typed.into(), unit: PeriodUnit::Month };
        bad(case, change, issue, sentence, "CPS.0058")
    };
    vec![
        bad(
            "no period",
            |draft| draft.period_number.clear(),
            Issue::PeriodMissing,
            "Period is empty: 1-9 months or 1-10 years can be ordered",
            "CPS.0058",
        ),
        bad(
            "a period that is no number",
            |draft| draft.period_number = "1 month".into(),
            Issue::PeriodNotNumber { typed: "1 month".into() },
            "Period 1 month is not a whole number: 1-9 months or 1-10 years is right",
            "CPS.0058",
        ),
        outside("0 months", |draft| draft.period_number = "0".into(), "0", "Period 0 is outside 1-9 months"),
        good("1 month", |draft| draft.period_number = "1".into()),
        good("9 months", |draft| draft.period_number = "9".into()),
        outside("10 months", |draft| draft.period_number = "10".into(), "10", "Period 10 is outside 1-9 months"),
        outside("minus 1 month", |draft| draft.period_number = "-1".into(), "-1", "Period -1 is outside 1-9 months"),
    ]
}

fn years() -> Vec<Row> {
    fn years(draft: &mut Draft, number: &str) {
        draft.period_unit = PeriodUnit::Year;
        draft.period_number = number.into();
    }
    let outside = |case, change, typed: &str, sentence| {
        let issue = Issue::PeriodOutside { typed: typed.into(), unit: PeriodUnit::Year };
        bad(case, change, issue, sentence, "CPS.0058")
    };
    vec![
        bad(
            "no number of years",
            |draft| years(draft, ""),
            Issue::PeriodMissing,
            "Period is empty: 1-9 months or 1-10 years can be ordered",
            "CPS.0058",
        ),
        outside("0 years", |draft| years(draft, "0"), "0", "Period 0 is outside 1-10 years"),
        good("1 year", |draft| years(draft, "1")),
        good("3 years", |draft| years(draft, "3")),
        good("4 years, which the console does not sell", |draft| years(draft, "4")),
        good("10 years", |draft| years(draft, "10")),
        outside("11 years", |draft| years(draft, "11"), "11", "Period 11 is outside 1-10 years"),
    ]
}
